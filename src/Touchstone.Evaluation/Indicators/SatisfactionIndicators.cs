using Touchstone.Domain;

namespace Touchstone.Evaluation.Indicators;

/// <summary>Whether shoppers buy, come back and are content.</summary>
internal static class SatisfactionIndicators
{
    private const long DayMs = 86_400_000;
    private const double LowRating = 2;

    internal static IEnumerable<UnitRatio> Of(ShopLog log)
    {
        double[] New() => new double[log.UnitCount];
        var (ones, sessions, bought, buyers) = (New(), New(), New(), New());
        Array.Fill(ones, 1);
        foreach (var unit in log.SessionUnits) sessions[unit]++;
        var (revenue, margin, lines, returned, paidBack) = (New(), New(), New(), New(), New());
        var (ratings, rated, low) = (New(), New(), New());
        var isBuying = new bool[log.SessionCount];
        var orders = new HashSet<int>[log.UnitCount];
        var (noRevenue, noMargin, hasReturn, noPaidBack) = (true, true, false, true);
        for (var i = 0; i < log.Kinds.Length; i++)
        {
            var unit = log.Units[i];
            switch (log.Kinds[i])
            {
                case InteractionKind.Purchase:
                    lines[unit]++;
                    buyers[unit] = 1;
                    if (log.Sessions[i] >= 0) isBuying[log.Sessions[i]] = true;
                    if (log.Orders[i] >= 0) (orders[unit] ??= []).Add(log.Orders[i]);
                    noRevenue &= double.IsNaN(log.Revenues[i]);
                    noMargin &= double.IsNaN(log.Margins[i]);
                    revenue[unit] += Known(log.Revenues[i]);
                    margin[unit] += Known(log.Margins[i]);
                    break;
                case InteractionKind.Return:
                    returned[unit]++;
                    hasReturn = true;
                    noPaidBack &= double.IsNaN(log.Revenues[i]);
                    paidBack[unit] += Known(log.Revenues[i]);
                    break;
                case InteractionKind.Rating when !double.IsNaN(log.Ratings[i]):
                    rated[unit]++;
                    ratings[unit] += log.Ratings[i];
                    if (log.Ratings[i] <= LowRating) low[unit]++;
                    break;
            }
        }

        for (var session = 0; session < isBuying.Length; session++)
            if (isBuying[session]) bought[log.SessionUnits[session]]++;
        double[] orderCounts = [.. orders.Select(set => (double)(set?.Count ?? 0))];
        double[] repeats = [.. orderCounts.Select(count => count >= 2 ? 1.0 : 0)];
        if (noRevenue) Array.Fill(revenue, double.NaN);
        if (noMargin) Array.Fill(margin, double.NaN);
        if (hasReturn && noPaidBack) Array.Fill(paidBack, double.NaN);
        var (eligible, retained) = Retention(log);
        return
        [
            new("conversion_rate", bought, sessions), new("buyer_rate", buyers, ones), new("revenue_per_visitor", revenue, ones), new("margin_per_visitor", margin, ones),
            new("order_value", revenue, orderCounts), new("lines_per_order", lines, orderCounts), new("repeat_purchase_rate", repeats, buyers), new("retention_28d", retained, eligible),
            new("return_rate", returned, lines), new("returned_revenue_share", paidBack, revenue), new("mean_rating", ratings, rated), new("low_rating_share", low, rated),
        ];
    }

    private static (double[] Eligible, double[] Retained) Retention(ShopLog log)
    {
        var (eligible, retained) = (new double[log.UnitCount], new double[log.UnitCount]);
        var first = new long[log.UnitCount];
        Array.Fill(first, long.MaxValue);
        var end = long.MinValue;
        void See(int unit, long at)
        {
            if (at == long.MinValue) return;
            first[unit] = Math.Min(first[unit], at);
            end = Math.Max(end, at);
        }

        for (var i = 0; i < log.Kinds.Length; i++) See(log.Units[i], log.AtMs[i]);
        for (var slate = 0; slate < log.SlateCount; slate++) See(log.SlateUnits[slate], log.SlateAtMs[slate]);
        void Again(int unit, long at)
        {
            if (eligible[unit] > 0 && at - first[unit] is >= DayMs and <= 28 * DayMs) retained[unit] = 1;
        }

        for (var unit = 0; unit < log.UnitCount; unit++) eligible[unit] = first[unit] <= end - (28 * DayMs) ? 1 : 0;
        for (var i = 0; i < log.Kinds.Length; i++)
            if (log.AtMs[i] != long.MinValue) Again(log.Units[i], log.AtMs[i]);
        for (var slate = 0; slate < log.SlateCount; slate++) Again(log.SlateUnits[slate], log.SlateAtMs[slate]);
        return (eligible, retained);
    }

    private static double Known(double value) => double.IsNaN(value) ? 0 : value;
}
