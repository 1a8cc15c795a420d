using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>AUC of one scorer, and how far the first of them is above it.</summary>
/// <param name="Scorer">Name.</param>
/// <param name="Auc">Its AUC.</param>
/// <param name="FirstAhead">AUC of the first scorer minus this one's; null for the first.</param>
public sealed record ScorerAuc(string Scorer, Estimate Auc, Estimate? FirstAhead);

/// <summary>
/// AUC of several scorers of the same rows. Intervals by the bootstrap over units (shoppers): rows of one shopper hang together, so shoppers are
/// drawn, not rows, and all scorers are judged on the same draws (Efron and Tibshirani 1993, ch. 8).
/// </summary>
public static class AucComparison
{
    /// <summary>Compares.</summary>
    /// <param name="scorers">Name and [row] scores; the first is compared with each other.</param>
    /// <param name="labels">[row] what was so.</param>
    /// <param name="units">[row] unit, from 0.</param>
    /// <param name="unitCount">How many units.</param>
    /// <param name="options">Replicates, level, seed, threads; the same bits at any number of threads.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    public static IReadOnlyList<ScorerAuc> Compare(
        IReadOnlyList<(string Name, float[] Scores)> scorers, bool[] labels, int[] units, int unitCount, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scorers);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(options);
        if (units.Length != labels.Length) throw new ArgumentException($"{units.Length} units for {labels.Length} labels; give one each.", nameof(units));
        var orders = scorers.Select(scorer => BinaryMetrics.Order<float>(scorer.Scores, labels.Length)).ToArray();
        var own = scorers.Select(scorer => BinaryMetrics.Auc(scorer.Scores, labels)).ToArray();
        var replicates = scorers.Select(_ => new double[options.Replicates]).ToArray();
        Parallel.For(0, options.Replicates, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, replicate =>
        {
            var drawn = new int[unitCount];
            PairedBootstrap.DrawCounts(options.Seed.For("auc", replicate).NewRandom(), drawn);
            var weights = new double[labels.Length];
            for (var row = 0; row < weights.Length; row++) weights[row] = drawn[units[row]];
            for (var scorer = 0; scorer < orders.Length; scorer++)
                replicates[scorer][replicate] = BinaryMetrics.Auc<float>(scorers[scorer].Scores, labels, orders[scorer], weights);
        });
        return
        [
            .. scorers.Select((scorer, i) => new ScorerAuc(
                scorer.Name,
                ReplicateEstimate.Percentile(own[i], replicates[i], options.Level, unitCount),
                i == 0 ? null : ReplicateEstimate.Percentile(own[0] - own[i], [.. replicates[0].Zip(replicates[i], (first, other) => first - other)], options.Level, unitCount))),
        ];
    }
}
