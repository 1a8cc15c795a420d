using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>Columns of a block of rounds as estimators see them: weights made, the model's figures filled in. The arrays serve the next block again.</summary>
internal sealed class RoundColumns
{
    private readonly double[] _modelled = new double[BanditLog.BlockRounds], _values = new double[BanditLog.BlockRounds];

    /// <summary>Rounds in the block.</summary>
    public int Count { get; private set; }

    /// <summary>[round] r.</summary>
    public double[] Rewards { get; private set; } = [];

    /// <summary>[round] w.</summary>
    public double[] Weights { get; } = new double[BanditLog.BlockRounds];

    /// <summary>[round] weight of the category; empty where there are none.</summary>
    public double[] CategoryWeights { get; private set; } = [];

    /// <summary>[round] q.</summary>
    public double[] Modelled { get; private set; } = [];

    /// <summary>[round] D.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>[round] cluster; empty where there are none.</summary>
    public int[] Clusters { get; private set; } = [];

    /// <summary>Walks a log.</summary>
    public static IEnumerable<RoundColumns> Walk(BanditLog log, LogSurvey survey, CancellationToken cancellationToken)
    {
        var columns = new RoundColumns();
        foreach (var rounds in log.Rounds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns.Load(rounds, log, survey);
            yield return columns;
        }
    }

    private void Load(BanditRounds rounds, BanditLog log, LogSurvey survey)
    {
        (Count, Rewards, CategoryWeights, Clusters) = (rounds.Count, rounds.Rewards, rounds.CategoryWeights, rounds.Clusters);
        RoundKernel.Weights(rounds.Propensities, rounds.Targets, Weights, rounds.FirstRound);
        if (log.HasModel)
        {
            (Modelled, Values) = (rounds.ModelledRewards, rounds.ModelledValues);
        }
        else if (survey.Model is { } model && log.Target is { } target)
        {
            (Modelled, Values) = (_modelled, _values);
            model.Fill(rounds, target, log.TargetRows, _modelled, _values);
        }
    }
}
