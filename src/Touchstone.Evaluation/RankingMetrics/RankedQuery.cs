using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>One query's ranking with its grades, as the metrics read it.</summary>
public sealed record RankedQuery
{
    /// <summary>Query id.</summary>
    public required string Query { get; init; }

    /// <summary>[rank] documents, best first.</summary>
    public required string[] Documents { get; init; }

    /// <summary>[rank] grades; <see cref="RankedListMetrics.Unjudged"/> where nobody judged.</summary>
    public required int[] Grades { get; init; }

    /// <summary>[judged] all grades of the query, descending.</summary>
    public required int[] IdealGrades { get; init; }

    /// <summary>How many judged documents are relevant (grade 1 or more).</summary>
    public required int RelevantCount { get; init; }

    /// <summary>Looks up the grades of documents that are in order already.</summary>
    /// <param name="query">Query id.</param>
    /// <param name="ranking">[rank] documents, best first.</param>
    /// <param name="judgments">Grade a judged document.</param>
    /// <param name="duplicates">What to do with a document that stands twice.</param>
    /// <exception cref="ArgumentException">A duplicate under <see cref="DuplicateRule.Strict"/> (names query and document).</exception>
    public static RankedQuery FromRanking(
        string query, string[] ranking, IReadOnlyDictionary<string, int> judgments, DuplicateRule duplicates = DuplicateRule.Strict)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(judgments);
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<string> kept = [];
        foreach (var document in ranking)
        {
            if (seen.Add(document)) kept.Add(document);
            else if (duplicates == DuplicateRule.Strict)
                throw new ArgumentException($"Query \"{query}\": document \"{document}\" stands twice in the ranking. List each once, or keep the first copy by option.", nameof(ranking));
        }

        var ideal = judgments.Values.ToArray();
        Array.Sort(ideal);
        Array.Reverse(ideal);
        return new RankedQuery
        {
            Query = query,
            Documents = [.. kept],
            Grades = [.. kept.Select(document => judgments.TryGetValue(document, out var grade) ? grade : RankedListMetrics.Unjudged)],
            IdealGrades = ideal,
            RelevantCount = ideal.Count(grade => grade >= 1),
        };
    }
}
