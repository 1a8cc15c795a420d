namespace Touchstone.Numerics;

/// <summary>Means and centred second moments of columns in two passes, sums compensated (Neumaier 1974): exact to rounding at any offset.</summary>
public static class CentredMoments
{
    /// <summary>Arithmetic mean; NaN without values.</summary>
    /// <param name="values">[n] finite.</param>
    public static double Mean(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return double.NaN;
        // The second pass takes out what rounding of the first left.
        var rough = Sum(values, 0) / values.Length;
        return rough + (Sum(values, rough) / values.Length);
    }

    /// <summary>Σ (x − mean of x)(y − mean of y).</summary>
    /// <param name="x">[n] one column.</param>
    /// <param name="xMean">Its mean.</param>
    /// <param name="y">[n] the other column, or the same.</param>
    /// <param name="yMean">Its mean.</param>
    public static double Product(ReadOnlySpan<double> x, double xMean, ReadOnlySpan<double> y, double yMean)
    {
        if (x.Length != y.Length) throw new ArgumentException($"y has {y.Length} values; expected {x.Length}, as x.", nameof(y));
        double sum = 0, lost = 0, left = 0, right = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - xMean, y[i] - yMean);
            left += dx;
            right += dy;
            Add(ref sum, ref lost, dx * dy);
        }

        return sum + lost - (left * right / Math.Max(1, x.Length));
    }

    private static double Sum(ReadOnlySpan<double> values, double shift)
    {
        double sum = 0, lost = 0;
        foreach (var value in values) Add(ref sum, ref lost, value - shift);
        return sum + lost;
    }

    private static void Add(ref double sum, ref double lost, double value)
    {
        var next = sum + value;
        lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }
}
