using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Touchstone.Learning.Autoencoders;

/// <summary>B from P, row by row, and the weights of each row that are kept.</summary>
internal static class EaseWeights
{
    /// <summary>Rows a worker reads at a time.</summary>
    private const int BlockRows = 128;

    /// <summary>Compressed rows of B.</summary>
    /// <param name="inverse">[product, product] P, row-major.</param>
    /// <param name="neighbours">Weights kept a row, the largest by absolute value, equal ones by lower column; 0 for all.</param>
    /// <param name="threshold">Smallest absolute value kept; zeros never are.</param>
    /// <param name="threads">Workers; the result does not depend on them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static (long[] RowStarts, int[] Columns, float[] Values) Select(torch.Tensor inverse, int neighbours, double threshold, int threads, CancellationToken cancellationToken)
    {
        var count = (int)inverse.shape[0];
        var isDouble = inverse.dtype == torch.ScalarType.Float64;
        var diagonal = Diagonal(inverse);
        var rows = new (int[] Columns, float[] Values)[count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (count + BlockRows - 1) / BlockRows, parallel, block =>
        {
            var first = block * BlockRows;
            var length = Math.Min(BlockRows, count - first);
            using var part = inverse.narrow(0, first, length);
            var weights = new double[count];
            for (var row = 0; row < length; row++)
            {
                if (isDouble) Row(MemoryMarshal.Cast<byte, double>(part.bytes).Slice(row * count, count), diagonal, first + row, weights);
                else Row(MemoryMarshal.Cast<byte, float>(part.bytes).Slice(row * count, count), diagonal, first + row, weights);
                rows[first + row] = Largest(weights, neighbours, threshold);
            }
        });
        return Join(rows);
    }

    /// <summary>weights[column] = −P[row, column] / P[column, column], and 0 on the diagonal.</summary>
    internal static void Row<T>(ReadOnlySpan<T> inverse, ReadOnlySpan<double> diagonal, int row, Span<double> weights) where T : INumber<T>
    {
        for (var column = 0; column < inverse.Length; column++) weights[column] = -double.CreateTruncating(inverse[column]) / diagonal[column];
        weights[row] = 0;
    }

    /// <summary>[product] P's diagonal.</summary>
    internal static double[] Diagonal(torch.Tensor inverse)
    {
        using var diagonal = inverse.diagonal();
        using var wide = diagonal.to(torch.ScalarType.Float64);
        using var packed = wide.contiguous();
        return MemoryMarshal.Cast<byte, double>(packed.bytes).ToArray();
    }

    /// <summary>The kept weights of one row, columns ascending.</summary>
    internal static (int[] Columns, float[] Values) Largest(ReadOnlySpan<double> weights, int neighbours, double threshold)
    {
        var columns = new List<int>();
        // A bounded heap whose head is the worst that is kept: smallest absolute value, of equal ones the highest column.
        var kept = new PriorityQueue<int, (double Size, int Column)>();
        for (var column = 0; column < weights.Length; column++)
        {
            var size = Math.Abs(weights[column]);
            if ((float)size == 0 || size < threshold) continue;
            if (neighbours == 0) columns.Add(column);
            else if (kept.Count < neighbours) kept.Enqueue(column, (size, -column));
            else if (kept.TryPeek(out _, out var worst) && size > worst.Size) kept.DequeueEnqueue(column, (size, -column));
        }

        while (kept.TryDequeue(out var column, out _)) columns.Add(column);
        columns.Sort();
        var values = new float[columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = (float)weights[columns[i]];
        return ([.. columns], values);
    }

    private static (long[] RowStarts, int[] Columns, float[] Values) Join((int[] Columns, float[] Values)[] rows)
    {
        var starts = new long[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++) starts[row + 1] = starts[row] + rows[row].Columns.Length;
        var (columns, values) = (new int[starts[^1]], new float[starts[^1]]);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Columns.CopyTo(columns, starts[row]);
            rows[row].Values.CopyTo(values, starts[row]);
        }

        return (starts, columns, values);
    }
}
