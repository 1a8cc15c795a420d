using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

/// <summary>The slow, obvious way from scored documents to a graded ranking.</summary>
internal static class SlowRanking
{
    /// <summary>By score descending, equal scores by id descending in ordinal UTF-8 (trec_eval's order).</summary>
    internal static RankedQuery Of(string query, string[] documents, double[] scores, IReadOnlyDictionary<string, int> judgments)
    {
        var order = Enumerable.Range(0, documents.Length).ToArray();
        Array.Sort(order, (left, right) => scores[right].CompareTo(scores[left]) is var byScore and not 0 ? byScore : Utf8Ordinal.Compare(documents[right], documents[left]));
        return RankedQuery.FromRanking(query, [.. order.Select(i => documents[i])], judgments);
    }
}
