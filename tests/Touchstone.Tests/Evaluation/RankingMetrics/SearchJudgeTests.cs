using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class SearchJudgeTests
{
    private static readonly JudgedQuery[] s_queries =
    [
        new("q1", "one", new Dictionary<string, int> { ["a"] = 3, ["b"] = 1 }),
        new("q2", "two", new Dictionary<string, int> { ["a"] = 0 }),
        new("q3", "three", new Dictionary<string, int> { ["c"] = 1 }),
    ];

    [Fact]
    public void Figures_follow_the_grades_at_each_rank()
    {
        var run = SearchJudge.Judge(new Listed("x", ["b", "u", "a"]), s_queries, TimeProvider.System, TestContext.Current.CancellationToken);

        var ideal = 7 + (1 / Math.Log2(3));
        Assert.Equal((1 + (7 / Math.Log2(4))) / ideal, run.Values["ndcg_exp@10"][0], 12);
        Assert.Equal(0, run.Values["ndcg_exp@10"][1]);
        Assert.Equal(1, run.Values["mrr"][0]);
        Assert.Equal(0, run.Values["mrr"][2]);
        Assert.Equal(.1, run.Values["unjudged@10"][0], 12);
        Assert.Equal([true, false, true], run.HasPositive);
        Assert.Equal(3, run.TiedCount);
    }

    [Fact]
    public void Queries_without_a_positive_are_left_out_or_count_nought()
    {
        var runs = new[] { "x", "y" }.Select(name => SearchJudge.Judge(new Listed(name, name == "x" ? ["a", "b"] : ["c", "a", "b"]), s_queries, TimeProvider.System, TestContext.Current.CancellationToken)).ToList();
        var options = new BootstrapOptions { Replicates = 200 };

        var positive = SearchComparison.Compare(runs, true, options, TestContext.Current.CancellationToken);
        var all = SearchComparison.Compare(runs, false, options, TestContext.Current.CancellationToken);

        Assert.Equal(.5, positive[0].Own.Value, 12);
        Assert.Equal(1.0 / 3, all[0].Own.Value, 12);
        Assert.Null(positive[0].Difference);
        var difference = positive.Single(figure => figure is { System: "y", Metric: "ndcg_exp@10" }).Difference;
        Assert.NotNull(difference);
        Assert.Equal(runs[1].Values["ndcg_exp@10"].Where((_, query) => query != 1).Average() - .5, difference.Value, 12);
        Assert.InRange(difference.Value, difference.Low, difference.High);
    }

    [Fact]
    public void Other_queries_are_not_compared()
    {
        var one = SearchJudge.Judge(new Listed("x", ["a"]), s_queries, TimeProvider.System, TestContext.Current.CancellationToken);
        var other = SearchJudge.Judge(new Listed("y", ["a"]), s_queries[..1], TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Throws<ArgumentException>(() => SearchComparison.Compare([one, other], true, new BootstrapOptions(), TestContext.Current.CancellationToken));
    }

    private sealed class Listed(string name, string[] products) : ISearcher
    {
        public string Name => name;

        public SearchResult Search(SearchRequest request) => new() { Hits = [.. products.Select(product => new SearchHit(product, 1))], MatchCount = products.Length };
    }
}
