using Touchstone.Domain;

namespace Touchstone.Evaluation.Experiments;

/// <summary>How an experiment is judged.</summary>
public sealed record ExperimentPlan
{
    /// <summary>The variant that the others are compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Planned weights by variant; empty for equal ones. A variant that is missing has weight 0.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>Metrics in the order in which they are reported.</summary>
    public required IReadOnlyList<ExperimentMetric> Metrics { get; init; }

    /// <summary>Columns of moments to adjust by (CUPED); empty for none.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>Alpha and side.</summary>
    public EffectOptions Options { get; init; } = new();

    /// <summary>Over which looks p-values and intervals hold.</summary>
    public LookPlan Looks { get; init; } = new();

    /// <summary>Belief in the lift beforehand.</summary>
    public EffectPrior Prior { get; init; } = new();

    /// <summary>Whether segments are strata: effects within them are weighed by their share of units.</summary>
    public bool IsPostStratified { get; init; }
}
