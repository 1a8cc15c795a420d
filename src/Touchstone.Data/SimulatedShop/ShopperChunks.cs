namespace Touchstone.Data.SimulatedShop;

/// <summary>Runs shoppers in chunks on several threads; results are merged in order of chunks, so the bits don't depend on the threads.</summary>
internal static class ShopperChunks
{
    private const int ChunkSize = 2_048;

    /// <summary>Runs and merges.</summary>
    /// <param name="shoppers">How many.</param>
    /// <param name="figures">Figures a unit.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="scratch">Makes what one thread needs; it gets a shopper's number and the moments to add to.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public static PairedMoments Run(
        int shoppers, int figures, int threads, Func<Action<long, PairedMoments>> scratch, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shoppers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        var chunks = new PairedMoments[(shoppers + ChunkSize - 1) / ChunkSize];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            chunks.Length,
            parallel,
            scratch,
            (chunk, _, live) =>
            {
                var moments = new PairedMoments(figures);
                var end = Math.Min(shoppers, (chunk + 1) * ChunkSize);
                for (var shopper = chunk * ChunkSize; shopper < end; shopper++) live(shopper, moments);
                chunks[chunk] = moments;
                progress?.Report((double)Interlocked.Increment(ref done) / chunks.Length);
                return live;
            },
            static _ => { });
        var all = new PairedMoments(figures);
        foreach (var chunk in chunks) all.Merge(chunk);
        return all;
    }
}
