using Touchstone.Search.Fusion;
using Touchstone.Tests.Evaluation;

namespace Touchstone.Tests.Search.Fusion;

public sealed class ReciprocalRankTests
{
    [Fact]
    public void Scores_and_order_equal_the_known_answers()
    {
        foreach (var example in Truth.Cases("recsys", "search_scoring.json").Where(item => item.GetProperty("group").GetString() == "rrf"))
        {
            var input = example.GetProperty("input");
            IReadOnlyList<IReadOnlyList<string>> lists = [.. input.GetProperty("lists").EnumerateArray().Select(list => (IReadOnlyList<string>)[.. list.EnumerateArray().Select(item => item.GetString() ?? "")])];

            var scores = ReciprocalRank.Fuse(lists, input.GetProperty("k").GetDouble());

            foreach (var expected in example.GetProperty("expected").GetProperty("scores").EnumerateObject())
                Truth.Near(expected.Value.GetDouble(), scores[expected.Name], 1e-12, expected.Name);
            Assert.Equal(
                example.GetProperty("expected").GetProperty("order").EnumerateArray().Select(item => item.GetString()),
                scores.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key));
        }
    }

    [Fact]
    public void A_weight_of_nought_leaves_a_list_out_of_the_order()
    {
        var scores = ReciprocalRank.Fuse<string>([["a", "b"], ["b", "a"]], 60, [1, 0]);

        Assert.True(scores["a"] > scores["b"]);
        Assert.Throws<ArgumentException>(() => ReciprocalRank.Fuse<string>([["a"]], 60, [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReciprocalRank.Fuse<string>([["a"]], 0));
    }
}
