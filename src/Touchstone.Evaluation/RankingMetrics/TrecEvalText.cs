using System.Globalization;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Figures in the lines of trec_eval's output, for those who compare with it: <c>measure TAB query TAB value</c>.</summary>
public static class TrecEvalText
{
    /// <summary>The lines of all metrics that trec_eval has, in the order of the metrics.</summary>
    /// <param name="judgement">The figures.</param>
    /// <param name="withQueries">A block of lines for each query first (trec_eval -q).</param>
    /// <param name="overJudged">Means over all judged queries, and blocks of those without results too (trec_eval -c).</param>
    public static IEnumerable<string> Lines(RunJudgement judgement, bool withQueries, bool overJudged)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        for (var query = 0; withQueries && query < judgement.Queries.Count; query++)
        {
            if (!overJudged && !judgement.HasResults[query]) continue;
            for (var metric = 0; metric < judgement.Metrics.Count; metric++)
            {
                if (judgement.Metrics[metric] is { TrecName: { } name, Aggregate: not QueryAggregate.GeometricMean } one && name != "num_q")
                    yield return Line(name, judgement.Queries[query], judgement.Values[metric][query], one.Aggregate == QueryAggregate.Sum);
            }
        }

        for (var metric = 0; metric < judgement.Metrics.Count; metric++)
        {
            if (judgement.Metrics[metric] is not { TrecName: { } name } one) continue;
            var means = judgement.Means(metric);
            yield return Line(name, "all", overJudged ? means.OverJudged : means.OverCommon, one.Aggregate == QueryAggregate.Sum);
        }
    }

    private static string Line(string name, string query, double value, bool isCount) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-22}\t{query}\t{value.ToString(isCount ? "F0" : "F4", CultureInfo.InvariantCulture)}");
}
