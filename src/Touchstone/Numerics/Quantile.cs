namespace Touchstone.Numerics;

/// <summary>Quantiles of a sample.</summary>
public static class Quantile
{
    /// <summary>Hyndman and Fan's type 7: linear between the order statistics around (n − 1)·p (Hyndman and Fan 1996).</summary>
    /// <param name="sorted">[n] ascending, not empty.</param>
    /// <param name="probability">In [0, 1].</param>
    /// <exception cref="ArgumentException">No values, or a probability out of range.</exception>
    public static double Type7(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.Length == 0) throw new ArgumentException("A quantile of no values is not defined.", nameof(sorted));
        if (!(probability is >= 0 and <= 1)) throw new ArgumentException($"probability = {probability}; expected [0, 1].", nameof(probability));
        var at = (sorted.Length - 1) * probability;
        var below = (int)Math.Floor(at);
        var share = at - below;
        return share == 0 ? sorted[below] : sorted[below] + (share * (sorted[below + 1] - sorted[below]));
    }
}
