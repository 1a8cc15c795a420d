using Touchstone.Domain;

namespace Touchstone.Tests.Data.Segments;

/// <summary>Facts that strain a store: every field set, every optional one absent, and values at the ends of their ranges.</summary>
internal static class FactSamples
{
    private static readonly DateTime Time = new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddTicks(1_234_567);

    public static Interaction[] Interactions { get; } =
    [
        Bare with { Line = 1 },
        Bare with
        {
            EventId = "018f-🎧/\\\"'",
            Kind = InteractionKind.Return,
            Shopper = "无线 降噪 耳机",
            Client = " leading and trailing ",
            Session = "",
            Product = "a/b\tc\nd\0e\u0010P",
            Variant = "🏳️‍🌈",
            OccurredAt = Time,
            OffsetMinutes = -330,
            ReceivedAt = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
            Ordinal = long.MaxValue,
            Order = "'; DROP TABLE facts; --",
            Quantity = decimal.MaxValue,
            UnitPrice = 0.0000000000000000000000000001m,
            Discount = decimal.MinValue,
            Tax = -0.00m,
            TaxIncluded = true,
            Shipping = 1.10m,
            UnitCost = 79228162514264337593543950.335m,
            Currency = "CNY",
            RefundOf = "x",
            Rating = 4.5m,
            Query = new string('长', 5000),
            Slate = "s",
            Consent = false,
            Line = long.MaxValue,
            Unreadable = "price=12,50; row=日本",
        },
        Bare with { OccurredAt = new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc), Ordinal = long.MinValue, Quantity = 0m, Line = 3 },
    ];

    public static Product[] Products { get; } =
    [
        new() { Site = "cn/上海", Source = "p", Line = 1 },
        new() { Site = "s", Id = "🎧", Variant = "v", Locale = "zh-Hans", Title = "耳机", Brand = "b", Category = "a > b", Description = "d", Price = 1.230m, UnitCost = 0m, Currency = "EUR", IsAvailable = true, ValidFrom = Time, Attributes = "{\"a\":\"1\"}", Source = "p", Line = 2, Unreadable = "x=y" },
    ];

    public static Exposure[] Exposures { get; } =
    [
        new()
        {
            Site = "s", Slate = "l", EventId = "e", Surface = "home", OccurredAt = Time, Policy = "p", PolicyVersion = "v", EligibleCount = int.MaxValue,
            EligibleHash = "h", RuleVersion = "r", CandidateSource = "c", Product = "🎧", Rank = 1, Score = double.NegativeInfinity,
            MarginalPropensity = double.Epsilon, ConditionalPropensity = 1,
        },
        new()
        {
            Site = "s", Slate = "l", EventId = "e", Request = "q", Surface = "search", QueryId = "i", Shopper = "p", Client = "c", Session = "n", OccurredAt = Time,
            Policy = "p", PolicyVersion = "v", Assignments = "a:b:1:c", EligibleCount = 0, EligibleHash = "h", RuleVersion = "r", CandidateSource = "c",
            Context = "{}", Product = "x/y", Rank = 2, Score = 0.1 + 0.2, Price = 9.99m, IsAvailable = false, MarginalPropensity = 0.5, ConditionalPropensity = 0.25, IsViewed = true,
        },
    ];

    public static Assignment[] Assignments { get; } =
        [new() { Site = "s", Experiment = "e", Salt = "盐", Unit = "u", Bucket = 999, Variant = "B", OccurredAt = Time }];

    public static IdentityLink[] Links { get; } = [new() { Site = "s", Client = "c", Shopper = "🛒", OccurredAt = Time }];

    public static LedgerEntry[] Entries { get; } = [new() { Id = "i", OccurredAt = Time, Kind = "verdict", Json = "{\"x\":\"無\"}" }];

    private static Interaction Bare => new() { Site = "default", Kind = InteractionKind.View, Source = "orders.csv", Line = 1 };
}
