namespace Touchstone.Domain;

/// <summary>What a row may be used for. Training reads <see cref="Train"/> rows only.</summary>
public enum SplitPart : byte
{
    /// <summary>Learned from; also history when a later row is judged.</summary>
    Train,

    /// <summary>Judged when options are chosen; history when the test is judged.</summary>
    Validation,

    /// <summary>Judged at the end, never before.</summary>
    Test,

    /// <summary>Start of a validation session: history for its judged row, never learned from.</summary>
    ValidationContext,

    /// <summary>Start of a test session: history for its judged row, never learned from.</summary>
    TestContext,
}

/// <summary>
/// Behaviour as columns: one row an interaction that is learned from or judged, grouped by unit (a shopper, or a session under a
/// session split), oldest first within the unit. All columns have one entry a row but <see cref="Offsets"/> and <see cref="Units"/>.
/// </summary>
public sealed record Behaviour
{
    /// <summary>The products that the rows point into.</summary>
    public required ProductTable Products { get; init; }

    /// <summary>[unit] opaque ids of shoppers or sessions, ascending by ordinal UTF-8.</summary>
    public required string[] Units { get; init; }

    /// <summary>[unit + 1] unit u owns the rows Offsets[u] .. Offsets[u + 1].</summary>
    public required int[] Offsets { get; init; }

    /// <summary>[row] product index.</summary>
    public required int[] ProductIndexes { get; init; }

    /// <summary>[row] what the row may be used for.</summary>
    public required SplitPart[] Parts { get; init; }

    /// <summary>[row] occurred-at, milliseconds since 1970 UTC; empty where the source has only an order.</summary>
    public long[] OccurredAtMs { get; init; } = [];

    /// <summary>[row] session number, ascending within a unit (a new one for each visit or order); empty where there are none.</summary>
    public int[] Sessions { get; init; } = [];

    /// <summary>[row] units bought; empty where the source has none (then each counts 1).</summary>
    public double[] Quantities { get; init; } = [];

    /// <summary>[row] revenue of the whole line net of discount, reporting currency; NaN where unknown, empty where there are no prices.</summary>
    public double[] Revenues { get; init; } = [];

    /// <summary>[row] margin of the whole line, reporting currency; NaN where unknown, empty where there are no prices.</summary>
    public double[] Margins { get; init; } = [];

    /// <summary>How many rows.</summary>
    public int Count => ProductIndexes.Length;
}
