using System.Runtime.CompilerServices;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>
/// Metrics of one ranked list by relevant or not, as trec_eval defines them. Relevance: 1 relevant, 0 judged and not relevant, negative not judged.
/// Without a relevant document, and for an empty list, all are 0.
/// </summary>
public static class JudgedListMetrics
{
    private const double InferredEpsilon = 0.00001;

    /// <summary>Preferences between judged documents that the list keeps (Buckley and Voorhees 2004; trec_eval bpref).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">Relevant documents R, found or not.</param>
    /// <param name="nonrelevantCount">Judged documents that are not relevant N, found or not; the first min(R, N) count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double BinaryPreference(ReadOnlySpan<int> relevance, int relevantCount, int nonrelevantCount)
    {
        if (relevantCount == 0) return 0;
        var (above, sum, bound) = (0, 0.0, Math.Min(relevantCount, nonrelevantCount));
        foreach (var rank in relevance)
        {
            if (rank == 0) above++;
            else if (rank > 0) sum += above == 0 ? 1 : 1 - (Math.Min(above, relevantCount) / (double)bound);
        }

        return sum / relevantCount;
    }

    /// <summary>Highest precision at any rank at which the recall is reached (trec_eval iprec_at_recall; ranks counted to the nearest).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">Relevant documents, found or not.</param>
    /// <param name="recall">Recall in [0, 1].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double InterpolatedPrecision(ReadOnlySpan<int> relevance, int relevantCount, double recall)
    {
        var (needed, found, best) = (Math.Round(recall * relevantCount, MidpointRounding.AwayFromZero), 0, 0.0);
        for (var i = 0; i < relevance.Length; i++)
        {
            // Precision only rises at a relevant rank; before any is found it is 0.
            if (relevance[i] <= 0) continue;
            found++;
            if (found >= needed) best = Math.Max(best, found / (double)(i + 1));
        }

        return best;
    }

    /// <summary>Mean of <see cref="InterpolatedPrecision"/> at recall 0, 0.1 to 1 (trec_eval 11pt_avg).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">Relevant documents, found or not.</param>
    public static double ElevenPointAverage(ReadOnlySpan<int> relevance, int relevantCount)
    {
        var sum = 0.0;
        for (var tenth = 0; tenth <= 10; tenth++) sum += InterpolatedPrecision(relevance, relevantCount, tenth / 10.0);
        return sum / 11;
    }

    /// <summary>Precision at a multiple of R ranks (trec_eval Rprec_mult).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">R: relevant documents, found or not.</param>
    /// <param name="multiple">Multiple of R; a part of a rank from one tenth on counts as a rank.</param>
    public static double RPrecisionMultiple(ReadOnlySpan<int> relevance, int relevantCount, double multiple)
    {
        var k = (int)((multiple * relevantCount) + 0.9);
        return k == 0 ? 0 : RankedListMetrics.Precision(relevance, k);
    }

    /// <summary>Precision at k over the highest that k ranks and R relevant documents allow (trec_eval relative_P).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">R: relevant documents, found or not.</param>
    /// <param name="k">Cut-off, from 1.</param>
    public static double RelativePrecision(ReadOnlySpan<int> relevance, int relevantCount, int k) =>
        relevantCount == 0 ? 0 : RelevantCount(relevance[..Math.Min(k, relevance.Length)]) / (double)Math.Min(k, relevantCount);

    /// <summary>Average precision where the judgments are a sample of the pool (Yilmaz and Aslam 2006; trec_eval infAP).</summary>
    /// <param name="grades">[rank] grades at the relevance level 1; <see cref="RankedListMetrics.Unjudged"/> outside the pool, other negatives in it but unjudged.</param>
    /// <param name="relevantCount">Relevant documents, found or not.</param>
    public static double InferredAveragePrecision(ReadOnlySpan<int> grades, int relevantCount)
    {
        if (relevantCount == 0) return 0;
        var (relevant, nonrelevant, unjudged, sum) = (0, 0, 0, 0.0);
        for (var i = 0; i < grades.Length; i++)
        {
            if (grades[i] == RankedListMetrics.Unjudged) continue;
            if (grades[i] < 0) unjudged++;
            else if (grades[i] == 0) nonrelevant++;
            else
            {
                double above = i, judged = relevant + nonrelevant;
                sum += i == 0 ? 1 : (1 / (above + 1)) + (above / (above + 1) * ((judged + unjudged) / above) * ((relevant + InferredEpsilon) / (judged + (2 * InferredEpsilon))));
                relevant++;
            }
        }

        return sum / relevantCount;
    }

    /// <summary>Mean over the relevant of 1 / log2(2 + not relevant above) (trec_eval binG).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">Relevant documents, found or not.</param>
    public static double BinaryGain(ReadOnlySpan<int> relevance, int relevantCount)
    {
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < relevance.Length; i++)
            if (relevance[i] > 0) sum += 1 / Math.Log2(2 + i - found++);
        return relevantCount == 0 ? 0 : sum / relevantCount;
    }

    /// <summary>Relevant documents of the list / its length (trec_eval set_P).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    public static double SetPrecision(ReadOnlySpan<int> relevance) => relevance.IsEmpty ? 0 : RelevantCount(relevance) / (double)relevance.Length;

    /// <summary>Relevant documents of the list / all relevant (trec_eval set_recall).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">Relevant documents, found or not.</param>
    public static double SetRecall(ReadOnlySpan<int> relevance, int relevantCount) => relevantCount == 0 ? 0 : RelevantCount(relevance) / (double)relevantCount;

    /// <summary>Harmonic mean of <see cref="SetPrecision"/> and <see cref="SetRecall"/> (trec_eval set_F).</summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="relevantCount">Relevant documents, found or not.</param>
    public static double SetF(ReadOnlySpan<int> relevance, int relevantCount)
    {
        var (precision, recall) = (SetPrecision(relevance), SetRecall(relevance, relevantCount));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>
    /// AUC within the list: probability that a relevant document scores above one judged not relevant, ties one half; unjudged ones are passed over.
    /// NaN where the list holds only one of the two.
    /// </summary>
    /// <param name="relevance">[rank] relevance.</param>
    /// <param name="scores">[rank] scores, descending.</param>
    public static double Auc(ReadOnlySpan<int> relevance, ReadOnlySpan<double> scores)
    {
        var (relevant, nonrelevant, won) = (0L, 0L, 0.0);
        for (var start = 0; start < relevance.Length;)
        {
            var (tiedRelevant, tiedNonrelevant, end) = (0L, 0L, start);
            for (; end < relevance.Length && scores[end] == scores[start]; end++)
            {
                if (relevance[end] > 0) tiedRelevant++;
                else if (relevance[end] == 0) tiedNonrelevant++;
            }

            won += tiedNonrelevant * (relevant + (tiedRelevant / 2.0));
            relevant += tiedRelevant;
            nonrelevant += tiedNonrelevant;
            start = end;
        }

        return relevant == 0 || nonrelevant == 0 ? double.NaN : won / ((double)relevant * nonrelevant);
    }

    /// <summary>Relevant ranks.</summary>
    /// <param name="relevance">[rank] relevance.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int RelevantCount(ReadOnlySpan<int> relevance)
    {
        var count = 0;
        foreach (var rank in relevance)
            if (rank > 0) count++;
        return count;
    }

    /// <summary>Ranks that are judged and not relevant.</summary>
    /// <param name="relevance">[rank] relevance.</param>
    public static int NonrelevantCount(ReadOnlySpan<int> relevance) => relevance.Count(0);
}
