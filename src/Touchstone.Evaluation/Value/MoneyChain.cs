using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Value;

/// <summary>What a challenger is worth, with every step that led there.</summary>
public sealed record MoneyValue
{
    /// <summary>Money a year more than with the champion: carried-over gain − serving − yearly cost − one-off cost spread over the years.</summary>
    public required Estimate Yearly { get; init; }

    /// <summary>Present value over all years: annuity factor × yearly.</summary>
    public required Estimate PresentValue { get; init; }

    /// <summary>Money a year if the whole offline gain carried over and nothing cost anything.</summary>
    public required Estimate OfflineGain { get; init; }

    /// <summary>Share of replicates in which the challenger pays.</summary>
    public required double ProbabilityProfit { get; init; }

    /// <summary>The chain, in order.</summary>
    public required IReadOnlyList<MoneyStep> Steps { get; init; }

    /// <summary>The bars from gain to money a year.</summary>
    public required IReadOnlyList<MoneyBar> Bars { get; init; }

    /// <summary>What was assumed.</summary>
    public required MoneyAssumptions Assumptions { get; init; }
}

/// <summary>
/// From margin captured at k to money a year. Yearly = Δ margin captured per judged purchase × purchases a shopper × shoppers ×
/// offline-to-online − requests / 1000 × Δ cost per 1000 − yearly cost − one-off cost / annuity factor. The uncertainty of the
/// difference (bootstrap) and of the carry-over (its stated interval) are drawn together, replicate by replicate.
/// </summary>
public static class MoneyChain
{
    /// <summary>Values a compared margin metric.</summary>
    /// <param name="margin">Margin captured at k, per judged purchase, in the currency of the assumptions.</param>
    /// <param name="assumptions">The shop's figures.</param>
    /// <param name="options">The options of the comparison: its seed also draws the carry-over.</param>
    public static MoneyValue Value(ComparedMetric margin, MoneyAssumptions assumptions, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(margin);
        ArgumentNullException.ThrowIfNull(assumptions);
        ArgumentNullException.ThrowIfNull(options);
        var purchases = assumptions.PurchasesAShopperAYear * assumptions.ShoppersAYear;
        var serving = assumptions.RequestsAShopperAYear * assumptions.ShoppersAYear / 1000
            * (assumptions.ChallengerCostPer1000Requests - assumptions.ChampionCostPer1000Requests);
        var annuity = assumptions.AnnuityFactor;
        var oneOff = assumptions.OneOffCost / annuity;
        var costs = serving + assumptions.YearlyCost + oneOff;

        var differences = margin.DifferenceReplicates;
        var (gains, yearly, present) = (new double[differences.Length], new double[differences.Length], new double[differences.Length]);
        for (var r = 0; r < differences.Length; r++)
        {
            gains[r] = differences[r] * purchases;
            var factor = assumptions.OfflineToOnline.At(options.Seed.For("offline-to-online", r).NewRandom().NextNormal());
            yearly[r] = (gains[r] * factor) - costs;
            present[r] = yearly[r] * annuity;
        }

        var gain = margin.Difference.Value * purchases;
        var carried = gain * assumptions.OfflineToOnline.Value;
        Estimate Of(double value, double[] replicates) =>
            ReplicateEstimate.Percentile(value, replicates, options.Level, margin.Difference.Count, assumptions.Currency);
        var result = Of(carried - costs, yearly);
        return new MoneyValue
        {
            Yearly = result,
            PresentValue = Of((carried - costs) * annuity, present),
            OfflineGain = Of(gain, gains),
            ProbabilityProfit = ReplicateEstimate.ProbabilityAboveZero(yearly),
            Steps = Steps(margin, assumptions, serving, oneOff, Of(gain, gains), result),
            Bars = Bars(assumptions, gain, carried, serving, oneOff, carried - costs),
            Assumptions = assumptions,
        };
    }

    private static List<MoneyStep> Steps(ComparedMetric margin, MoneyAssumptions assumptions, double serving, double oneOff, Estimate gain, Estimate yearly)
    {
        var currency = assumptions.Currency;
        static FigureOrigin Origin(bool isCounted) => isCounted ? FigureOrigin.Counted : FigureOrigin.Assumed;
        List<MoneyStep> steps =
        [
            new($"more {margin.Metric.Replace("@", " captured at ", StringComparison.Ordinal)}", margin.Difference.Value, margin.Difference.Low, margin.Difference.High, $"{currency} a judged purchase", Origin(assumptions.IsMarginCounted)),
            Plain("purchases a shopper", assumptions.PurchasesAShopperAYear, "a year", Origin(assumptions.IsPurchasesCounted)),
            Plain("shoppers", assumptions.ShoppersAYear, "a year", Origin(assumptions.IsShoppersCounted)),
            new("offline gain", gain.Value, gain.Low, gain.High, $"{currency} a year", FigureOrigin.Derived),
            new("carries over to real shoppers", assumptions.OfflineToOnline.Value, assumptions.OfflineToOnline.Low, assumptions.OfflineToOnline.High, "factor", FigureOrigin.Assumed),
        ];
        if (serving != 0)
        {
            steps.Add(Plain("requests a shopper", assumptions.RequestsAShopperAYear, "a year", FigureOrigin.Assumed));
            steps.Add(Plain("extra cost of serving", -serving, $"{currency} a year", FigureOrigin.Assumed));
        }

        if (assumptions.YearlyCost != 0) steps.Add(Plain("yearly cost", -assumptions.YearlyCost, $"{currency} a year", FigureOrigin.Assumed));
        if (assumptions.OneOffCost != 0)
        {
            steps.Add(Plain(
                string.Create(CultureInfo.InvariantCulture, $"one-off cost over {assumptions.Years} years at {assumptions.Discount * 100:0.##} %"),
                -oneOff, $"{currency} a year", FigureOrigin.Assumed));
        }

        steps.Add(new("worth", yearly.Value, yearly.Low, yearly.High, $"{currency} a year", FigureOrigin.Derived));
        return steps;
    }

    private static MoneyStep Plain(string name, double value, string unit, FigureOrigin origin) =>
        new(name, value, double.NaN, double.NaN, unit, origin);

    private static List<MoneyBar> Bars(MoneyAssumptions assumptions, double gain, double carried, double serving, double oneOff, double yearly)
    {
        List<MoneyBar> bars =
        [
            new("offline gain", gain, false),
            new(string.Create(CultureInfo.InvariantCulture, $"carries over × {assumptions.OfflineToOnline.Value:0.00}"), carried - gain, false),
        ];
        if (serving != 0) bars.Add(new("serving", -serving, false));
        if (assumptions.YearlyCost != 0) bars.Add(new("yearly cost", -assumptions.YearlyCost, false));
        if (oneOff != 0) bars.Add(new("one-off cost", -oneOff, false));
        bars.Add(new("worth a year", yearly, true));
        return bars;
    }
}
