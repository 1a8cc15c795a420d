using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>Mean of rows that come in clusters, mostly several of one shopper.</summary>
internal static class ClusteredMean
{
    /// <summary>
    /// Mean with the linearised variance of a ratio of sums over units, U/(U − 1) Σ_u (Σ (x − mean))² / n², and Student's interval of U − 1
    /// degrees of freedom. Fewer than two units, or no variance at all: interval and standard error are NaN.
    /// </summary>
    internal static Estimate Of(ReadOnlySpan<double> values, ReadOnlySpan<int> units, double level, string unit)
    {
        var (n, sum) = (values.Length, 0.0);
        foreach (var value in values) sum += value;
        var mean = sum / n;
        var groups = 0;
        foreach (var group in units) groups = Math.Max(groups, group + 1);
        if (units.IsEmpty) groups = n;
        var residuals = new double[groups];
        for (var i = 0; i < n; i++) residuals[units.IsEmpty ? i : units[i]] += values[i] - mean;
        var squares = 0.0;
        foreach (var residual in residuals) squares += residual * residual;
        var error = groups < 2 || squares <= 1e-28 * n ? double.NaN : Math.Sqrt(squares * groups / (groups - 1)) / n;
        var half = double.IsNaN(error) ? double.NaN : error * Distributions.StudentQuantile((1 + level) / 2, groups - 1);
        return new Estimate { Value = mean, Low = mean - half, High = mean + half, StandardError = error, Level = level, Count = groups, Unit = unit };
    }
}
