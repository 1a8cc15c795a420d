namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>The two means of a metric over queries: both are always reported.</summary>
/// <param name="OverCommon">Mean over judged queries that have results; NaN where there are none.</param>
/// <param name="OverJudged">Mean over all judged queries, 0 for those without results (trec_eval -c); NaN where there are none.</param>
/// <param name="CommonCount">Judged queries with results.</param>
/// <param name="JudgedCount">Judged queries.</param>
/// <param name="UnjudgedCount">Queries with results but without any judgment: left out and counted.</param>
public sealed record QueryMeans(double OverCommon, double OverJudged, int CommonCount, int JudgedCount, int UnjudgedCount)
{
    /// <summary>Means of a metric.</summary>
    /// <param name="ranked">Queries with results, in a fixed order.</param>
    /// <param name="judgedQueries">Ids of all queries with at least one judgment.</param>
    /// <param name="metric">The metric of one query.</param>
    public static QueryMeans Of(IReadOnlyList<RankedQuery> ranked, IReadOnlySet<string> judgedQueries, Func<RankedQuery, double> metric)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(judgedQueries);
        ArgumentNullException.ThrowIfNull(metric);
        var (sum, common) = (0.0, 0);
        foreach (var query in ranked)
        {
            if (!judgedQueries.Contains(query.Query)) continue;
            sum += metric(query);
            common++;
        }

        return new QueryMeans(
            common == 0 ? double.NaN : sum / common,
            judgedQueries.Count == 0 ? double.NaN : sum / judgedQueries.Count,
            common,
            judgedQueries.Count,
            ranked.Count - common);
    }
}
