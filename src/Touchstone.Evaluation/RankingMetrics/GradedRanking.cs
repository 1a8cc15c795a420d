namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>One query's ranking with its grades, as columns.</summary>
public readonly ref struct GradedRanking
{
    /// <summary>[rank] grades as judged; <see cref="RankedListMetrics.Unjudged"/> where nobody judged. Gains come from these.</summary>
    public required ReadOnlySpan<int> Grades { get; init; }

    /// <summary>[rank] 1 where the grade reaches the relevance level, 0 where it is judged below, negative where unjudged or graded below 0.</summary>
    public required ReadOnlySpan<int> Relevance { get; init; }

    /// <summary>[rank] scores, descending.</summary>
    public required ReadOnlySpan<double> Scores { get; init; }

    /// <summary>[judged] all grades of the query, descending.</summary>
    public required ReadOnlySpan<int> IdealGrades { get; init; }

    /// <summary>Judged documents at or above the relevance level, found or not.</summary>
    public required int RelevantCount { get; init; }

    /// <summary>Judged documents from grade 0 to below the relevance level, found or not.</summary>
    public required int NonrelevantCount { get; init; }
}
