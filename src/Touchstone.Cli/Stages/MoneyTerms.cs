using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Value;

namespace Touchstone.Cli.Stages;

/// <summary>The figures between a gain a purchase and money a year: counted from the data where they can be, else assumed and marked.</summary>
internal static class MoneyTerms
{
    private const double DaysAYear = 365;
    private const double ShortestSpanDays = 28;
    private const double PurchasesARequest = 0.03;

    /// <summary>The terms of a shop, or why there is no money verdict.</summary>
    public static (MoneyAssumptions? Terms, string? NoMoney) For(ShopConfiguration shop, Workspace workspace)
    {
        var money = shop.Money;
        if (!money.IsOn) return (null, money.Reason ?? "money: false in shop.yaml");
        if (shop.Currency.Length == 0) return (null, "shop.yaml names no currency" + Stated(workspace));
        var behaviour = BehaviourReader.Read(workspace.Stage("clean"));
        var summary = SplitWords.Read(workspace);
        if (summary.Target != InteractionKind.Purchase)
            return (null, $"there are no purchases: {summary.Target.ToString().ToLowerInvariant()} rows are judged");
        if (behaviour.Margins.Length == 0) return (null, "no prices");
        if (summary.Method == SplitMethod.Session && money.ShoppersAYear is null)
            return (null, "a session split counts sessions, not shoppers: state money.shoppers_a_year and purchases_a_shopper_a_year");
        var (purchases, isCounted) = PurchasesAYear(behaviour);
        var shoppers = money.ShoppersAYear ?? behaviour.Units.Length;
        var each = money.PurchasesAShopperAYear ?? (purchases / behaviour.Units.Length);
        return (new MoneyAssumptions
        {
            Currency = shop.Currency,
            ShoppersAYear = shoppers,
            IsShoppersCounted = money.ShoppersAYear is null && isCounted,
            PurchasesAShopperAYear = each,
            IsPurchasesCounted = money.PurchasesAShopperAYear is null && isCounted,
            IsMarginCounted = summary.RowsWithAssumedMargin == 0,
            MarginRate = summary.RowsWithAssumedMargin > 0 ? money.MarginRate : double.NaN,
            OfflineToOnline = new CarryOver(money.OfflineToOnline.Value, money.OfflineToOnline.Low, money.OfflineToOnline.High),
            RequestsAShopperAYear = money.RequestsAShopperAYear ?? (each / PurchasesARequest),
            ChallengerCostPer1000Requests = money.CostPer1000Requests,
            YearlyCost = money.YearlyCost,
            OneOffCost = money.OneOffCost,
            Years = (int)Math.Max(1, Math.Round(money.Years)),
            Discount = money.Discount,
        }, null);
    }

    /// <summary>Adds what slower answers cost: <c>latency_penalty</c> is the share of margin lost for each 100 ms of added median time.</summary>
    public static MoneyAssumptions WithLatency(this MoneyAssumptions terms, MoneyConfiguration money, RankingResult challenger, RankingResult champion, int cutOff)
    {
        var added = Math.Max(0, challenger.RankMilliseconds.P50 - champion.RankMilliseconds.P50) / 100;
        if (money.LatencyPenalty == 0 || added == 0 || challenger.MarginsCaptured.Length == 0) return terms;
        var margin = challenger.Columns(FormattableString.Invariant($"margin@{cutOff}")) is { } columns ? columns.Numerator.Sum() / columns.Denominator.Sum() : 0;
        return terms with { YearlyCost = terms.YearlyCost + (money.LatencyPenalty * added * margin * terms.PurchasesAShopperAYear * terms.ShoppersAYear) };
    }

    private static string Stated(Workspace workspace)
    {
        var currencies = CleaningAccount.Load(Path.Combine(workspace.Stage("clean"), CleanFiles.Account)).Currencies;
        return currencies.Count == 1 ? $"; its order lines are in {currencies[0]}: write currency: {currencies[0]}" : "";
    }

    // Only first purchases of a product by a shopper count: those are what is judged.
    private static (double Count, bool IsCounted) PurchasesAYear(Behaviour behaviour)
    {
        long count = 0;
        HashSet<int> seen = [];
        for (var unit = 0; unit < behaviour.Units.Length; unit++)
        {
            seen.Clear();
            for (var row = behaviour.Offsets[unit]; row < behaviour.Offsets[unit + 1]; row++)
                if (seen.Add(behaviour.ProductIndexes[row])) count++;
        }

        if (behaviour.OccurredAtMs.Length == 0) return (count, false);
        var days = (behaviour.OccurredAtMs.Max() - behaviour.OccurredAtMs.Min()) / TimeSpan.FromDays(1).TotalMilliseconds;
        return days < ShortestSpanDays ? (count, false) : (count * DaysAYear / days, true);
    }
}
