using System.Runtime.Intrinsics;

namespace Touchstone.Numerics;

/// <summary>Dot products of many queries with many vectors, whole or only the best of each query. The same bits at any thread count.</summary>
public static class DenseScoring
{
    /// <summary>Queries that share a panel while it is in the first cache.</summary>
    private const int BlockHeight = 32;

    /// <summary>The k best vectors of each query: score descending, equal scores by index ascending. No score is kept in memory but the best.</summary>
    /// <param name="queries">[query, dimension] row-major.</param>
    /// <param name="vectors">What is scored.</param>
    /// <param name="k">How many, at least 1.</param>
    /// <param name="best">[query, k] indexes, best first, overwritten; −1 where there are fewer vectors than k.</param>
    /// <param name="scores">[query, k] their scores, overwritten; negative infinity where there is none.</param>
    /// <param name="threads">Threads at most, at least 1.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, or a component that is not a number within ±1e15 (names it).</exception>
    public static void TopK(ReadOnlyMemory<float> queries, PackedVectors vectors, int k, Memory<int> best, Memory<float> scores, int threads, CancellationToken cancellationToken = default)
    {
        var count = Check(queries.Span, vectors, threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (best.Length != (long)count * k) throw new ArgumentException($"best has {best.Length} places; {count} queries of {k} need {(long)count * k}.", nameof(best));
        if (scores.Length != (long)count * k) throw new ArgumentException($"scores has {scores.Length} places; {count} queries of {k} need {(long)count * k}.", nameof(scores));
        ForBlocks(queries, vectors.Dimension, count, threads, (block, first, height) =>
        {
            var places = best.Span.Slice(first * k, height * k);
            var values = scores.Span.Slice(first * k, height * k);
            places.Fill(-1);
            values.Fill(float.NegativeInfinity);
            Span<float> tile = stackalloc float[ScoreTile.Height * PackedVectors.PanelWidth];
            for (var panel = 0; panel < vectors.PanelCount; panel++)
            {
                var columns = Panel(vectors, panel);
                for (var top = 0; top < height; top += ScoreTile.Height)
                {
                    ScoreTile.Write(block.AsSpan(top * vectors.Dimension), columns, vectors.Dimension, tile, PackedVectors.PanelWidth);
                    for (var row = 0; row < Math.Min(ScoreTile.Height, height - top); row++)
                    {
                        var at = (top + row) * k;
                        Offer(tile.Slice(row * PackedVectors.PanelWidth, PackedVectors.PanelWidth), panel * PackedVectors.PanelWidth, vectors.Count, places.Slice(at, k), values.Slice(at, k));
                    }
                }
            }
        }, cancellationToken);
    }

    /// <summary>All scores.</summary>
    /// <param name="queries">[query, dimension] row-major.</param>
    /// <param name="vectors">What is scored.</param>
    /// <param name="scores">[query, vector] overwritten.</param>
    /// <param name="threads">Threads at most, at least 1.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, or a component that is not a number within ±1e15 (names it).</exception>
    public static void Multiply(ReadOnlyMemory<float> queries, PackedVectors vectors, Memory<float> scores, int threads, CancellationToken cancellationToken = default)
    {
        var count = Check(queries.Span, vectors, threads);
        if (scores.Length != (long)count * vectors.Count) throw new ArgumentException($"scores has {scores.Length} places; {count} queries by {vectors.Count} vectors need {(long)count * vectors.Count}.", nameof(scores));
        ForBlocks(queries, vectors.Dimension, count, threads, (block, first, height) =>
        {
            var target = scores.Span[(first * vectors.Count)..];
            Span<float> tile = stackalloc float[ScoreTile.Height * PackedVectors.PanelWidth];
            for (var panel = 0; panel < vectors.PanelCount; panel++)
            {
                var columns = Panel(vectors, panel);
                var left = panel * PackedVectors.PanelWidth;
                var width = Math.Min(PackedVectors.PanelWidth, vectors.Count - left);
                for (var top = 0; top < height; top += ScoreTile.Height)
                {
                    var rows = Math.Min(ScoreTile.Height, height - top);
                    var place = target[((top * vectors.Count) + left)..];
                    if (rows == ScoreTile.Height && width == PackedVectors.PanelWidth)
                    {
                        ScoreTile.Write(block.AsSpan(top * vectors.Dimension), columns, vectors.Dimension, place, vectors.Count);
                        continue;
                    }

                    ScoreTile.Write(block.AsSpan(top * vectors.Dimension), columns, vectors.Dimension, tile, PackedVectors.PanelWidth);
                    for (var row = 0; row < rows; row++) tile.Slice(row * PackedVectors.PanelWidth, width).CopyTo(place[(row * vectors.Count)..]);
                }
            }
        }, cancellationToken);
    }

    /// <summary>Puts a panel's scores among the best of a query. Later vectors must be strictly better, so that the lower index wins a tie.</summary>
    internal static void Offer(ReadOnlySpan<float> scores, int firstIndex, int count, Span<int> best, Span<float> values)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            var worst = Vector256.Create(values[^1]);
            var isBetter = Vector256.GreaterThan(Vector256.Create(scores), worst) | Vector256.GreaterThan(Vector256.Create(scores[8..]), worst);
            if (isBetter == Vector256<float>.Zero) return;
        }

        var width = Math.Min(scores.Length, count - firstIndex);
        for (var place = 0; place < width; place++)
        {
            var score = scores[place];
            if (!(score > values[^1])) continue;
            var at = values.Length - 1;
            while (at > 0 && values[at - 1] < score)
            {
                (values[at], best[at]) = (values[at - 1], best[at - 1]);
                at--;
            }

            (values[at], best[at]) = (score, firstIndex + place);
        }
    }

    private static ReadOnlySpan<float> Panel(PackedVectors vectors, int panel) =>
        vectors.Panels.AsSpan(panel * PackedVectors.PanelWidth * vectors.Dimension, PackedVectors.PanelWidth * vectors.Dimension);

    private static int Check(ReadOnlySpan<float> queries, PackedVectors vectors, int threads)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        PackedVectors.Check(queries, vectors.Dimension, nameof(queries));
        return queries.Length / vectors.Dimension;
    }

    // Each block of queries is copied, filled up with zeros to whole tiles.
    private static void ForBlocks(ReadOnlyMemory<float> queries, int dimension, int count, int threads, Action<float[], int, int> work, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (count + BlockHeight - 1) / BlockHeight, options, () => new float[BlockHeight * dimension], (index, _, block) =>
        {
            var first = index * BlockHeight;
            var height = Math.Min(BlockHeight, count - first);
            queries.Span.Slice(first * dimension, height * dimension).CopyTo(block);
            block.AsSpan(height * dimension).Clear();
            work(block, first, height);
            return block;
        }, _ => { });
    }
}
