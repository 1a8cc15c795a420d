namespace Touchstone.Data.Configuration;

/// <summary>The names that <c>columns:</c> may map.</summary>
public static class SourceFields
{
    /// <summary>Fields of an event.</summary>
    public static IReadOnlyList<string> Events { get; } =
    [
        "event_id", "kind", "shopper", "client", "session", "product", "variant", "time", "time_offset_ms", "received", "ordinal",
        "order", "quantity", "unit_price", "line_total", "discount", "tax", "tax_included", "shipping", "unit_cost", "currency",
        "refund_of", "rating", "query", "slate", "consent",
    ];

    /// <summary>Fields of a catalogue row.</summary>
    public static IReadOnlyList<string> Catalogue { get; } =
    [
        "id", "variant", "locale", "title", "brand", "category", "description", "price", "unit_cost", "currency", "available", "valid_from",
    ];
}
