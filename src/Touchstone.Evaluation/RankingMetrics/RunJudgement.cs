namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>How runs are judged.</summary>
public sealed record RunJudgeOptions
{
    /// <summary>Least grade that is relevant, from 1 (trec_eval -l). Gains of NDCG and ERR are of the grades themselves.</summary>
    public int RelevanceLevel { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "RelevanceLevel counts from 1."); } = 1;

    /// <summary>Documents of a query that are looked at, from 1 (trec_eval -M).</summary>
    public int Depth { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Depth counts from 1."); } = int.MaxValue;

    /// <summary>Most threads; the figures are the same at any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>How one run did: a value a judged query and metric.</summary>
public sealed record RunJudgement
{
    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The metrics.</summary>
    public required IReadOnlyList<RankingMetric> Metrics { get; init; }

    /// <summary>[query] judged queries, ascending in ordinal UTF-8.</summary>
    public required IReadOnlyList<string> Queries { get; init; }

    /// <summary>[query] whether the run has results.</summary>
    public required bool[] HasResults { get; init; }

    /// <summary>[query] relevant documents, found or not.</summary>
    public required int[] RelevantCounts { get; init; }

    /// <summary>[metric][query] values; 0 for a query without results (its relevant documents still count in num_rel). NaN where not defined.</summary>
    public required double[][] Values { get; init; }

    /// <summary>Queries of the run that nobody judged, ascending: left out.</summary>
    public required IReadOnlyList<string> UnjudgedQueries { get; init; }

    /// <summary>Queries in which documents have equal scores.</summary>
    public required int TiedCount { get; init; }

    /// <summary>Second copies of documents that were dropped.</summary>
    public required int DroppedCount { get; init; }

    /// <summary>Judged queries with results.</summary>
    public int CommonCount => HasResults.Count(has => has);

    /// <summary>Judged queries without a relevant document: 0 in every metric, and in the means.</summary>
    public int WithoutRelevantCount => RelevantCounts.Count(count => count == 0);

    /// <summary>Both figures of a metric over its queries; values that are not defined are left out of both.</summary>
    /// <param name="metric">Index into <see cref="Metrics"/>.</param>
    public QueryMeans Means(int metric)
    {
        var (common, judged) = (new List<double>(), new List<double>());
        for (var query = 0; query < Queries.Count; query++)
        {
            var value = Values[metric][query];
            if (double.IsNaN(value)) continue;
            judged.Add(value);
            if (HasResults[query]) common.Add(value);
        }

        var aggregate = Metrics[metric].Aggregate;
        return new QueryMeans(Aggregate(aggregate, common), Aggregate(aggregate, judged), common.Count, judged.Count, UnjudgedQueries.Count);
    }

    private static double Aggregate(QueryAggregate aggregate, List<double> values) => aggregate switch
    {
        QueryAggregate.Sum => values.Sum(),
        _ when values.Count == 0 => double.NaN,
        QueryAggregate.Mean => values.Sum() / values.Count,
        QueryAggregate.GeometricMean => Math.Exp(values.Sum(value => Math.Log(Math.Max(value, RankingMetric.GeometricLeast))) / values.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate), aggregate, "Unknown aggregate."),
    };
}
