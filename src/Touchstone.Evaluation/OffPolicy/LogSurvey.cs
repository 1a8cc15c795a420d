using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>The first walk over a log: its weights, its rewards, which actions it chose where, and a reward model.</summary>
internal sealed record LogSurvey
{
    public required WeightReport Weights { get; init; }

    /// <summary>Weights of categories; null where there are none.</summary>
    public required WeightReport? Categories { get; init; }

    public required MeanMoments Rewards { get; init; }

    /// <summary>Pairs that the log chose; null where it has no contexts and actions.</summary>
    public required LoggedPairs? Pairs { get; init; }

    /// <summary>The fitted model; null where the log brings one, or none can be fitted.</summary>
    public required CrossFittedMeans? Model { get; init; }

    /// <summary>Clusters of rounds; null where each round stands for itself.</summary>
    public required ClusterSurvey? Clusters { get; init; }

    public static LogSurvey Of(BanditLog log, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        var (weights, categories, rewards) = (new WeightDiagnostics(), log.HasCategories ? new WeightDiagnostics() : null, new MeanMoments());
        var pairs = log.Target is null ? null : new LoggedPairs();
        var model = pairs is null || log.HasModel ? null : new CrossFittedMeans(options.Folds, options.Bootstrap.Seed, pairs);
        var clusters = log.HasClusters ? new ClusterSurvey() : null;
        var column = new double[BanditLog.BlockRounds];
        foreach (var rounds in log.Rounds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = column.AsSpan(0, rounds.Count);
            RoundKernel.RequireFinite(rounds.Rewards, "rewards", rounds.FirstRound);
            RoundKernel.Weights(rounds.Propensities, rounds.Targets, block, rounds.FirstRound);
            weights.Add(block, rounds.Rewards, rounds.FirstRound);
            rewards.Add(rounds.Rewards);
            if (log.HasModel)
            {
                RoundKernel.RequireFinite(rounds.ModelledRewards, "modelled rewards", rounds.FirstRound);
                RoundKernel.RequireFinite(rounds.ModelledValues, "modelled values", rounds.FirstRound);
            }

            if (categories is not null)
            {
                RoundKernel.RequireFinite(rounds.CategoryWeights, "category weights", rounds.FirstRound);
                categories.Add(rounds.CategoryWeights, rounds.Rewards, rounds.FirstRound);
            }

            clusters?.Add(rounds, block);
            if (model is not null) model.Add(rounds);
            else pairs?.Add(rounds);
        }

        if (rewards.Count == 0) throw new ArgumentException("The log has no rounds; a round a line.", nameof(log));
        model?.Fit();
        // Clusters of a round each are none.
        if (clusters is not null && clusters.Count == rewards.Count) clusters = null;
        return new LogSurvey
        {
            Weights = Clustered(weights.Report(), clusters, clusters is null ? [] : clusters.Weights),
            Categories = categories is null ? null : Clustered(categories.Report(), clusters, clusters is null ? [] : clusters.Categories),
            Rewards = rewards,
            Pairs = pairs,
            Model = model,
            Clusters = clusters,
        };
    }

    private static WeightReport Clustered(WeightReport report, ClusterSurvey? clusters, ReadOnlySpan<double> sums) =>
        clusters is null ? report : report with { MeanWeightStandardError = ClusterErrors.OfMean(sums, clusters.Sizes, report.MeanWeight) };
}
