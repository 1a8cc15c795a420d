using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Uplift;

/// <summary>Features as numbers that a linear learner can take: levels one-hot, numbers standardised and in fifths one-hot beside.</summary>
internal static class FeatureMatrix
{
    private const int FewestForFifths = 8;
    private static readonly double[] s_fifths = [0.2, 0.4, 0.6, 0.8];

    /// <summary>[feature][unit], each of mean 0 and variance 1; constant ones are left out.</summary>
    internal static double[][] Of(IReadOnlyList<UnitFeature> features)
    {
        List<double[]> columns = [];
        foreach (var feature in features)
        {
            if (feature.Numbers.Length == 0)
            {
                for (var level = 0; level < feature.LevelNames.Count; level++) Add(columns, [.. feature.Levels.Select(at => at == level ? 1.0 : 0)]);
                continue;
            }

            Add(columns, feature.Numbers);
            var sorted = feature.Numbers.ToArray();
            Array.Sort(sorted);
            if (sorted.Distinct().Take(FewestForFifths).Count() < FewestForFifths) continue;
            double[] cuts = [.. s_fifths.Select(share => Quantile.Type7(sorted, share)).Distinct()];
            for (var i = 0; i <= cuts.Length; i++)
            {
                var (low, high) = (i == 0 ? double.NegativeInfinity : cuts[i - 1], i == cuts.Length ? double.PositiveInfinity : cuts[i]);
                Add(columns, [.. feature.Numbers.Select(number => number > low && number <= high ? 1.0 : 0)]);
            }
        }

        return [.. columns];
    }

    private static void Add(List<double[]> columns, double[] values)
    {
        var mean = 0.0;
        foreach (var value in values) mean += value;
        mean /= values.Length;
        var square = 0.0;
        foreach (var value in values) square += (value - mean) * (value - mean);
        var deviation = Math.Sqrt(square / values.Length);
        if (deviation <= 1e-12 * (1 + Math.Abs(mean))) return;
        columns.Add([.. values.Select(value => (value - mean) / deviation)]);
    }
}
