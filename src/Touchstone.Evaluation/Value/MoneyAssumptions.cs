using Touchstone.Numerics;

namespace Touchstone.Evaluation.Value;

/// <summary>
/// Share of an offline gain that carries over to real shoppers: a median with its 95 % limits. An assumption until the shop's own
/// experiments have calibrated it.
/// </summary>
/// <param name="Value">Median.</param>
/// <param name="Low">2.5 % quantile, at most the median.</param>
/// <param name="High">97.5 % quantile, at least the median.</param>
public sealed record CarryOver(double Value, double Low, double High)
{
    private static readonly double s_limit = Distributions.NormalQuantile(0.975);

    /// <summary>
    /// The factor at a standard normal draw: two half-normals that meet at the median, so that median and both limits hold exactly
    /// (a split normal whose halves have equal mass). Not cut at 0: a gain may turn round online.
    /// </summary>
    public double At(double normal) => Value + (normal / s_limit * (normal < 0 ? Value - Low : High - Value));

    /// <summary>Refuses limits out of order.</summary>
    /// <exception cref="ArgumentException">Not Low ≤ Value ≤ High.</exception>
    public CarryOver Checked() => Low <= Value && Value <= High
        ? this
        : throw new ArgumentException($"offline_to_online: low {Low}, value {Value}, high {High}; expected low ≤ value ≤ high.");
}

/// <summary>What turns a difference per purchase into money a year. Every figure is the shop's own or printed as an assumption.</summary>
public sealed record MoneyAssumptions
{
    /// <summary>Reporting currency, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Shoppers a year.</summary>
    public required double ShoppersAYear { get; init; }

    /// <summary>Whether shoppers a year was counted in the data; else it is assumed.</summary>
    public bool IsShoppersCounted { get; init; }

    /// <summary>Purchases (order lines) a shopper makes a year.</summary>
    public required double PurchasesAShopperAYear { get; init; }

    /// <summary>Whether purchases a shopper a year was counted in the data; else it is assumed.</summary>
    public bool IsPurchasesCounted { get; init; }

    /// <summary>Whether margins come from unit costs; else from a margin rate, which is an assumption.</summary>
    public bool IsMarginCounted { get; init; }

    /// <summary>Margin rate used where unit costs are unknown, share of revenue; NaN where none was used.</summary>
    public double MarginRate { get; init; } = double.NaN;

    /// <summary>Share of the offline gain that carries over.</summary>
    public CarryOver OfflineToOnline { get; init => field = value.Checked(); } = new(0.3, 0.1, 0.5);

    /// <summary>Requests a shopper makes a year.</summary>
    public double RequestsAShopperAYear { get; init; }

    /// <summary>What serving 1,000 requests costs with the challenger.</summary>
    public double ChallengerCostPer1000Requests { get; init; }

    /// <summary>What serving 1,000 requests costs with the champion.</summary>
    public double ChampionCostPer1000Requests { get; init; }

    /// <summary>Other cost of having the challenger, a year.</summary>
    public double YearlyCost { get; init; }

    /// <summary>Cost of introducing it, once.</summary>
    public double OneOffCost { get; init; }

    /// <summary>Years over which it is judged, from 1.</summary>
    public int Years { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Years counts from 1."); } = 1;

    /// <summary>Discount a year, e.g. 0.08, paid at year ends.</summary>
    public double Discount { get; init => field = value > -1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Discount lies above −1."); }

    /// <summary>Assumed share of visits that end in a purchase; only the length of an experiment hangs on it.</summary>
    public double ConversionRate { get; init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "ConversionRate lies in (0, 1)."); } = 0.03;

    /// <summary>Present value of 1 a year, at year ends: Σ (1 + discount)^−t.</summary>
    public double AnnuityFactor => Annuity.Factor(Years, Discount);
}
