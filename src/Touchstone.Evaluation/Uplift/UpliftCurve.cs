namespace Touchstone.Evaluation.Uplift;

/// <summary>How well a score orders units by what treatment does to them, per unit of the whole.</summary>
/// <param name="Auuc">Area under the uplift curve: ∫ φ (ȳ_T(φ) − ȳ_C(φ)) dφ; by chance half the mean effect.</param>
/// <param name="Qini">Area between Qini curve and its diagonal; 0 by chance.</param>
/// <param name="Effect">Mean effect over all units.</param>
public readonly record struct UpliftAreas(double Auuc, double Qini, double Effect);

/// <summary>
/// Uplift and Qini curves of units in order of a score. With the φ best by score: uplift(φ) = φ (mean treated − mean untreated) among them
/// (Rzepakowski and Jaroszewicz 2012); Qini(φ) = (Σ treated − Σ untreated × n_T/n_C) / N_T (Radcliffe 2007). Units of equal score come
/// together: the curve is straight across them. Areas by trapezoids from (0, 0).
/// </summary>
public static class UpliftCurve
{
    /// <summary>Units in order of a score, best first, with the place where each run of equal scores ends.</summary>
    /// <param name="scores">[unit] finite.</param>
    /// <returns>[place] unit, and [place] whether the next has another score.</returns>
    public static (int[] Order, bool[] IsEnd) Sort(ReadOnlySpan<double> scores)
    {
        var copy = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, copy.Length).OrderByDescending(unit => copy[unit])];
        var isEnd = new bool[order.Length];
        for (var i = 0; i < order.Length; i++) isEnd[i] = i + 1 == order.Length || copy[order[i + 1]] != copy[order[i]];
        return (order, isEnd);
    }

    /// <summary>Areas of a sample whose units count so often.</summary>
    /// <param name="order">[place] unit, best first.</param>
    /// <param name="isEnd">[place] whether a run of equal scores ends here.</param>
    /// <param name="isTreated">[unit] whether it was treated.</param>
    /// <param name="outcomes">[unit] outcome.</param>
    /// <param name="counts">[unit] how often it counts; empty: once.</param>
    /// <param name="points">Told φ and uplift(φ) and Qini(φ) at the end of each run; null where nobody asks.</param>
    /// <returns>NaN where an arm is empty. While one arm is still empty at the beginning of the curve, the curve is 0.</returns>
    public static UpliftAreas Areas(
        ReadOnlySpan<int> order, ReadOnlySpan<bool> isEnd, ReadOnlySpan<bool> isTreated, ReadOnlySpan<double> outcomes, ReadOnlySpan<int> counts, Action<double, double, double>? points = null)
    {
        var (all, treatedAll) = (0.0, 0.0);
        for (var unit = 0; unit < outcomes.Length; unit++)
        {
            var count = counts.IsEmpty ? 1 : counts[unit];
            all += count;
            if (isTreated[unit]) treatedAll += count;
        }

        var (treated, untreated, sumTreated, sumUntreated) = (0.0, 0.0, 0.0, 0.0);
        var (lastShare, lastUplift, lastQini, auuc, qini) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var place = 0; place < order.Length; place++)
        {
            var unit = order[place];
            var count = counts.IsEmpty ? 1 : counts[unit];
            if (isTreated[unit])
            {
                treated += count;
                sumTreated += count * outcomes[unit];
            }
            else
            {
                untreated += count;
                sumUntreated += count * outcomes[unit];
            }

            if (!isEnd[place]) continue;
            var share = (treated + untreated) / all;
            var isDefined = treated > 0 && untreated > 0;
            var uplift = isDefined ? share * ((sumTreated / treated) - (sumUntreated / untreated)) : 0;
            var incremental = isDefined ? (sumTreated - (sumUntreated * treated / untreated)) / treatedAll : 0;
            auuc += (share - lastShare) * (uplift + lastUplift) / 2;
            qini += (share - lastShare) * (incremental + lastQini) / 2;
            (lastShare, lastUplift, lastQini) = (share, uplift, incremental);
            points?.Invoke(share, uplift, incremental);
        }

        if (treated == 0 || untreated == 0) return new UpliftAreas(double.NaN, double.NaN, double.NaN);
        var effect = (sumTreated / treated) - (sumUntreated / untreated);
        return new UpliftAreas(auuc, qini - (lastQini / 2), effect);
    }
}
