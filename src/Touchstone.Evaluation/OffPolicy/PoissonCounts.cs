using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// How often each round of a block stands in a replicate: Poisson(1), eight lanes of xoshiro128++ (Blackman and Vigna 2021) against the distribution's
/// cumulated probabilities to 2⁻³². The same numbers on every machine, with and without vector instructions.
/// </summary>
internal static class PoissonCounts
{
    /// <summary>Rounds a block: short enough that all columns of one stay near the processor.</summary>
    public const int BlockRounds = 2048;

    private const int Steps = 12;
    private static readonly int[] s_limits = Limits();

    /// <summary>Draws the counts of one block.</summary>
    /// <param name="seed">Seed of replicate and block.</param>
    /// <param name="counts">[round] overwritten; the length is a multiple of 8.</param>
    public static void Draw(ulong seed, Span<double> counts)
    {
        var (s0, s1, s2, s3) = (State(seed, 0), State(seed, 1), State(seed, 2), State(seed, 3));
        Span<Vector256<int>> limits = stackalloc Vector256<int>[Steps];
        for (var step = 0; step < Steps; step++) limits[step] = Vector256.Create(s_limits[step]);
        var output = MemoryMarshal.Cast<double, Vector256<double>>(counts);
        for (var at = 0; at + 1 < output.Length; at += 2)
        {
            var drawn = Rotate(s0 + s3, 7) + s0;
            var shifted = s1 << 9;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = Rotate(s3, 11);
            var bits = drawn.AsInt32();
            // A comparison that holds is −1 in every bit.
            var count = Vector256<int>.Zero;
            foreach (var limit in limits) count -= Vector256.GreaterThan(bits, limit);
            (output[at], output[at + 1]) = (Widen(count.GetLower()), Widen(count.GetUpper()));
        }
    }

    /// <summary>Σ countᵢ valueᵢ in an order that depends on the length alone.</summary>
    /// <param name="counts">[round], as long as the values or longer.</param>
    /// <param name="values">[round].</param>
    public static double Sum(ReadOnlySpan<double> counts, ReadOnlySpan<double> values)
    {
        var left = MemoryMarshal.Cast<double, Vector256<double>>(counts[..values.Length]);
        var right = MemoryMarshal.Cast<double, Vector256<double>>(values);
        var (even, odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var at = 0;
        for (; at + 1 < right.Length; at += 2)
        {
            even += left[at] * right[at];
            odd += left[at + 1] * right[at + 1];
        }

        if (at < right.Length) even += left[at] * right[at];
        var lanes = even + odd;
        var sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
        for (var i = right.Length * 4; i < values.Length; i++) sum += counts[i] * values[i];
        return sum;
    }

    private static Vector256<double> Widen(Vector128<int> counts) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(counts)
        : Vector256.Create((double)counts[0], counts[1], counts[2], counts[3]);

    private static Vector256<uint> Rotate(Vector256<uint> value, int by) => (value << by) | (value >>> (32 - by));

    private static Vector256<uint> State(ulong seed, ulong word)
    {
        Span<uint> lanes = stackalloc uint[8];
        for (var lane = 0; lane < 8; lane += 2)
        {
            var bits = StableHash.Mix(seed + (((word * 4) + (ulong)(lane / 2)) * 0x9E3779B97F4A7C15UL));
            (lanes[lane], lanes[lane + 1]) = ((uint)bits, (uint)(bits >> 32));
        }

        return Vector256.Create<uint>(lanes);
    }

    // A count is at least k + 1 where the drawn number reaches P(X ≤ k); as signed numbers, shifted by 2³¹.
    private static int[] Limits()
    {
        var (limits, probability, cumulated) = (new int[Steps], Math.Exp(-1), 0.0);
        for (var step = 0; step < Steps; step++)
        {
            cumulated += probability;
            probability /= step + 1;
            limits[step] = (int)((long)Math.Round(cumulated * 4294967296.0) - 1 - 2147483648L);
        }

        return limits;
    }
}
