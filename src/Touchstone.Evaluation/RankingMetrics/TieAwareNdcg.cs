namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>NDCG as the mean over all orders of documents with equal scores: no tie rule favours anyone (McSherry and Najork 2008).</summary>
public static class TieAwareNdcg
{
    /// <summary>Mean of DCG@k over the orders within equal scores, over the ideal DCG@k; 0 without a relevant document.</summary>
    /// <param name="grades">[rank] grades, in the order of the scores; below 0 gains nothing.</param>
    /// <param name="scores">[rank] scores, descending.</param>
    /// <param name="idealGrades">[judged] all grades, descending; cut at k too.</param>
    /// <param name="k">Cut-off, from 1.</param>
    /// <param name="isExponential">Gain 2^grade − 1 in place of the grade.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or scores that are not descending (names the rank).</exception>
    public static double Of(ReadOnlySpan<int> grades, ReadOnlySpan<double> scores, ReadOnlySpan<int> idealGrades, int k, bool isExponential)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        if (grades.Length != scores.Length) throw new ArgumentException($"{grades.Length} grades and {scores.Length} scores; expected as many.", nameof(scores));
        var sum = 0.0;
        for (var start = 0; start < Math.Min(k, grades.Length);)
        {
            var (gain, discount, end) = (0.0, 0.0, start);
            for (; end < grades.Length && scores[end] == scores[start]; end++)
            {
                gain += isExponential ? RankedListMetrics.ExponentialGain(grades[end]) : Math.Max(grades[end], 0);
                if (end < k) discount += RankedListMetrics.Discount(end + 1);
            }

            if (end < grades.Length && !(scores[end] < scores[start]))
                throw new ArgumentException($"scores[{end}] = {scores[end]:R} comes after {scores[start]:R}; expected scores in descending order, without NaN.", nameof(scores));
            sum += gain / (end - start) * discount;
            start = end;
        }

        var ideal = 0.0;
        for (var i = 0; i < Math.Min(k, idealGrades.Length) && idealGrades[i] > 0; i++)
            ideal += (isExponential ? RankedListMetrics.ExponentialGain(idealGrades[i]) : idealGrades[i]) * RankedListMetrics.Discount(i + 1);
        return ideal == 0 ? 0 : sum / ideal;
    }
}
