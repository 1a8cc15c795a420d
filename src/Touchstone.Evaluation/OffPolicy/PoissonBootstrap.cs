using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// Bootstrap of sums over rounds that come in blocks: each replicate takes each round a Poisson(1) number of times (Hanley and MacGibbon 2006; Chamandy 2012),
/// so it needs no second look at a round and no memory of it; clusters of rounds are drawn whole. All columns see the same draws. A replicate's draws in a block follow from seed, replicate
/// and block: bit-identical at any number of threads.
/// </summary>
public sealed class PoissonBootstrap
{
    private const int ClustersAPiece = 16 * PoissonCounts.BlockRounds;
    private readonly BootstrapOptions _options;
    private readonly double[][] _sums;
    private readonly ulong[] _seeds;
    private readonly int _columns;
    private long _block;
    private bool _isClosed;

    /// <summary>Starts with nothing drawn.</summary>
    /// <param name="columns">Columns that will be summed.</param>
    /// <param name="options">Replicates, seed, threads.</param>
    public PoissonBootstrap(int columns, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_columns, _options) = (columns, options);
        _sums = [.. Enumerable.Range(0, options.Replicates).Select(_ => new double[columns + 1])];
        _seeds = [.. Enumerable.Range(0, options.Replicates).Select(replicate => options.Seed.For("bootstrap", replicate).Value)];
    }

    /// <summary>Rounds that stand together in one draw; blocks are multiples of it, all but the last.</summary>
    public static int BlockRounds => PoissonCounts.BlockRounds;

    /// <summary>Takes a block of rounds into every replicate.</summary>
    /// <param name="columns">[column][round] of which the first <paramref name="count"/> count.</param>
    /// <param name="count">Rounds.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <exception cref="InvalidOperationException">A block after one whose length was no multiple of <see cref="BlockRounds"/>.</exception>
    public void Add(IReadOnlyList<double[]> columns, int count, CancellationToken cancellationToken = default) => Add(columns, null, count, cancellationToken);

    /// <summary>Takes clusters of rounds into every replicate, each drawn as a whole, Poisson(1) times: independent are the clusters, not their rounds.</summary>
    /// <param name="sums">[column][cluster] sums over its rounds.</param>
    /// <param name="sizes">[cluster] its rounds.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <exception cref="ArgumentException">Columns of unequal length.</exception>
    public void AddClusters(IReadOnlyList<double[]> sums, double[] sizes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(sizes);
        foreach (var column in sums)
            if (column.Length != sizes.Length) throw new ArgumentException($"A column has {column.Length} clusters; expected {sizes.Length}.", nameof(sums));
        // In pieces that stay near the processor while all replicates go over them.
        for (var first = 0; first < sizes.Length; first += ClustersAPiece)
        {
            var range = first..Math.Min(sizes.Length, first + ClustersAPiece);
            Add([.. sums.Select(column => column[range])], sizes[range], range.End.Value - first, cancellationToken);
        }
    }

    private void Add(IReadOnlyList<double[]> columns, double[]? sizes, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count != _columns) throw new ArgumentException($"{columns.Count} columns; expected {_columns}.", nameof(columns));
        if (count == 0) return;
        if (_isClosed) throw new InvalidOperationException($"A block of a bootstrap that is no multiple of {BlockRounds} rounds must be the last one.");
        _isClosed = count % BlockRounds != 0;
        var blocks = (count + BlockRounds - 1) / BlockRounds;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Threads), CancellationToken = cancellationToken };
        Parallel.For(0, _options.Replicates, parallel, () => new double[BlockRounds], (replicate, _, counts) =>
        {
            var sums = _sums[replicate];
            for (var block = 0; block < blocks; block++)
            {
                var first = block * BlockRounds;
                var length = Math.Min(BlockRounds, count - first);
                PoissonCounts.Draw(Numerics.StableHash.Mix(_seeds[replicate] + (ulong)(_block + block)), counts);
                for (var column = 0; column < _columns; column++) sums[column] += PoissonCounts.Sum(counts, columns[column].AsSpan(first, length));
                if (sizes is not null)
                {
                    sums[_columns] += PoissonCounts.Sum(counts, sizes.AsSpan(first, length));
                    continue;
                }

                var drawn = 0.0;
                for (var i = 0; i < length; i++) drawn += counts[i];
                sums[_columns] += drawn;
            }

            return counts;
        }, _ => { });
        _block += blocks;
    }

    /// <summary>[replicate] sums of a column.</summary>
    public double[] Sums(int column) => [.. _sums.Select(sums => sums[column])];

    /// <summary>[replicate] rounds drawn.</summary>
    public double[] Drawn() => Sums(_columns);
}
