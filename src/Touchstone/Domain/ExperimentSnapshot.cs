namespace Touchstone.Domain;

/// <summary>An experiment's running totals at one time: one metric of one treatment against control.</summary>
public sealed record ExperimentSnapshot
{
    /// <summary>Experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The treatment's variant.</summary>
    public required string Variant { get; init; }

    /// <summary>Metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Time since the start, in the file's unit; orders the looks.</summary>
    public required double Time { get; init; }

    /// <summary>Control so far; unknown figures are NaN.</summary>
    public required SnapshotArm Control { get; init; }

    /// <summary>Treatment so far; unknown figures are NaN.</summary>
    public required SnapshotArm Treatment { get; init; }
}

/// <summary>One arm's running totals.</summary>
/// <param name="Count">Units.</param>
/// <param name="Mean">Mean a unit.</param>
/// <param name="Variance">Variance a unit; NaN where not known.</param>
public readonly record struct SnapshotArm(long Count, double Mean, double Variance);
