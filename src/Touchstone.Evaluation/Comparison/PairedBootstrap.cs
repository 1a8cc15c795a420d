using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>How units are resampled.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Replicates, from 2.</summary>
    public int Replicates { get; init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Replicates counts from 2."); } = 2000;

    /// <summary>Confidence of the intervals, in (0, 1).</summary>
    public double Level { get; init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Level lies in (0, 1)."); } = 0.95;

    /// <summary>Seed of the draws.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>Most threads; the draws are the same at any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>Sums of columns over the sample and over each replicate of it; all columns see the same replicates.</summary>
/// <param name="Totals">[column] sum over the sample itself.</param>
/// <param name="Replicates">[column][replicate] sum over the resampled units.</param>
/// <param name="UnitCount">Units resampled.</param>
/// <param name="Options">How.</param>
public sealed record ResampledSums(double[] Totals, double[][] Replicates, int UnitCount, BootstrapOptions Options);

/// <summary>
/// Paired bootstrap: whole units are drawn with replacement (Efron and Tibshirani 1993, ch. 6), and every model and metric is summed
/// over the same draws, so that differences keep their pairing. Replicate r draws from a seed of its own: bit-identical at any
/// number of threads.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>Sums columns over the sample and over its replicates.</summary>
    /// <param name="columns">[column][unit] values of each unit, all of one length.</param>
    /// <param name="options">Replicates, level, seed.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <exception cref="ArgumentException">No columns, no units, or columns of unequal length (names the column).</exception>
    public static ResampledSums Resample(IReadOnlyList<double[]> columns, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(options);
        if (columns.Count == 0 || columns[0].Length == 0) throw new ArgumentException("There is nothing to resample: no columns, or no units.", nameof(columns));
        var units = columns[0].Length;
        for (var i = 1; i < columns.Count; i++)
        {
            if (columns[i].Length != units)
                throw new ArgumentException($"columns[{i}] has {columns[i].Length} units; expected {units}, as columns[0].", nameof(columns));
        }

        var totals = new double[columns.Count];
        var replicates = new double[columns.Count][];
        for (var i = 0; i < totals.Length; i++)
        {
            replicates[i] = new double[options.Replicates];
            foreach (var value in columns[i]) totals[i] += value;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellationToken };
        Parallel.For(0, options.Replicates, parallel, () => new int[units], (replicate, _, counts) =>
        {
            DrawCounts(options.Seed.For("bootstrap", replicate).NewRandom(), counts);
            for (var i = 0; i < columns.Count; i++) replicates[i][replicate] = WeightedSum(columns[i], counts);
            return counts;
        }, _ => { });
        return new ResampledSums(totals, replicates, units, options);
    }

    /// <summary>How often each unit is drawn in as many draws as there are units.</summary>
    /// <param name="random">Generator of the replicate.</param>
    /// <param name="counts">[unit] overwritten.</param>
    internal static void DrawCounts(SeededRandom random, Span<int> counts)
    {
        counts.Clear();
        for (var i = 0; i < counts.Length; i++) counts[random.NextInt(counts.Length)]++;
    }

    private static double WeightedSum(ReadOnlySpan<double> values, ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += values[i] * counts[i];
        return sum;
    }
}
