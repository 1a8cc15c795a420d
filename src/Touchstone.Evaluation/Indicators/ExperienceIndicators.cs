using Touchstone.Domain;

namespace Touchstone.Evaluation.Indicators;

/// <summary>How finding and buying goes, session by session.</summary>
internal static class ExperienceIndicators
{
    private const double DwellMaxSeconds = 1800;

    internal static IEnumerable<UnitRatio> Of(ShopLog log)
    {
        var sums = new Sums(log.UnitCount);
        foreach (var unit in log.SessionUnits) sums.Sessions[unit]++;
        for (var search = 0; search < log.SearchUnits.Length; search++)
        {
            sums.LoggedSearches[log.SearchUnits[search]]++;
            if (log.SearchResults[search] == 0) sums.WithoutResult[log.SearchUnits[search]]++;
        }

        var starts = Starts(log);
        var isViewing = new bool[log.SessionCount];
        for (var from = 0; from < log.Kinds.Length;)
        {
            var to = from + 1;
            while (to < log.Kinds.Length && log.Sessions[to] == log.Sessions[from]) to++;
            if (log.Sessions[from] >= 0) Session(log, from, to, starts[log.Sessions[from]], sums, isViewing);
            from = to;
        }

        for (var session = 0; session < isViewing.Length; session++)
            if (!isViewing[session]) sums.WithoutView[log.SessionUnits[session]]++;
        return
        [
            new("views_per_session", sums.Views, sums.Sessions), new("sessions_without_view_share", sums.WithoutView, sums.Sessions), new("dwell_seconds", sums.Dwell, sums.Dwelt),
            new("session_seconds", sums.Length, sums.Long), new("seconds_to_first_view", sums.ToFirst, sums.First), new("add_to_cart_rate", sums.Carts, sums.Views),
            new("cart_completion_rate", sums.Completed, sums.CartSessions), new("search_rate", sums.SearchSessions, sums.Sessions), new("search_click_rate", sums.SearchClicks, sums.Searches),
            new("reformulation_rate", sums.Reformulated, sums.Searches), new("search_exit_rate", sums.SearchExits, sums.Searches),
            new("zero_result_rate", sums.WithoutResult, sums.LoggedSearches),
        ];
    }

    // [session] when its first event or slate was; MaxValue where no time is known.
    private static long[] Starts(ShopLog log)
    {
        var starts = new long[log.SessionCount];
        Array.Fill(starts, long.MaxValue);
        for (var i = 0; i < log.Kinds.Length; i++)
            if (log.Sessions[i] >= 0 && log.AtMs[i] != long.MinValue) starts[log.Sessions[i]] = Math.Min(starts[log.Sessions[i]], log.AtMs[i]);
        for (var slate = 0; slate < log.SlateCount; slate++)
            if (log.SlateSessions[slate] is var session and >= 0) starts[session] = Math.Min(starts[session], log.SlateAtMs[slate]);
        return starts;
    }

    private static void Session(ShopLog log, int from, int to, long start, Sums sums, bool[] isViewing)
    {
        var unit = log.Units[from];
        var (hasCart, hasPurchase, hasSearch) = (false, false, false);
        for (var i = from; i < to; i++)
        {
            var next = i + 1 < to ? i + 1 : -1;
            switch (log.Kinds[i])
            {
                case InteractionKind.View:
                    sums.Views[unit]++;
                    if (!isViewing[log.Sessions[i]] && start != long.MaxValue && log.AtMs[i] != long.MinValue)
                    {
                        sums.First[unit]++;
                        sums.ToFirst[unit] += Seconds(start, log.AtMs[i]);
                    }

                    isViewing[log.Sessions[i]] = true;
                    if (next >= 0 && log.AtMs[i] != long.MinValue)
                    {
                        sums.Dwelt[unit]++;
                        sums.Dwell[unit] += Math.Min(DwellMaxSeconds, Seconds(log.AtMs[i], log.AtMs[next]));
                    }

                    break;
                case InteractionKind.Cart:
                    sums.Carts[unit]++;
                    hasCart = true;
                    break;
                case InteractionKind.Purchase:
                    hasPurchase = true;
                    break;
                case InteractionKind.Search:
                    hasSearch = true;
                    Search(log, i, to, unit, sums);
                    break;
            }
        }

        if (hasCart) sums.CartSessions[unit]++;
        if (hasCart && hasPurchase) sums.Completed[unit]++;
        if (hasSearch) sums.SearchSessions[unit]++;
        if (to - from < 2 || log.AtMs[from] == long.MinValue) return;
        sums.Long[unit]++;
        sums.Length[unit] += Seconds(log.AtMs[from], log.AtMs[to - 1]);
    }

    private static void Search(ShopLog log, int at, int to, int unit, Sums sums)
    {
        sums.Searches[unit]++;
        if (at + 1 == to) sums.SearchExits[unit]++;
        else if (log.Kinds[at + 1] == InteractionKind.Search && log.Queries[at + 1] != log.Queries[at]) sums.Reformulated[unit]++;
        for (var i = at + 1; i < to && log.Kinds[i] != InteractionKind.Search; i++)
        {
            if (log.Kinds[i] is not (InteractionKind.View or InteractionKind.Click)) continue;
            sums.SearchClicks[unit]++;
            return;
        }
    }

    private static double Seconds(long from, long to) => (to - from) / 1000.0;

    private sealed class Sums(int units)
    {
        internal double[] Sessions { get; } = new double[units];
        internal double[] Views { get; } = new double[units];
        internal double[] WithoutView { get; } = new double[units];
        internal double[] Dwell { get; } = new double[units];
        internal double[] Dwelt { get; } = new double[units];
        internal double[] Length { get; } = new double[units];
        internal double[] Long { get; } = new double[units];
        internal double[] ToFirst { get; } = new double[units];
        internal double[] First { get; } = new double[units];
        internal double[] Carts { get; } = new double[units];
        internal double[] CartSessions { get; } = new double[units];
        internal double[] Completed { get; } = new double[units];
        internal double[] SearchSessions { get; } = new double[units];
        internal double[] Searches { get; } = new double[units];
        internal double[] SearchClicks { get; } = new double[units];
        internal double[] Reformulated { get; } = new double[units];
        internal double[] SearchExits { get; } = new double[units];
        internal double[] LoggedSearches { get; } = new double[units];
        internal double[] WithoutResult { get; } = new double[units];
    }
}
