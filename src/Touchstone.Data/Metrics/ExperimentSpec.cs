using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>An experiment as experiment.yaml defines it (docs/formats.md).</summary>
public sealed record ExperimentSpec
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The variant that the others are compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Planned weights; empty for equal ones.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>Error allowed.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>When one looks.</summary>
    public LookPlan Looks { get; init; } = new();

    /// <summary>Bootstrap replicates over units; 0 for none.</summary>
    public int Replicates { get; init; }

    /// <summary>Seed of the bootstrap.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>Days after exposure over which effects are looked at day by day; 0 for no such look.</summary>
    public int NoveltyDays { get; init; }

    /// <summary>Who was exposed when.</summary>
    public required SpecSource Exposures { get; init; }

    /// <summary>Rows of the exposures that count; all where there is no filter.</summary>
    public IReadOnlyList<SpecFilter> ExposedWhere { get; init; } = [];

    /// <summary>Column of the variant in the exposures.</summary>
    public required string Variant { get; init; }

    /// <summary>Column of a segment in the exposures; null for none.</summary>
    public string? Segment { get; init; }

    /// <summary>Time that triggers the analysis: units without a row in this source after exposure are left out; null for all units.</summary>
    public SpecEvents? Trigger { get; init; }

    /// <summary>Holdout: how many days after the first exposure metrics are looked at from, e.g. 28 for what lasts; 0 from the exposure on.</summary>
    public double FromDay { get; init; }

    /// <summary>IANA zone of times that state no offset.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>First moment of the experiment, seconds since 1970 UTC; null for none.</summary>
    public double? Start { get; init; }

    /// <summary>Moment after its end; null for none.</summary>
    public double? End { get; init; }

    /// <summary>Moment up to which events were recorded: windows that reach beyond are partial; null for the latest event.</summary>
    public double? RecordedUntil { get; init; }

    /// <summary>Whether units whose longest window is partial are left out.</summary>
    public bool LeavesOutPartialWindows { get; init; }

    /// <summary>Metrics.</summary>
    public required IReadOnlyList<SpecMetric> Metrics { get; init; }

    /// <summary>Sums before exposure to adjust by.</summary>
    public IReadOnlyList<SpecCovariate> Covariates { get; init; } = [];
}

/// <summary>A source of rows with its unit and time.</summary>
/// <param name="Source">File, relative to the workspace, or facts of it, or table.</param>
/// <param name="Unit">Column of the unit.</param>
/// <param name="Time">Column of the time.</param>
public sealed record SpecSource(string Source, string Unit, string Time);

/// <summary>Rows of a source that count.</summary>
/// <param name="From">The source.</param>
/// <param name="Where">Filters, all of which must hold.</param>
/// <param name="Value">Column that is summed; null counts rows.</param>
public sealed record SpecEvents(SpecSource From, IReadOnlyList<SpecFilter> Where, string? Value = null);

/// <summary>One filter.</summary>
/// <param name="Column">Column.</param>
/// <param name="Values">Texts of which the column must be one; empty for none.</param>
/// <param name="AtLeast">Least number; NaN for none.</param>
/// <param name="Below">Number that must not be reached; NaN for none.</param>
public sealed record SpecFilter(string Column, IReadOnlyList<string> Values, double AtLeast = double.NaN, double Below = double.NaN);

/// <summary>A metric of a specification. Retention and funnels become proportions.</summary>
public sealed record SpecMetric
{
    /// <summary>The metric as it is judged; a funnel stands here once a step.</summary>
    public required ExperimentMetric Metric { get; init; }

    /// <summary>Rows that count, the numerator of a ratio.</summary>
    public required SpecEvents Events { get; init; }

    /// <summary>Rows of a ratio's denominator; null for other kinds.</summary>
    public SpecEvents? Denominator { get; init; }

    /// <summary>Steps of a funnel up to this one, each after the one before; empty for other kinds.</summary>
    public IReadOnlyList<IReadOnlyList<SpecFilter>> Steps { get; init; } = [];

    /// <summary>Whether it is a retention, which has days of its own.</summary>
    public bool IsRetention { get; init; }

    /// <summary>Whether it can be looked at day by day: a mean, a share or a ratio.</summary>
    public bool HasDays => Metric.Kind != MetricKind.Quantile && Steps.Count == 0 && !IsRetention;

    /// <summary>Days after exposure from which rows count.</summary>
    public double FromDay { get; init; }

    /// <summary>Days after exposure before which rows count; NaN without end.</summary>
    public double WindowDays { get; init; } = double.NaN;
}

/// <summary>A sum over the days before exposure.</summary>
/// <param name="Name">Name.</param>
/// <param name="Events">Rows that count.</param>
/// <param name="DaysBefore">Days before exposure.</param>
public sealed record SpecCovariate(string Name, SpecEvents Events, double DaysBefore);
