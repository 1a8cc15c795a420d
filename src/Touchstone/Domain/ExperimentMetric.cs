namespace Touchstone.Domain;

/// <summary>What kind of figure a metric of an experiment is.</summary>
public enum MetricKind
{
    /// <summary>Mean a unit.</summary>
    Mean,

    /// <summary>Share of units: values are 0 or 1.</summary>
    Proportion,

    /// <summary>Sum over sum, e.g. clicks a view; units stay the unit of analysis (delta method).</summary>
    Ratio,

    /// <summary>Quantile over events (rows), which hang together by unit.</summary>
    Quantile,
}

/// <summary>Which way is better.</summary>
public enum MetricGoal
{
    /// <summary>More is better.</summary>
    Increase,

    /// <summary>Less is better.</summary>
    Decrease,
}

/// <summary>A metric of an experiment.</summary>
public sealed record ExperimentMetric
{
    /// <summary>Name, as reports show it.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Column of values: the numerator of a ratio.</summary>
    public required string Column { get; init; }

    /// <summary>Column of the denominator of a ratio; null otherwise.</summary>
    public string? Denominator { get; init; }

    /// <summary>Which quantile, in (0, 1); NaN for other kinds.</summary>
    public double Probability { get; init; } = double.NaN;

    /// <summary>Quantile of the pooled unit values above which they are cut (winsorised); NaN for no cut.</summary>
    public double CapQuantile { get; init; } = double.NaN;

    /// <summary>Whether zeros are left out when the cap is looked for.</summary>
    public bool CapIgnoresZeros { get; init; }

    /// <summary>Which way is better.</summary>
    public MetricGoal Goal { get; init; } = MetricGoal.Increase;

    /// <summary>Name of the denominator among the columns of moments.</summary>
    public string DenominatorName => Name + " denominator";

    /// <summary>The kind as files and reports write it.</summary>
    public string KindName => Kind switch
    {
        MetricKind.Mean => "mean",
        MetricKind.Proportion => "proportion",
        MetricKind.Ratio => "ratio",
        MetricKind.Quantile => "quantile",
        _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
    };
}
