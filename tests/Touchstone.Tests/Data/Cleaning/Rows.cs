using Touchstone.Domain;

namespace Touchstone.Tests.Data.Cleaning;

/// <summary>Short ways to make rows.</summary>
internal static class Rows
{
    public static DateTime Day(int day, int hour = 12) => new DateTime(2024, 1, 1, hour, 0, 0, DateTimeKind.Utc).AddDays(day);

    public static Interaction Purchase(string? shopper, string? product, long line, int day = 0, decimal? quantity = 1, decimal? price = 2.5m) => new()
    {
        Site = "default",
        Kind = InteractionKind.Purchase,
        Shopper = shopper,
        Product = product,
        OccurredAt = Day(day),
        Quantity = quantity,
        UnitPrice = price,
        Source = "orders.csv",
        Line = line,
    };

    public static Interaction View(string? shopper, string? session, string product, long line, DateTime? at = null, long? ordinal = null) => new()
    {
        Site = "default",
        Kind = InteractionKind.View,
        Shopper = shopper,
        Session = session,
        Product = product,
        OccurredAt = at,
        Ordinal = ordinal,
        Source = "views.csv",
        Line = line,
    };

    public static Product Item(string id, string? title = null, decimal? price = null, decimal? cost = null, DateTime? from = null, long line = 2, string? attributes = null) => new()
    {
        Site = "default",
        Id = id,
        Title = title,
        Price = price,
        UnitCost = cost,
        ValidFrom = from,
        Attributes = attributes,
        Source = "products.csv",
        Line = line,
    };
}
