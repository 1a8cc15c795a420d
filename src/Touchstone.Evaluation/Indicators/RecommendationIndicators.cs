using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Indicators;

/// <summary>
/// What slates bring about. A click in a slate is a click, or a look at a product, that names the slate; the same product of the same slate
/// counts once. What is bought counts for slates where the product was clicked in one of the session's slates before.
/// </summary>
internal static class RecommendationIndicators
{
    private const double HeadShare = 0.2;

    internal static IEnumerable<UnitRatio> Of(ShopLog log)
    {
        if (log.ExposureSlates.Length == 0) return [];
        double[] New() => new double[log.UnitCount];
        var (shown, seen, slates, clicks, firstClicks, clickedSlates, tail) = (New(), New(), New(), New(), New(), New(), New());
        var (diversity, diverse) = (New(), New());
        var clicked = Clicked(log);
        var (isHead, isSelling) = Head(log);
        foreach (var unit in log.SlateUnits) slates[unit]++;
        var isClickedSlate = new bool[log.SlateCount];
        for (var i = 0; i < log.ExposureSlates.Length; i++)
        {
            var (slate, product) = (log.ExposureSlates[i], log.ExposureProducts[i]);
            var unit = log.SlateUnits[slate];
            shown[unit]++;
            if (log.IsViewed.Length > 0 && log.IsViewed[i]) seen[unit]++;
            if (!isHead[product]) tail[unit]++;
            if (!clicked.ContainsKey((slate, product))) continue;
            clicks[unit]++;
            if (log.ExposureRanks[i] == 1) firstClicks[unit]++;
            isClickedSlate[slate] = true;
        }

        for (var slate = 0; slate < log.SlateCount; slate++)
            if (isClickedSlate[slate]) clickedSlates[log.SlateUnits[slate]]++;
        Diversity(log, diversity, diverse);
        var after = After(log, clicked);
        // Where nothing sells there is no head that a tail could lie below.
        if (!isSelling) Array.Fill(tail, double.NaN);
        List<UnitRatio> ratios =
        [
            new("click_through_rate", clicks, shown), new("slate_click_rate", clickedSlates, slates), new("first_rank_click_share", firstClicks, clicks),
            new("slate_cart_rate", after.Carts, clicks), new("slate_purchase_rate", after.Bought, clicks), new("slate_revenue_share", after.Revenue, after.AllRevenue),
            new("margin_per_1000_exposures", [.. after.Margin.Select(margin => 1000 * margin)], shown), new("tail_exposure_share", tail, shown), new("slate_diversity", diversity, diverse),
        ];
        if (log.IsViewed.Length > 0) ratios.Add(new("seen_click_rate", clicks, seen));
        return ratios;
    }

    /// <summary>Share of the products that are shown at all.</summary>
    internal static double Coverage(ShopLog log) => (double)log.ExposureProducts.Distinct().Count() / log.Categories.Length;

    /// <summary>Gini of how often each product is shown.</summary>
    internal static double Gini(ShopLog log)
    {
        var counts = new long[log.Categories.Length];
        foreach (var product in log.ExposureProducts) counts[product]++;
        return CatalogueMetrics.Gini(counts);
    }

    // (slate, product) → index of the first event that clicks it.
    private static Dictionary<(int Slate, int Product), int> Clicked(ShopLog log)
    {
        Dictionary<(int, int), int> clicked = [];
        for (var i = 0; i < log.Kinds.Length; i++)
            if (log.Kinds[i] is InteractionKind.Click or InteractionKind.View && log.Slates[i] >= 0 && log.Products[i] >= 0) clicked.TryAdd((log.Slates[i], log.Products[i]), i);
        return clicked;
    }

    // The fifth of the products that sells most, ties by index, and whether any sells.
    private static (bool[] IsHead, bool IsSelling) Head(ShopLog log)
    {
        var sold = new int[log.Categories.Length];
        for (var i = 0; i < log.Kinds.Length; i++)
            if (log.Kinds[i] == InteractionKind.Purchase && log.Products[i] >= 0) sold[log.Products[i]]++;
        var isHead = new bool[sold.Length];
        foreach (var product in Enumerable.Range(0, sold.Length).OrderByDescending(product => sold[product]).Take((int)Math.Ceiling(HeadShare * sold.Length)))
            isHead[product] = sold[product] > 0;
        return (isHead, isHead.Contains(true));
    }

    private static void Diversity(ShopLog log, double[] diversity, double[] slates)
    {
        HashSet<int> categories = [];
        for (var from = 0; from < log.ExposureSlates.Length;)
        {
            var (to, known) = (from, 0);
            categories.Clear();
            for (; to < log.ExposureSlates.Length && log.ExposureSlates[to] == log.ExposureSlates[from]; to++)
            {
                if (log.Categories[log.ExposureProducts[to]] is not (var category and >= 0)) continue;
                known++;
                categories.Add(category);
            }

            if (known > 0)
            {
                slates[log.SlateUnits[log.ExposureSlates[from]]]++;
                diversity[log.SlateUnits[log.ExposureSlates[from]]] += (double)categories.Count / known;
            }

            from = to;
        }
    }

    private static (double[] Carts, double[] Bought, double[] Revenue, double[] AllRevenue, double[] Margin) After(ShopLog log, Dictionary<(int Slate, int Product), int> clicked)
    {
        double[] New() => new double[log.UnitCount];
        var (carts, bought, revenue, all, margin) = (New(), New(), New(), New(), New());
        var hasSlate = new bool[log.SessionCount];
        foreach (var session in log.SlateSessions)
            if (session >= 0) hasSlate[session] = true;
        Dictionary<(int Session, int Product), int> firstClick = [];
        foreach (var ((_, product), at) in clicked)
        {
            if (log.Sessions[at] < 0) continue;
            var key = (log.Sessions[at], product);
            firstClick[key] = Math.Min(firstClick.GetValueOrDefault(key, int.MaxValue), at);
        }

        HashSet<(int, int)> cartsSeen = [], boughtSeen = [];
        var noMargin = true;
        for (var i = 0; i < log.Kinds.Length; i++)
        {
            var (session, product, unit) = (log.Sessions[i], log.Products[i], log.Units[i]);
            noMargin &= log.Kinds[i] != InteractionKind.Purchase || double.IsNaN(log.Margins[i]);
            if (session < 0 || !hasSlate[session]) continue;
            // Events stand in order of time within a session.
            var isAfter = product >= 0 && firstClick.TryGetValue((session, product), out var click) && click < i;
            if (log.Kinds[i] == InteractionKind.Cart && isAfter && cartsSeen.Add((session, product))) carts[unit]++;
            if (log.Kinds[i] != InteractionKind.Purchase) continue;
            if (!double.IsNaN(log.Revenues[i])) all[unit] += log.Revenues[i];
            if (!isAfter) continue;
            if (boughtSeen.Add((session, product))) bought[unit]++;
            if (!double.IsNaN(log.Revenues[i])) revenue[unit] += log.Revenues[i];
            if (!double.IsNaN(log.Margins[i])) margin[unit] += log.Margins[i];
        }

        if (noMargin) Array.Fill(margin, double.NaN);
        return (carts, bought, revenue, all, margin);
    }
}
