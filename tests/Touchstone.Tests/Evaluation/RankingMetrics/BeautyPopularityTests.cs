using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class BeautyPopularityTests
{
    [Theory]
    [InlineData(2, new[] { .0075, .0115, .0203 }, new[] { .0041, .0055, .0076 })]
    [InlineData(1, new[] { .0077, .0135, .0217 }, new[] { .0042, .0061, .0081 })]
    [InlineData(0, new[] { .0080, .0152, .0217 }, new[] { .0044, .0068, .0084 })]
    public void Popularity_counted_honestly_or_with_the_leak_of_the_literature_gives_the_known_figures(int heldOut, double[] hitRates, double[] ndcgs)
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Folder("data", "amazon-seq"), "Beauty.txt")).Select(line => line.Split(' ')).ToArray();
        var products = new ProductTable([.. lines.SelectMany(line => line[1..]).Distinct(StringComparer.Ordinal).Order(Utf8Ordinal.Comparer)]);
        Array.Sort(lines, (left, right) => Utf8Ordinal.Compare(left[0], right[0]));
        List<int> offsets = [0], rows = [];
        List<SplitPart> parts = [];
        var counts = new float[products.Count];
        foreach (var line in lines)
        {
            for (var i = 1; i < line.Length; i++)
            {
                rows.Add(products.IndexOf(line[i]));
                parts.Add(i == line.Length - 1 ? SplitPart.Test : i == line.Length - 2 ? SplitPart.Validation : SplitPart.Train);
                if (i < line.Length - heldOut) counts[rows[^1]]++;
            }

            offsets.Add(rows.Count);
        }

        var behaviour = new Behaviour { Products = products, Units = [.. lines.Select(line => line[0])], Offsets = [.. offsets], ProductIndexes = [.. rows], Parts = [.. parts] };
        var result = new RankingJudge(TimeProvider.System).Judge(
            new Counted(products.Ids, counts), JudgedCases.From(behaviour, SplitPart.Test), SampleRun.Protocol,
            TrainingAudience.From(TrainingHistories.From(behaviour)), null, TestContext.Current.CancellationToken);
        Assert.Equal(22_363, result.Count);
        for (var cut = 0; cut < 3; cut++)
        {
            Assert.Equal(hitRates[cut], Math.Round(result.Hits[cut].Average(), 4));
            Assert.Equal(ndcgs[cut], Math.Round(result.Ndcgs[cut].Average(), 4));
        }
    }

    private sealed class Counted(string[] ids, float[] counts) : IRecommender
    {
        public string Name => "counted";

        public IReadOnlyList<string> ProductIds => ids;

        public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores) => counts.CopyTo(scores);
    }
}
