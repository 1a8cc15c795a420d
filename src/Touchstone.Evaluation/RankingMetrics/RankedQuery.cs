using Touchstone.Domain;
using Touchstone.Numerics;

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

    /// <summary>
    /// Orders scored documents by score descending, equal scores by id descending in ordinal UTF-8 (trec_eval's order), and looks up
    /// their grades.
    /// </summary>
    /// <param name="query">Query id.</param>
    /// <param name="documents">[document] ids.</param>
    /// <param name="scores">[document] scores.</param>
    /// <param name="judgments">Grade a judged document.</param>
    /// <param name="duplicates">What to do with a document that stands twice.</param>
    /// <exception cref="ArgumentException">Unequal lengths, a NaN score, or a duplicate under <see cref="DuplicateRule.Strict"/> (names query and document).</exception>
    public static RankedQuery FromScores(
        string query, string[] documents, double[] scores, IReadOnlyDictionary<string, int> judgments, DuplicateRule duplicates = DuplicateRule.Strict)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(scores);
        if (documents.Length != scores.Length)
            throw new ArgumentException($"Query \"{query}\": {documents.Length} documents and {scores.Length} scores; expected as many.", nameof(scores));
        for (var i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i]))
                throw new ArgumentException($"Query \"{query}\": the score of \"{documents[i]}\" is NaN; a score must be a number.", nameof(scores));
        }

        var order = Enumerable.Range(0, documents.Length).ToArray();
        Array.Sort(order, (left, right) =>
        {
            var byScore = scores[right].CompareTo(scores[left]);
            return byScore != 0 ? byScore : Utf8Ordinal.Compare(documents[right], documents[left]);
        });
        return FromRanking(query, [.. order.Select(i => documents[i])], judgments, duplicates);
    }

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
