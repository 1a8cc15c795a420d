namespace Touchstone.Domain;

/// <summary>One row of a catalogue as received: a product (or a variant of it) in one language, with price and cost from a time on.</summary>
public sealed record Product
{
    /// <summary>Storefront: every key begins with it.</summary>
    public required string Site { get; init; }

    /// <summary>Product id, an opaque Unicode string; null where the row has none.</summary>
    public string? Id { get; init; }

    /// <summary>Stock-keeping unit, where the row is about one.</summary>
    public string? Variant { get; init; }

    /// <summary>Language of the text, BCP 47.</summary>
    public string? Locale { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Brand.</summary>
    public string? Brand { get; init; }

    /// <summary>Category path, root first, joined by <c> &gt; </c>.</summary>
    public string? Category { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>List price of one unit.</summary>
    public decimal? Price { get; init; }

    /// <summary>What one unit costs the shop.</summary>
    public decimal? UnitCost { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether it can be bought.</summary>
    public bool? IsAvailable { get; init; }

    /// <summary>From when price, cost and availability hold, UTC; null where the source has one state only.</summary>
    public DateTime? ValidFrom { get; init; }

    /// <summary>Other columns: a JSON object of strings.</summary>
    public string? Attributes { get; init; }

    /// <summary>Name of the source file (relative to shop.yaml) or endpoint.</summary>
    public required string Source { get; init; }

    /// <summary>Line (or row) in the source, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Fields that could not be read, as on <see cref="Interaction.Unreadable"/>.</summary>
    public string? Unreadable { get; init; }
}
