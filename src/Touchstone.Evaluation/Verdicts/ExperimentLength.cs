using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Value;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>Roughly how long an experiment must run to settle an offline verdict.</summary>
public static class ExperimentLength
{
    private static readonly double s_alpha = Distributions.NormalQuantile(0.975); // two-sided 5 %
    private static readonly double s_power = Distributions.NormalQuantile(0.8);

    /// <summary>
    /// Days for two arms of half the visits each to see the expected relative lift of the conversion rate, two-sided 5 %, power 80 %:
    /// n an arm = (z₀.₉₇₅ + z₀.₈)² · 2·p(1 − p) / (p·lift)²; lift = carry-over × Δ margin captured / margin a judged purchase;
    /// visits a year = purchases a year / conversion rate.
    /// </summary>
    /// <param name="margin">Margin captured at k.</param>
    /// <param name="meanMargin">Margin of a judged purchase, currency of the assumptions.</param>
    /// <param name="assumptions">The shop's figures.</param>
    /// <returns>Days, from 1; null where there is no traffic, no lift, or it would take more than ten years.</returns>
    public static int? Days(ComparedMetric margin, double meanMargin, MoneyAssumptions assumptions)
    {
        ArgumentNullException.ThrowIfNull(margin);
        ArgumentNullException.ThrowIfNull(assumptions);
        var lift = assumptions.OfflineToOnline.Value * margin.Difference.Value / meanMargin;
        var p = assumptions.ConversionRate;
        var visitsADay = assumptions.ShoppersAYear * assumptions.PurchasesAShopperAYear / p / 365;
        if (!(lift > 0) || !(visitsADay > 0)) return null;
        var n = Math.Pow(s_alpha + s_power, 2) * 2 * p * (1 - p) / Math.Pow(p * lift, 2);
        var days = Math.Ceiling(2 * n / visitsADay);
        return days <= 3650 ? (int)Math.Max(1, days) : null;
    }
}
