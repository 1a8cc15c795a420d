namespace Touchstone.Domain;

/// <summary>A client was seen to be a shopper (a log-in). Stitching is a view over such links: rows are never rewritten.</summary>
public sealed record IdentityLink
{
    /// <summary>Storefront.</summary>
    public required string Site { get; init; }

    /// <summary>Anonymous client (cookie, device), hashed like the shopper.</summary>
    public required string Client { get; init; }

    /// <summary>Known shopper.</summary>
    public required string Shopper { get; init; }

    /// <summary>When the link was seen, UTC.</summary>
    public required DateTime OccurredAt { get; init; }
}
