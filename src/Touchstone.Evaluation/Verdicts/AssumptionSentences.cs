using System.Globalization;
using Touchstone.Evaluation.Value;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>What was assumed, one sentence each, in the order of the money chain.</summary>
internal static class AssumptionSentences
{
    internal static List<string> Of(MoneyAssumptions money)
    {
        List<string> sentences = [];
        if (!double.IsNaN(money.MarginRate)) sentences.Add($"Margin is {FigureText.Percent(money.MarginRate)} of revenue where unit costs are unknown (margin_rate).");
        if (!money.IsPurchasesCounted) sentences.Add($"A shopper makes {FigureText.Number(money.PurchasesAShopperAYear)} purchases a year (purchases_a_shopper_a_year).");
        if (!money.IsShoppersCounted) sentences.Add($"There are {FigureText.Count(money.ShoppersAYear)} shoppers a year (shoppers_a_year).");
        sentences.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{money.OfflineToOnline.Value:0.00} of the offline gain carries over to real shoppers, {money.OfflineToOnline.Low:0.00} to {money.OfflineToOnline.High:0.00} (offline_to_online), until your own experiments have calibrated it."));
        sentences.Add("Purchases whose margin is unknown are like those whose margin is known.");
        sentences.Add($"Length of an experiment: {FigureText.Percent(money.ConversionRate)} of visits end in a purchase, two-sided 5 %, power 80 %.");
        return sentences;
    }
}
