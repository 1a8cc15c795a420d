using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>What the rows have that a split could stand on.</summary>
internal sealed record SplitEvidence
{
    public const double DaysForTimeSplit = 60;

    public required InteractionKind Target { get; init; }

    public required int Rows { get; init; }

    public required int TimedRows { get; init; }

    public required long FirstMs { get; init; }

    public required long LastMs { get; init; }

    public required int SessionRows { get; init; }

    public required int TimedSessionRows { get; init; }

    public double Days => TimedRows == 0 ? 0 : (LastMs - FirstMs) / 86_400_000.0;

    /// <summary>Why there can be no split by time; null where there can.</summary>
    public string? NoTimeSplit => TimedRows == 0 ? "no times: the rows say only in which order things happened"
        : LastMs == FirstMs ? "no times that differ: all rows have one moment"
        : null;

    /// <summary>Why there can be no split by session; null where there can.</summary>
    public string? NoSessionSplit => SessionRows == 0 ? "no sessions: no column is mapped to session"
        : TimedSessionRows == 0 ? "no times: sessions cannot be put in order"
        : null;
}
