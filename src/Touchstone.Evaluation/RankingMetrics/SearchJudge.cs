using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>How one searcher did on judged queries: a value a query and metric.</summary>
public sealed record SearchRun
{
    /// <summary>Name of the system.</summary>
    public required string System { get; init; }

    /// <summary>[query] ids, in the order judged.</summary>
    public required IReadOnlyList<string> Queries { get; init; }

    /// <summary>[query] whether any product is relevant.</summary>
    public required IReadOnlyList<bool> HasPositive { get; init; }

    /// <summary>Metric → [query] value.</summary>
    public required IReadOnlyDictionary<string, double[]> Values { get; init; }

    /// <summary>Queries in which a hit among the first ten has the score of another hit.</summary>
    public required int TiedCount { get; init; }

    /// <summary>Queries without a hit.</summary>
    public required int EmptyCount { get; init; }

    /// <summary>Mean time of a query, ms.</summary>
    public required double MeanMilliseconds { get; init; }
}

/// <summary>
/// Judges searchers by graded judgments. Order: as the searcher gives it (score descending, equal scores by product id ascending). Not judged:
/// gain 0, and it keeps its rank. The first 100 hits are looked at.
/// </summary>
public static class SearchJudge
{
    /// <summary>Hits looked at.</summary>
    public const int Depth = 100;

    /// <summary>The metric that systems are chosen by.</summary>
    public const string Primary = "ndcg_exp@10";

    private static readonly (string Name, Func<RankedQuery, double> Of)[] s_metrics =
    [
        (Primary, query => RankedListMetrics.NdcgExp(query.Grades, query.IdealGrades, 10)),
        ("ndcg@10", query => RankedListMetrics.Ndcg(query.Grades, query.IdealGrades, 10)),
        ("mrr", query => RankedListMetrics.ReciprocalRank(query.Grades, Depth)),
        ("P@10", query => RankedListMetrics.Precision(query.Grades, 10)),
        ("recall@10", query => RankedListMetrics.Recall(query.Grades, query.RelevantCount, 10)),
        ("recall@100", query => RankedListMetrics.Recall(query.Grades, query.RelevantCount, Depth)),
        ("unjudged@10", query => RankedListMetrics.UnjudgedShare(query.Grades, 10)),
    ];

    /// <summary>Names of the metrics, the primary first.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [.. s_metrics.Select(metric => metric.Name)];

    /// <summary>Asks every query and judges the hits.</summary>
    /// <param name="searcher">The system.</param>
    /// <param name="queries">At least one.</param>
    /// <param name="time">Clock of the times.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="ArgumentException">No queries, or a product twice in one result.</exception>
    public static SearchRun Judge(ISearcher searcher, IReadOnlyList<JudgedQuery> queries, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfZero(queries.Count, nameof(queries));
        var values = s_metrics.ToDictionary(metric => metric.Name, _ => new double[queries.Count], StringComparer.Ordinal);
        var (tied, empty, elapsed) = (0, 0, TimeSpan.Zero);
        for (var i = 0; i < queries.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var began = time.GetTimestamp();
            var hits = searcher.Search(new SearchRequest { Text = queries[i].Text, Count = Depth }).Hits;
            elapsed += time.GetElapsedTime(began);
            var ranked = RankedQuery.FromRanking(queries[i].Id, [.. hits.Select(hit => hit.Product)], queries[i].Grades);
            foreach (var (name, of) in s_metrics) values[name][i] = of(ranked);
            if (hits.Count == 0) empty++;
            if (hits.Take(10).Where((hit, place) => place + 1 < hits.Count && hits[place + 1].Score == hit.Score).Any()) tied++;
        }

        return new SearchRun
        {
            System = searcher.Name,
            Queries = [.. queries.Select(query => query.Id)],
            HasPositive = [.. queries.Select(query => query.HasPositive)],
            Values = values,
            TiedCount = tied,
            EmptyCount = empty,
            MeanMilliseconds = elapsed.TotalMilliseconds / queries.Count,
        };
    }
}
