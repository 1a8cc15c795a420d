using System.Runtime.CompilerServices;
using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>The order of scored documents: score descending, equal scores by document id descending in ordinal UTF-8 (trec_eval's order).</summary>
public static class RankOrder
{
    /// <summary>Puts rows in order.</summary>
    /// <param name="scores">[document] scores; ordered with the rows.</param>
    /// <param name="rows">[document] rows of <paramref name="documents"/>.</param>
    /// <param name="documents">Ids.</param>
    /// <returns>Whether any two scores are equal.</returns>
    /// <exception cref="ArgumentException">A score is NaN (names the document).</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Sort(Span<double> scores, Span<int> rows, Utf8Ids documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var isOrdered = true;
        for (var i = 1; i < scores.Length; i++) isOrdered &= scores[i] < scores[i - 1];
        if (scores.Length > 0 && isOrdered && !double.IsNaN(scores[0])) return false;
        for (var i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i])) throw new ArgumentException($"The score of \"{documents.Text(rows[i])}\" is NaN; a score must be a number.", nameof(scores));
            scores[i] = -scores[i];
        }

        scores.Sort(rows);
        for (var i = 0; i < scores.Length; i++) scores[i] = -scores[i];
        var isTied = false;
        for (var start = 0; start < scores.Length;)
        {
            var end = start + 1;
            while (end < scores.Length && scores[end] == scores[start]) end++;
            if (end - start > 1)
            {
                isTied = true;
                rows[start..end].Sort((left, right) => documents[right].SequenceCompareTo(documents[left]));
            }

            start = end;
        }

        return isTied;
    }
}
