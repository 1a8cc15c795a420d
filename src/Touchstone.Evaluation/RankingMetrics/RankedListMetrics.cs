using System.Runtime.CompilerServices;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>
/// Metrics of one ranked list with graded judgments. A product or document is relevant from grade 1 on; what is not judged, or is
/// graded below 0, gains nothing and keeps its rank. Without a relevant document every metric is 0. All values lie in [0, 1].
/// </summary>
public static class RankedListMetrics
{
    /// <summary>The grade that marks a rank nobody judged.</summary>
    public const int Unjudged = int.MinValue;

    private static readonly double[] s_discounts = [double.NaN, .. Enumerable.Range(1, 1023).Select(rank => 1 / Math.Log2(rank + 1.0))];

    /// <summary>Relevant among the first k, divided by k even where the list is shorter (trec_eval P_k).</summary>
    /// <param name="grades">[rank] grade at each rank, best first; <see cref="Unjudged"/> where nobody judged.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double Precision(ReadOnlySpan<int> grades, int k) => RelevantCount(grades, k) / (double)RequireCutOff(k);

    /// <summary>Relevant among the first k, divided by all relevant (trec_eval recall_k).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="relevantCount">How many relevant documents there are, found or not.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double Recall(ReadOnlySpan<int> grades, int relevantCount, int k) =>
        relevantCount == 0 ? 0 : RelevantCount(grades, RequireCutOff(k)) / (double)relevantCount;

    /// <summary>1 where any of the first k is relevant (trec_eval success_k).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double Hit(ReadOnlySpan<int> grades, int k) => RelevantCount(grades, RequireCutOff(k)) > 0 ? 1 : 0;

    /// <summary>Precision at as many ranks as there are relevant documents (trec_eval Rprec).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="relevantCount">How many relevant documents there are.</param>
    public static double RPrecision(ReadOnlySpan<int> grades, int relevantCount) =>
        relevantCount == 0 ? 0 : Precision(grades, relevantCount);

    /// <summary>Average precision of the first k, divided by all relevant (trec_eval map_cut_k; with k = the list's length, map).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="relevantCount">How many relevant documents there are.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double AveragePrecisionByRelevant(ReadOnlySpan<int> grades, int relevantCount, int k) =>
        relevantCount == 0 ? 0 : PrecisionSum(grades, RequireCutOff(k)) / relevantCount;

    /// <summary>Average precision of the first k, divided by the relevant that k ranks can hold: min(relevant, k).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="relevantCount">How many relevant documents there are.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double AveragePrecisionByReachable(ReadOnlySpan<int> grades, int relevantCount, int k) =>
        relevantCount == 0 ? 0 : PrecisionSum(grades, RequireCutOff(k)) / Math.Min(relevantCount, k);

    /// <summary>1 / rank of the first relevant among the first k, 0 without one (trec_eval recip_rank).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="k">Cut-off, from 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ReciprocalRank(ReadOnlySpan<int> grades, int k)
    {
        for (var i = 0; i < Math.Min(RequireCutOff(k), grades.Length); i++)
            if (grades[i] >= 1) return 1.0 / (i + 1);
        return 0;
    }

    /// <summary>NDCG with gain = grade and discount log2(rank + 1) (Järvelin and Kekäläinen 2002; trec_eval ndcg_cut_k).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="idealGrades">[judged] grades of all judged documents, descending; cut at k too.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double Ndcg(ReadOnlySpan<int> grades, ReadOnlySpan<int> idealGrades, int k) =>
        Normalised(grades, idealGrades, RequireCutOff(k), isExponential: false);

    /// <summary>NDCG with gain = 2^grade − 1 and discount log2(rank + 1) (Burges 2005).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="idealGrades">[judged] grades of all judged documents, descending; cut at k too.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double NdcgExp(ReadOnlySpan<int> grades, ReadOnlySpan<int> idealGrades, int k) =>
        Normalised(grades, idealGrades, RequireCutOff(k), isExponential: true);

    /// <summary>Expected reciprocal rank of the first k (Chapelle 2009, eq. 4).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="maximumGrade">Largest grade of the scale: it belongs in the metric's name.</param>
    /// <param name="k">Cut-off, from 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double ExpectedReciprocalRank(ReadOnlySpan<int> grades, int maximumGrade, int k)
    {
        var (value, unsatisfied, scale) = (0.0, 1.0, Math.ScaleB(1, maximumGrade));
        for (var i = 0; i < Math.Min(RequireCutOff(k), grades.Length); i++)
        {
            if (grades[i] <= 0) continue;
            var satisfied = ExponentialGain(grades[i]) / scale;
            value += unsatisfied * satisfied / (i + 1);
            unsatisfied *= 1 - satisfied;
        }

        return value;
    }

    /// <summary>Rank-biased precision on binary relevance (Moffat and Zobel 2008).</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="persistence">Probability of looking at the next rank, in (0, 1).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double RankBiasedPrecision(ReadOnlySpan<int> grades, double persistence)
    {
        var (value, weight) = (0.0, 1 - persistence);
        foreach (var grade in grades)
        {
            if (grade >= 1) value += weight;
            weight *= persistence;
        }

        return value;
    }

    /// <summary>How much higher <see cref="RankBiasedPrecision"/> could be if all that is unjudged or below the list were relevant.</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="persistence">Probability of looking at the next rank, in (0, 1).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double RankBiasedResidual(ReadOnlySpan<int> grades, double persistence)
    {
        var (value, weight) = (0.0, 1 - persistence);
        foreach (var grade in grades)
        {
            if (grade < 0) value += weight;
            weight *= persistence;
        }

        return value + Math.Pow(persistence, grades.Length);
    }

    /// <summary>Unjudged among the first k, divided by k.</summary>
    /// <param name="grades">[rank] as for <see cref="Precision"/>.</param>
    /// <param name="k">Cut-off, from 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double UnjudgedShare(ReadOnlySpan<int> grades, int k)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(RequireCutOff(k), grades.Length); i++)
            if (grades[i] < 0) count++;
        return count / (double)k;
    }

    /// <summary>1 / log2(rank + 1).</summary>
    internal static double Discount(int rank) => (uint)rank < (uint)s_discounts.Length ? s_discounts[rank] : 1 / Math.Log2(rank + 1.0);

    /// <summary>2^grade − 1; 0 for grades up to 0.</summary>
    internal static double ExponentialGain(int grade) => grade <= 0 ? 0 : grade < 53 ? (1L << grade) - 1 : Math.ScaleB(1, grade) - 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int RelevantCount(ReadOnlySpan<int> grades, int k)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(k, grades.Length); i++)
            if (grades[i] >= 1) count++;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double PrecisionSum(ReadOnlySpan<int> grades, int k)
    {
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < Math.Min(k, grades.Length); i++)
            if (grades[i] >= 1) sum += ++found / (double)(i + 1);
        return sum;
    }

    private static double Normalised(ReadOnlySpan<int> grades, ReadOnlySpan<int> idealGrades, int k, bool isExponential)
    {
        var ideal = DiscountedGain(idealGrades, k, isExponential);
        return ideal == 0 ? 0 : DiscountedGain(grades, k, isExponential) / ideal;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DiscountedGain(ReadOnlySpan<int> grades, int k, bool isExponential)
    {
        var sum = 0.0;
        for (var i = 0; i < Math.Min(k, grades.Length); i++)
            if (grades[i] > 0) sum += (isExponential ? ExponentialGain(grades[i]) : grades[i]) * Discount(i + 1);
        return sum;
    }

    private static int RequireCutOff(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return k;
    }
}
