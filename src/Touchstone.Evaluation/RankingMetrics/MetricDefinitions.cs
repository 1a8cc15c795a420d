using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>One metric in words.</summary>
/// <param name="Metric">Name; k stands for the cut-off.</param>
/// <param name="Definition">Formula and unit. Changing a formula changes this text, and with it the hash that verdicts keep.</param>
public sealed record MetricDefinition(string Metric, string Definition);

/// <summary>The definitions of the metrics that recommenders are judged by.</summary>
public static class MetricDefinitions
{
    /// <summary>All of them, in reporting order.</summary>
    public static IReadOnlyList<MetricDefinition> Ranking { get; } =
    [
        new("hr@k", "share of cases with a judged product among the first k"),
        new("ndcg@k", "mean over cases of DCG@k / ideal DCG@k, gain 1 a judged product, discount log2(rank + 1), ideal over all judged products cut at k"),
        new("recall@k", "mean over cases of judged products among the first k / judged products"),
        new("mrr", "mean over cases of 1 / rank of the best judged product in the whole list, 0 where none is listed"),
        new("coverage@k", "share of all products that stand among the first k of any case"),
        new("novelty@k", "mean over cases of the mean over the first k of −log2((units that had it in training + 1) / (units + 1)), bits"),
        new("gini@k", "Gini coefficient of how often each product stands among the first k, never-shown products included"),
        new("revenue@k", "revenue of judged products among the first k / judged products with known revenue, reporting currency"),
        new("margin@k", "margin of judged products among the first k / judged products with known margin, reporting currency"),
    ];

    /// <summary>Content hash of all definitions: the first 16 hexadecimal digits of SHA-256 over <c>metric=definition</c> lines.</summary>
    public static string Hash { get; } = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Ranking.Select(d => $"{d.Metric}={d.Definition}")))))[..16];
}
