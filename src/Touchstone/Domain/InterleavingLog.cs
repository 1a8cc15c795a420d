namespace Touchstone.Domain;

/// <summary>How an interleaved list's clicks are turned into credit.</summary>
public enum InterleavingMethod
{
    /// <summary>A click counts for its product's team; two teams or more.</summary>
    TeamDraft,

    /// <summary>Clicks among the equally deep tops of both rankings are compared.</summary>
    Balanced,

    /// <summary>Each shown product has a credit of its own (probabilistic and optimised interleaving).</summary>
    Credit,
}

/// <summary>What was shown in interleaved lists and what was clicked, as columns; file form: docs/formats.md.</summary>
public sealed record InterleavingLog
{
    /// <summary>How credit is given.</summary>
    public required InterleavingMethod Method { get; init; }

    /// <summary>Names of the rankings; the first is the one that a positive preference favours.</summary>
    public required IReadOnlyList<string> Rankings { get; init; }

    /// <summary>[impression] id.</summary>
    public required string[] Impressions { get; init; }

    /// <summary>[impression] query, or what else was asked; empty texts where the log has none.</summary>
    public required string[] Queries { get; init; }

    /// <summary>[impression] unit that impressions are clustered by, mostly the shopper; empty where the log has none.</summary>
    public string[] Units { get; init; } = [];

    /// <summary>[impression + 1] impression i's rows are [Offsets[i], Offsets[i + 1]), by rank from 1 without gaps.</summary>
    public required int[] Offsets { get; init; }

    /// <summary>[row] whether it was clicked.</summary>
    public required bool[] IsClicked { get; init; }

    /// <summary>[row] index of the ranking whose product it is; empty without teams.</summary>
    public int[] Teams { get; init; } = [];

    /// <summary>[row] rank in the first ranking, 0 where it lacks the product; empty where not logged.</summary>
    public int[] FirstRanks { get; init; } = [];

    /// <summary>[row] rank in the second ranking, 0 where it lacks the product; empty where not logged.</summary>
    public int[] SecondRanks { get; init; } = [];

    /// <summary>[row] credit of a click, good for the first ranking where positive; empty where not logged.</summary>
    public double[] Credits { get; init; } = [];

    /// <summary>What speaks against trusting the log, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
