namespace Touchstone.Applications.Storefront;

/// <summary>What a page of the shop asks for.</summary>
public sealed record SlateRequest
{
    /// <summary>Id of the slate (UUIDv7).</summary>
    public required Guid Slate { get; init; }

    /// <summary>Shopper, as facts keep the id; null for nobody in particular.</summary>
    public string? Shopper { get; init; }

    /// <summary>Products at hand, e.g. in the basket or on the page, oldest first: they follow the shopper's history.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Most products.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Model asked for by name; null for the champion.</summary>
    public string? Model { get; init; }
}
