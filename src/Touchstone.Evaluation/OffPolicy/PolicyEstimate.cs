using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>How far a figure may be trusted.</summary>
public enum EstimateStatus
{
    /// <summary>With its intervals.</summary>
    Sound,

    /// <summary>The log does not carry it: the figure is arithmetic, without an interval.</summary>
    Refused,

    /// <summary>There is no figure.</summary>
    Undefined,
}

/// <summary>A candidate for λ.</summary>
/// <param name="Parameter">λ.</param>
/// <param name="Value">Estimate under it.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="MeanWeight">Mean of the weights that it uses.</param>
/// <param name="IsChosen">Whether SLOPE took it.</param>
public sealed record ParameterCandidate(double Parameter, double Value, double StandardError, double MeanWeight, bool IsChosen);

/// <summary>What an estimator says of the judged policy's value.</summary>
public sealed record PolicyEstimate
{
    /// <summary>The estimator, λ filled in.</summary>
    public required PolicyEstimator Estimator { get; init; }

    /// <summary>Mean reward a round (a slate) under the judged policy; NaN where undefined.</summary>
    public required double Value { get; init; }

    /// <summary>Standard error: standard deviation of the rounds' terms over √n, by the delta method where weights are self-normalised, over clusters where there are any.</summary>
    public required double StandardError { get; init; }

    /// <summary>Whether it can be trusted.</summary>
    public required EstimateStatus Status { get; init; }

    /// <summary>Mean of the weights as the estimator uses them: what is below the log's mean weight was shrunk away. NaN where undefined.</summary>
    public double MeanWeightUsed { get; init; } = double.NaN;

    /// <summary>Effective sample size of the weights as the estimator uses them; NaN where undefined.</summary>
    public double EffectiveSampleSize { get; init; } = double.NaN;

    /// <summary>What is missing, a sentence each; empty where sound.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Value ± z standard errors; null unless sound, and for the direct method, whose error is the model's and not told by the log.</summary>
    public Estimate? Normal { get; init; }

    /// <summary>Percentile interval over replicates; null unless sound.</summary>
    public Estimate? Bootstrap { get; init; }

    /// <summary>Empirical-Bernstein interval; null unless sound, for self-normalised estimators, whose terms have no range of their own, and over clusters, whose sums have none.</summary>
    public Estimate? Bernstein { get; init; }

    /// <summary>Value less the log's own mean reward, on the same replicates; null unless sound.</summary>
    public Estimate? AgainstLog { get; init; }

    /// <summary>The λ that were tried; empty where it was stated.</summary>
    public IReadOnlyList<ParameterCandidate> Candidates { get; init; } = [];
}

/// <summary>What an off-policy evaluation found, diagnostics first.</summary>
public sealed record PolicyEvaluation
{
    /// <summary>Weights of the log.</summary>
    public required WeightReport Weights { get; init; }

    /// <summary>Mass of the judged policy on actions that the logging policy never chooses; NaN where the logging policy is not known as a whole.</summary>
    public double MassWithoutSupport { get; init; } = double.NaN;

    /// <summary>Mass of the judged policy on actions that the log never shows in their context; NaN where the judged policy is not known as a whole.</summary>
    public double MassNeverLogged { get; init; } = double.NaN;

    /// <summary>Clusters of rounds that are not independent; null where each round stands for itself.</summary>
    public ClusterReport? Clusters { get; init; }

    /// <summary>Where the reward model comes from.</summary>
    public required string Model { get; init; }

    /// <summary>Mean reward of the log itself: the logging policy's value.</summary>
    public required Estimate Logged { get; init; }

    /// <summary>An estimate an estimator, in the order they were asked for.</summary>
    public required IReadOnlyList<PolicyEstimate> Estimates { get; init; }

    /// <summary>What a reader must know, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Whether no estimate with weights is sound (where only the direct method was asked for: whether it is undefined).</summary>
    public bool IsRefused => Estimates.Any(estimate => estimate.Estimator.Rule != WeightRule.None)
        ? !Estimates.Any(estimate => estimate.Estimator.Rule != WeightRule.None && estimate.Status == EstimateStatus.Sound)
        : Estimates.All(estimate => estimate.Status != EstimateStatus.Sound);
}
