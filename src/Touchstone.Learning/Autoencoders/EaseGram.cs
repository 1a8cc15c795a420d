using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using Touchstone.Domain;

namespace Touchstone.Learning.Autoencoders;

/// <summary>XᵀX + λI from histories, counted sparsely: row a sums over the units that had product a.</summary>
internal static class EaseGram
{
    /// <summary>Rows a worker fills at a time.</summary>
    private const int BlockRows = 128;

    /// <summary>[product, product] in the precision of the options. Counts are whole numbers, so the sum's order does not matter.</summary>
    internal static torch.Tensor Build(TrainingHistories histories, EaseOptions options, int threads, CancellationToken cancellationToken)
    {
        var matrix = UnitProducts.From(histories, options.CountsRepeats);
        var isDouble = options.IsDoublePrecision;
        var gram = torch.zeros(matrix.ProductCount, matrix.ProductCount, isDouble ? torch.ScalarType.Float64 : torch.ScalarType.Float32);
        var blocks = (matrix.ProductCount + BlockRows - 1) / BlockRows;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, blocks, parallel, block =>
        {
            var first = block * BlockRows;
            var rows = Math.Min(BlockRows, matrix.ProductCount - first);
            using var part = gram.narrow(0, first, rows);
            if (isDouble) Fill(matrix, MemoryMarshal.Cast<byte, double>(part.bytes), first, rows, options.Lambda);
            else Fill(matrix, MemoryMarshal.Cast<byte, float>(part.bytes), first, rows, (float)options.Lambda);
        });
        return gram;
    }

    /// <summary>Adds the counts of some rows.</summary>
    /// <param name="matrix">Who had what.</param>
    /// <param name="target">[rows, product] zeros before.</param>
    /// <param name="first">Product of the first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="lambda">Added to the diagonal.</param>
    internal static void Fill<T>(UnitProducts matrix, Span<T> target, int first, int rows, T lambda) where T : INumber<T>
    {
        for (var row = 0; row < rows; row++)
        {
            var line = target.Slice(row * matrix.ProductCount, matrix.ProductCount);
            var product = first + row;
            for (var at = matrix.ProductStarts[product]; at < matrix.ProductStarts[product + 1]; at++)
            {
                var (unit, own) = (matrix.ProductUnits[at], matrix.ProductCounts[at]);
                for (var other = matrix.UnitStarts[unit]; other < matrix.UnitStarts[unit + 1]; other++)
                    line[matrix.UnitProductIndexes[other]] += T.CreateChecked(own * matrix.UnitCounts[other]);
            }

            line[product] += lambda;
        }
    }
}
