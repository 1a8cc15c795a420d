namespace Touchstone.Domain;

/// <summary>
/// One row of behaviour as received; an order line is an interaction of kind purchase or return with its money.
/// What could not be read is absent here and stands as text in <see cref="Unreadable"/>: cleaning decides, ingest forgets nothing.
/// </summary>
public sealed record Interaction
{
    /// <summary>Storefront: every key begins with it.</summary>
    public required string Site { get; init; }

    /// <summary>Event id, where the source has one.</summary>
    public string? EventId { get; init; }

    /// <summary>What was done.</summary>
    public required InteractionKind Kind { get; init; }

    /// <summary>Known shopper, keyed hash unless the shop keeps raw ids; null where the row has none.</summary>
    public string? Shopper { get; init; }

    /// <summary>Anonymous client (cookie, device), hashed like the shopper.</summary>
    public string? Client { get; init; }

    /// <summary>Session id, where the source has one.</summary>
    public string? Session { get; init; }

    /// <summary>Product id, an opaque Unicode string.</summary>
    public string? Product { get; init; }

    /// <summary>Stock-keeping unit within the product.</summary>
    public string? Variant { get; init; }

    /// <summary>When it happened, UTC; null where the source has only an order.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>Offset from UTC that the source stated or the site's zone gave, minutes.</summary>
    public int? OffsetMinutes { get; init; }

    /// <summary>When it reached the shop's systems, UTC.</summary>
    public DateTime? ReceivedAt { get; init; }

    /// <summary>Place in the shopper's sequence, from 0, where the source gives only an order.</summary>
    public long? Ordinal { get; init; }

    /// <summary>Order (transaction) id.</summary>
    public string? Order { get; init; }

    /// <summary>Units bought; negative on a line that takes a sale back.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Price of one unit before discount, in <see cref="Currency"/>.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Discount of the whole line.</summary>
    public decimal? Discount { get; init; }

    /// <summary>Tax of the whole line.</summary>
    public decimal? Tax { get; init; }

    /// <summary>Whether unit price contains the tax.</summary>
    public bool? TaxIncluded { get; init; }

    /// <summary>Shipping of the line.</summary>
    public decimal? Shipping { get; init; }

    /// <summary>What one unit cost the shop.</summary>
    public decimal? UnitCost { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Order line that a refund takes back, where named.</summary>
    public string? RefundOf { get; init; }

    /// <summary>Rating in the source's own scale.</summary>
    public decimal? Rating { get; init; }

    /// <summary>Search text.</summary>
    public string? Query { get; init; }

    /// <summary>Slate that led here, where known.</summary>
    public string? Slate { get; init; }

    /// <summary>Whether the shopper agreed to the use of this row; null where not asked.</summary>
    public bool? Consent { get; init; }

    /// <summary>Name of the source file (relative to shop.yaml) or endpoint.</summary>
    public required string Source { get; init; }

    /// <summary>Line (or row) in the source, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Fields that could not be read: <c>field=text</c> joined by <c>; </c>, or <c>row=reason</c>. Null on a whole row.</summary>
    public string? Unreadable { get; init; }
}
