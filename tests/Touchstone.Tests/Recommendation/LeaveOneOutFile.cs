using Touchstone.Domain;

namespace Touchstone.Tests.Recommendation;

/// <summary>A "one user a line" file as behaviour: the last product is the test row, the one before it the validation row.</summary>
internal static class LeaveOneOutFile
{
    internal static Behaviour Read(string path)
    {
        var lines = File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split(' ')).OrderBy(fields => fields[0], StringComparer.Ordinal).ToArray();
        var products = new ProductTable([.. lines.SelectMany(fields => fields.Skip(1)).Distinct().Order(StringComparer.Ordinal)]);
        List<int> offsets = [0], rows = [];
        List<SplitPart> parts = [];
        foreach (var fields in lines)
        {
            rows.AddRange(fields.Skip(1).Select(products.IndexOf));
            parts.AddRange(Enumerable.Repeat(SplitPart.Train, fields.Length - 3));
            parts.AddRange([SplitPart.Validation, SplitPart.Test]);
            offsets.Add(rows.Count);
        }

        return new Behaviour { Products = products, Units = [.. lines.Select(fields => fields[0])], Offsets = [.. offsets], ProductIndexes = [.. rows], Parts = [.. parts] };
    }

    /// <summary>[case] rank of the judged product among all but the history's, from 1; ties by lower index.</summary>
    internal static int[] Ranks(IRecommender model, JudgedCases cases)
    {
        var ranks = new int[cases.Count];
        Parallel.For(0, ranks.Length, () => new float[model.ProductIds.Count], (at, _, scores) =>
        {
            var history = cases.HistoryProducts.AsSpan(cases.HistoryOffsets[at]..cases.HistoryOffsets[at + 1]);
            model.Score(history, [], scores);
            foreach (var product in history) scores[product] = float.NegativeInfinity;
            var target = cases.TargetProducts[cases.TargetOffsets[at]];
            var rank = 1;
            for (var i = 0; i < scores.Length; i++)
                if (scores[i] > scores[target] || (scores[i] == scores[target] && i < target)) rank++;
            ranks[at] = rank;
            return scores;
        }, _ => { });
        return ranks;
    }

    internal static double HitRate(IReadOnlyCollection<int> ranks) => ranks.Count(rank => rank <= 10) / (double)ranks.Count;

    internal static double Ndcg(IReadOnlyCollection<int> ranks) => ranks.Sum(rank => rank <= 10 ? 1 / Math.Log2(rank + 1) : 0) / ranks.Count;
}
