using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Experiments;

/// <summary>One metric of one arm against control.</summary>
public sealed record ComparedArm
{
    /// <summary>The metric.</summary>
    public required ExperimentMetric Metric { get; init; }

    /// <summary>The arm.</summary>
    public required string Variant { get; init; }

    /// <summary>Control's statistic.</summary>
    public required ArmStatistic Control { get; init; }

    /// <summary>The arm's statistic.</summary>
    public required ArmStatistic Treatment { get; init; }

    /// <summary>Treatment − control, after CUPED where there are covariates.</summary>
    public required Effect Difference { get; init; }

    /// <summary>Difference / |control|.</summary>
    public required Effect Lift { get; init; }

    /// <summary>Treatment − control without covariates.</summary>
    public required Effect Unadjusted { get; init; }

    /// <summary>Difference with an interval and p that hold over the looks of <see cref="ExperimentPlan.Looks"/>; null at a fixed horizon.</summary>
    public Effect? SequentialDifference { get; init; }

    /// <summary>Lift with an interval and p that hold over the looks; null at a fixed horizon.</summary>
    public Effect? SequentialLift { get; init; }

    /// <summary>Difference with its bootstrap interval, for one look; null where not asked for, or for a quantile.</summary>
    public Estimate? BootstrapDifference { get; init; }

    /// <summary>Lift with its bootstrap interval, for one look; null where not asked for, or for a quantile.</summary>
    public Estimate? BootstrapLift { get; init; }

    /// <summary>Share of the difference's variance that the covariates took away; NaN without covariates.</summary>
    public double VarianceReduction { get; init; } = double.NaN;

    /// <summary>[covariate] θ; empty without covariates.</summary>
    public double[] Theta { get; init; } = [];

    /// <summary>Posterior of the lift; null where it has no error.</summary>
    public BayesianEffect? Posterior { get; init; }

    /// <summary>Post-stratified difference; null where not asked for.</summary>
    public Effect? Stratified { get; init; }

    /// <summary>What speaks against trusting the figures, stable names.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>What this planned look says; null where no looks were planned.</summary>
    public PlannedLookDecision? Decision { get; init; }

    /// <summary>p after Holm's method over all metrics and arms; NaN where there is none.</summary>
    public double HolmP { get; init; } = double.NaN;

    /// <summary>p after Benjamini and Hochberg's method over all metrics and arms; NaN where there is none.</summary>
    public double BenjaminiHochbergP { get; init; } = double.NaN;

    /// <summary>The p that counts: the one that holds over the looks, where such was asked for.</summary>
    public double PValue => SequentialDifference?.PValue ?? Difference.PValue;
}

/// <summary>One metric of one arm within a segment.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Variant">The arm.</param>
/// <param name="Control">Control's statistic.</param>
/// <param name="Treatment">The arm's statistic.</param>
/// <param name="Difference">Treatment − control.</param>
/// <param name="Lift">Difference / |control|.</param>
/// <param name="BenjaminiHochbergP">p after Benjamini and Hochberg's method over all segments, metrics and arms.</param>
public sealed record SegmentEffect(string Segment, string Metric, string Variant, ArmStatistic Control, ArmStatistic Treatment, Effect Difference, Effect Lift, double BenjaminiHochbergP);

/// <summary>Whether an arm's effect differs between segments (Cochran's Q).</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Variant">The arm.</param>
/// <param name="Q">Σ (effect − weighted mean)² / error².</param>
/// <param name="DegreesOfFreedom">Segments with an effect − 1.</param>
/// <param name="PValue">p-value; NaN below two segments.</param>
public sealed record Heterogeneity(string Metric, string Variant, double Q, int DegreesOfFreedom, double PValue);

/// <summary>An experiment judged.</summary>
public sealed record ExperimentResult
{
    /// <summary>How it was judged.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>[arm] names.</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>[arm] units.</summary>
    public required IReadOnlyList<long> Units { get; init; }

    /// <summary>[arm] planned weights.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Whether units fell into the arms as planned.</summary>
    public required SampleRatioTest SampleRatio { get; init; }

    /// <summary>Every metric of every arm but control, by metric, then arm.</summary>
    public required IReadOnlyList<ComparedArm> Comparisons { get; init; }

    /// <summary>[look] boundaries of |z|; empty where no looks were planned.</summary>
    public IReadOnlyList<double> Boundaries { get; init; } = [];

    /// <summary>The bootstrap; null where not asked for.</summary>
    public BootstrapOptions? Bootstrap { get; init; }

    /// <summary>Effects by segment; empty without segments.</summary>
    public IReadOnlyList<SegmentEffect> SegmentEffects { get; init; } = [];

    /// <summary>Whether effects differ between segments; empty without segments.</summary>
    public IReadOnlyList<Heterogeneity> Heterogeneity { get; init; } = [];

    /// <summary>Effects by day after exposure; empty where not asked for.</summary>
    public IReadOnlyList<EffectByDay> ByDay { get; init; } = [];

    /// <summary>Caps that were used.</summary>
    public IReadOnlyDictionary<string, UsedCap> Caps { get; init; } = new Dictionary<string, UsedCap>();

    /// <summary>What was counted.</summary>
    public required IReadOnlyList<HygieneCount> Hygiene { get; init; }
}
