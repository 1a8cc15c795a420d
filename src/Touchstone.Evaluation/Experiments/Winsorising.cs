using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Cuts what lies above a quantile, so that one buyer of 250,000 does not decide. One cap from all arms pooled; the upper side only.</summary>
public static class Winsorising
{
    /// <summary>The cap: a type-7 quantile; NaN where there is nothing to look at.</summary>
    /// <param name="pooled">[unit] values of all arms together, finite.</param>
    /// <param name="probability">In [0, 1], e.g. 0.99.</param>
    /// <param name="ignoresZeros">Look at values other than 0 only.</param>
    public static double Cap(ReadOnlySpan<double> pooled, double probability, bool ignoresZeros = false)
    {
        List<double> kept = [];
        foreach (var value in pooled)
            if (!ignoresZeros || value != 0) kept.Add(value);
        if (kept.Count == 0) return double.NaN;
        double[] sorted = [.. kept];
        Array.Sort(sorted);
        return Quantile.Type7(sorted, probability);
    }

    /// <summary>The values, cut at the cap.</summary>
    /// <param name="values">[unit] values of one arm.</param>
    /// <param name="cap">The cap; NaN leaves the values as they are.</param>
    /// <param name="cappedCount">How many were above it.</param>
    public static double[] Apply(ReadOnlySpan<double> values, double cap, out int cappedCount)
    {
        cappedCount = 0;
        var cut = values.ToArray();
        for (var i = 0; i < cut.Length; i++)
        {
            if (!(cut[i] > cap)) continue;
            cut[i] = cap;
            cappedCount++;
        }

        return cut;
    }
}
