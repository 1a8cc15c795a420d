using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Touchstone.Numerics;

/// <summary>
/// Scores of four queries against one panel. Every score is one chain of fused multiply-adds from component 0 on, so both paths,
/// and any number of threads, give the same bits.
/// </summary>
internal static class ScoreTile
{
    /// <summary>Queries a tile.</summary>
    internal const int Height = 4;

    /// <summary>Whether this processor has the vector path.</summary>
    internal static bool IsVectorised => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <summary>Writes the tile by the fastest path of this processor.</summary>
    /// <param name="queries">[4, dimension] row-major.</param>
    /// <param name="panel">[dimension, 16].</param>
    /// <param name="dimension">Components.</param>
    /// <param name="scores">[4, stride] of which the first 16 of each row are overwritten.</param>
    /// <param name="stride">Length of a row of scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write(ReadOnlySpan<float> queries, ReadOnlySpan<float> panel, int dimension, Span<float> scores, int stride)
    {
        if (IsVectorised) WriteVectors(queries, panel, dimension, scores, stride);
        else WriteScalars(queries, panel, dimension, scores, stride);
    }

    /// <summary>The obvious path, one score at a time.</summary>
    internal static void WriteScalars(ReadOnlySpan<float> queries, ReadOnlySpan<float> panel, int dimension, Span<float> scores, int stride)
    {
        for (var query = 0; query < Height; query++)
        {
            for (var place = 0; place < PackedVectors.PanelWidth; place++)
            {
                var sum = 0f;
                for (var component = 0; component < dimension; component++)
                    sum = MathF.FusedMultiplyAdd(queries[query * dimension + component], panel[component * PackedVectors.PanelWidth + place], sum);
                scores[query * stride + place] = sum;
            }
        }
    }

    /// <summary>Eight scores at a time, the tile's sixty-four in registers.</summary>
    internal static void WriteVectors(ReadOnlySpan<float> queries, ReadOnlySpan<float> panel, int dimension, Span<float> scores, int stride)
    {
        // The only place where bounds are checked: below, references step without.
        _ = queries[(Height * dimension) - 1];
        _ = panel[(PackedVectors.PanelWidth * dimension) - 1];
        _ = scores[((Height - 1) * stride) + PackedVectors.PanelWidth - 1];
        ref var first = ref MemoryMarshal.GetReference(queries);
        ref var second = ref Unsafe.Add(ref first, dimension);
        ref var third = ref Unsafe.Add(ref second, dimension);
        ref var fourth = ref Unsafe.Add(ref third, dimension);
        ref var column = ref MemoryMarshal.GetReference(panel);
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (nint component = 0; component < dimension; component++)
        {
            var left = Vector256.LoadUnsafe(ref column);
            var right = Vector256.LoadUnsafe(ref column, 8);
            column = ref Unsafe.Add(ref column, PackedVectors.PanelWidth);
            var query = Vector256.Create(Unsafe.Add(ref first, component));
            a0 = Fma.MultiplyAdd(query, left, a0);
            a1 = Fma.MultiplyAdd(query, right, a1);
            query = Vector256.Create(Unsafe.Add(ref second, component));
            b0 = Fma.MultiplyAdd(query, left, b0);
            b1 = Fma.MultiplyAdd(query, right, b1);
            query = Vector256.Create(Unsafe.Add(ref third, component));
            c0 = Fma.MultiplyAdd(query, left, c0);
            c1 = Fma.MultiplyAdd(query, right, c1);
            query = Vector256.Create(Unsafe.Add(ref fourth, component));
            d0 = Fma.MultiplyAdd(query, left, d0);
            d1 = Fma.MultiplyAdd(query, right, d1);
        }

        ref var score = ref MemoryMarshal.GetReference(scores);
        Store(ref score, a0, a1);
        Store(ref Unsafe.Add(ref score, stride), b0, b1);
        Store(ref Unsafe.Add(ref score, stride * 2), c0, c1);
        Store(ref Unsafe.Add(ref score, stride * 3), d0, d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float score, Vector256<float> left, Vector256<float> right)
    {
        left.StoreUnsafe(ref score);
        right.StoreUnsafe(ref score, 8);
    }
}
