namespace Touchstone.Domain;

/// <summary>One entry of the ledger: a verdict, a promotion, an override. The ledger only grows.</summary>
public sealed record LedgerEntry
{
    /// <summary>Id of the entry (UUIDv7).</summary>
    public required string Id { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>What it is, e.g. <c>verdict</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The entry itself, a JSON object.</summary>
    public required string Json { get; init; }
}
