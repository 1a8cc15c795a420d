using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>What replicates of a statistic say about it.</summary>
public static class ReplicateEstimate
{
    /// <summary>Percentile interval (Efron and Tibshirani 1993, ch. 13; quantiles type 7). Replicates that are NaN make the interval NaN.</summary>
    /// <param name="value">The statistic on the sample itself.</param>
    /// <param name="replicates">[replicate] the statistic on each replicate.</param>
    /// <param name="level">Confidence in (0, 1).</param>
    /// <param name="unitCount">Independent units behind it.</param>
    /// <param name="unit">Unit of the figure.</param>
    public static Estimate Percentile(double value, ReadOnlySpan<double> replicates, double level, int unitCount, string unit = "")
    {
        var sorted = replicates.ToArray();
        Array.Sort(sorted);
        // NaN sorts first: an undefined replicate leaves the interval undefined, never narrower.
        var isDefined = !double.IsNaN(sorted[0]);
        var mean = sorted.Average();
        var square = 0.0;
        foreach (var replicate in sorted) square += (replicate - mean) * (replicate - mean);
        return new Estimate
        {
            Value = value,
            Low = isDefined ? Quantile.Type7(sorted, (1 - level) / 2) : double.NaN,
            High = isDefined ? Quantile.Type7(sorted, (1 + level) / 2) : double.NaN,
            StandardError = Math.Sqrt(square / (sorted.Length - 1)),
            Level = level,
            Count = unitCount,
            Unit = unit,
        };
    }

    /// <summary>Share of replicates above 0, those equal to 0 counting one half.</summary>
    /// <param name="differences">[replicate] difference, good side positive.</param>
    public static double ProbabilityAboveZero(ReadOnlySpan<double> differences)
    {
        var count = 0.0;
        foreach (var difference in differences) count += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        return count / differences.Length;
    }
}
