namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>A metric of one ranking.</summary>
/// <param name="ranking">The ranking.</param>
public delegate double RankingValue(in GradedRanking ranking);

/// <summary>How the values of queries become one figure.</summary>
public enum QueryAggregate
{
    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>Geometric mean, each value at least 0.00001 (trec_eval gm_map).</summary>
    GeometricMean,

    /// <summary>Sum.</summary>
    Sum,
}

/// <summary>A metric by name.</summary>
/// <param name="Name">Name as it is printed, e.g. <c>ndcg@10</c>.</param>
/// <param name="TrecName">trec_eval's name, e.g. <c>ndcg_cut_10</c>; null where trec_eval has none, or another under the same name.</param>
/// <param name="Aggregate">How the values of queries become one figure.</param>
/// <param name="Of">Value of one query's ranking.</param>
public sealed record RankingMetric(string Name, string? TrecName, QueryAggregate Aggregate, RankingValue Of)
{
    /// <summary>Least value that a geometric mean sees.</summary>
    public const double GeometricLeast = 0.00001;

    /// <summary>Whether higher is better; false for counts, unjudged shares and residuals, which tell of the judgments.</summary>
    public bool IsQuality { get; init; } = true;

    /// <summary>Whether a judged query without results has a value of its own: counts of the judgments, and NaN where an empty list has none. Else it is 0.</summary>
    public bool HasValueWithoutResults { get; init; }
}
