using System.Numerics;

namespace Touchstone.Numerics;

/// <summary>
/// Sums whose order of addition depends on the length and on how many numbers the processor's vectors hold, so that one machine repeats them to
/// the same bits; a machine with wider or narrower vectors may differ in the last ones. Those of <c>TensorPrimitives</c> first align to the address, so their last bits
/// depend on where in memory an array happens to lie, and a run could not be repeated to the same bits.
/// </summary>
public static class FixedOrder
{
    /// <summary>Σ xᵢ yᵢ in single precision.</summary>
    /// <param name="x">[i].</param>
    /// <param name="y">[i].</param>
    /// <exception cref="ArgumentException">Different lengths.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"y has {y.Length} numbers; x has {x.Length}.", nameof(y));
        var width = Vector<float>.Count;
        var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i + (2 * width) <= x.Length; i += 2 * width)
        {
            even += new Vector<float>(x[i..]) * new Vector<float>(y[i..]);
            odd += new Vector<float>(x[(i + width)..]) * new Vector<float>(y[(i + width)..]);
        }

        var sum = Vector.Sum(even + odd);
        for (; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>Σ xᵢ² in double precision.</summary>
    /// <param name="x">[i].</param>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        var width = Vector<float>.Count;
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + width <= x.Length; i += width)
        {
            Vector.Widen(new Vector<float>(x[i..]), out var first, out var second);
            low += first * first;
            high += second * second;
        }

        var sum = Vector.Sum(low + high);
        for (; i < x.Length; i++) sum += (double)x[i] * x[i];
        return sum;
    }
}
