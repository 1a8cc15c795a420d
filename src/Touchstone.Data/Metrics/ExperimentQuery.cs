using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>What is read of an experiment: a file of units or events, and which of its columns are what.</summary>
public sealed record ExperimentQuery
{
    /// <summary>CSV, TSV, JSON Lines or Parquet, also gzipped.</summary>
    public required string File { get; init; }

    /// <summary>Column of the unit of randomisation; null where each row is a unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Column of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>Metrics; a unit's rows are summed, for a proportion it is enough that one is 1.</summary>
    public required IReadOnlyList<ExperimentMetric> Metrics { get; init; }

    /// <summary>Columns known before the experiment, constant within a unit.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>Column that parts units into segments, constant within a unit; null for none.</summary>
    public string? Segment { get; init; }

    /// <summary>Whether an empty or NaN value counts as 0 instead of being refused.</summary>
    public bool TakesMissingAsZero { get; init; }

    /// <summary>Threads of the engine.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Memory of the engine before it writes to disk.</summary>
    public string Memory { get; init; } = "2GB";

    /// <summary>Name of a covariate among the columns of moments.</summary>
    public static string CovariateName(string column) => "covariate " + column;
}
