using System.Globalization;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

/// <summary>Judged cases drawn from a seed.</summary>
internal static class RandomCases
{
    internal static ProductTable Products(int count) => new([.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i:00000}"))]);

    internal static JudgedCases Draw(ulong seed, int productCount, int caseCount, int maximumTargets = 3, bool hasMoney = true)
    {
        var random = new Seed(seed).NewRandom();
        List<int> historyOffsets = [0], history = [], targetOffsets = [0], targets = [];
        List<double> revenues = [], margins = [];
        for (var c = 0; c < caseCount; c++)
        {
            var products = Enumerable.Range(0, productCount).ToArray();
            random.Shuffle<int>(products);
            var targetCount = 1 + random.NextInt(Math.Min(maximumTargets, productCount));
            var historyCount = random.NextInt(Math.Min(6, productCount - targetCount + 1));
            targets.AddRange(products[..targetCount]);
            history.AddRange(products[targetCount..(targetCount + historyCount)]);
            for (var i = 0; i < targetCount; i++)
            {
                revenues.Add(10 + random.NextExponential());
                margins.Add(random.NextInt(10) == 0 ? double.NaN : 3 + random.NextNormal());
            }

            historyOffsets.Add(history.Count);
            targetOffsets.Add(targets.Count);
        }

        return new JudgedCases
        {
            Products = Products(productCount),
            Units = [.. Enumerable.Range(0, caseCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"u{i:00000}"))],
            HistoryOffsets = [.. historyOffsets],
            HistoryProducts = [.. history],
            TargetOffsets = [.. targetOffsets],
            TargetProducts = [.. targets],
            TargetRevenues = hasMoney ? [.. revenues] : [],
            TargetMargins = hasMoney ? [.. margins] : [],
        };
    }

    /// <summary>A score with many ties, different for every product and history.</summary>
    internal static float Score(ulong seed, int product, int[] history) =>
        StableHash.Mix(seed + (ulong)(product * 31) + (ulong)history.Sum()) % 7 / 2f;
}
