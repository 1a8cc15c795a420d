using Touchstone.Domain;

namespace Touchstone.Data.Configuration;

/// <summary>What happens to shopper ids at ingest.</summary>
public enum ShopperIds
{
    /// <summary>Replaced by a keyed hash.</summary>
    Hash,

    /// <summary>Kept as they are.</summary>
    Keep,
}

/// <summary>The <c>privacy:</c> section.</summary>
public sealed record PrivacyConfiguration
{
    /// <summary>What happens to shopper and client ids.</summary>
    public ShopperIds ShopperIds { get; init; } = ShopperIds.Hash;

    /// <summary>File of the hash key, relative to shop.yaml; null = <c>secret/shopper-ids.key</c> in the workspace.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>How rows are kept apart for judging.</summary>
public enum SplitMethod
{
    /// <summary>Session where sessions are all there is, time where there are times, else leave-one-out.</summary>
    Auto,

    /// <summary>Each shopper's last product is the test, the one before it the validation.</summary>
    LeaveOneOut,

    /// <summary>Two moments cut all rows.</summary>
    Time,

    /// <summary>Whole sessions, cut by time.</summary>
    Session,
}

/// <summary>The <c>split:</c> section.</summary>
public sealed record SplitConfiguration
{
    /// <summary>How rows are kept apart.</summary>
    public SplitMethod Method { get; init; } = SplitMethod.Auto;

    /// <summary>Kind of interaction that is judged; null = purchase where there are any, else rating, else view.</summary>
    public InteractionKind? Target { get; init; }

    /// <summary>Length of the validation part, days; null = chosen from the data.</summary>
    public int? ValidationDays { get; init; }

    /// <summary>Length of the test part, days; null = chosen from the data.</summary>
    public int? TestDays { get; init; }

    /// <summary>First day of the validation part, in the site's time zone; wins over the days.</summary>
    public DateOnly? ValidationFrom { get; init; }

    /// <summary>First day of the test part, in the site's time zone; wins over the days.</summary>
    public DateOnly? TestFrom { get; init; }

    /// <summary>A case is judged where the history has at least so many products.</summary>
    public int MinimumHistory { get; init; } = 1;
}

/// <summary>The <c>evaluate:</c> section.</summary>
public sealed record EvaluateConfiguration
{
    /// <summary>List lengths that metrics are cut at, ascending.</summary>
    public IReadOnlyList<int> CutOffs { get; init; } = [5, 10, 20];

    /// <summary>List length that money is counted at.</summary>
    public int MoneyAt { get; init; } = 10;

    /// <summary>Bootstrap resamples.</summary>
    public int Bootstrap { get; init; } = 2000;
}

/// <summary>A factor that is assumed, with the range it is assumed to lie in.</summary>
/// <param name="Value">Central value.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record AssumedFactor(double Value, double Low, double High);

/// <summary>The <c>money:</c> section; amounts are in the shop's currency.</summary>
public sealed record MoneyConfiguration
{
    /// <summary>False = no money verdict (<c>money: false</c>).</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Why there is none (<c>money_reason</c>).</summary>
    public string? Reason { get; init; }

    /// <summary>Shoppers a year; null = counted from the data.</summary>
    public double? ShoppersAYear { get; init; }

    /// <summary>Purchases (judged order lines) a shopper a year; null = counted where there are times.</summary>
    public double? PurchasesAShopperAYear { get; init; }

    /// <summary>Slates asked for, a shopper a year; null = assumed from the purchases.</summary>
    public double? RequestsAShopperAYear { get; init; }

    /// <summary>Margin as a share of revenue where unit cost is unknown, in [0, 1].</summary>
    public double MarginRate { get; init; } = 0.3;

    /// <summary>Whether shop.yaml states the margin rate; otherwise it is printed as an assumption.</summary>
    public bool IsMarginRateStated { get; init; }

    /// <summary>Cost of serving 1,000 requests.</summary>
    public double CostPer1000Requests { get; init; }

    /// <summary>Share of margin lost for each 100 ms that a request takes longer, in [0, 1].</summary>
    public double LatencyPenalty { get; init; }

    /// <summary>What part of an offline difference is seen online.</summary>
    public AssumedFactor OfflineToOnline { get; init; } = new(0.3, 0.1, 0.5);

    /// <summary>Whether shop.yaml states the factor; otherwise it is printed as an assumption.</summary>
    public bool IsOfflineToOnlineStated { get; init; }

    /// <summary>Cost paid once.</summary>
    public double OneOffCost { get; init; }

    /// <summary>Cost paid every year.</summary>
    public double YearlyCost { get; init; }

    /// <summary>Years that the verdict looks ahead.</summary>
    public double Years { get; init; } = 1;

    /// <summary>Discount rate a year, in [0, 1].</summary>
    public double Discount { get; init; }
}

/// <summary>The <c>guardrails:</c> section; null = not guarded.</summary>
public sealed record GuardrailConfiguration
{
    /// <summary>Least share of the catalogue that the lists of 10 must reach, in [0, 1].</summary>
    public double? CoverageAt10Min { get; init; }

    /// <summary>Most milliseconds that ranking for one shopper may take.</summary>
    public double? RankMsMax { get; init; }
}
