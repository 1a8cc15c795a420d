using System.Globalization;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

/// <summary>The metrics under the names that the known answers use.</summary>
internal static class QueryMeasures
{
    internal static double Of(string name, RankedQuery query)
    {
        var whole = Math.Max(1, query.Documents.Length);
        switch (name)
        {
            case "AP": return RankedListMetrics.AveragePrecisionByRelevant(query.Grades, query.RelevantCount, whole);
            case "NDCG_linear": return RankedListMetrics.Ndcg(query.Grades, query.IdealGrades, int.MaxValue);
            case "NDCG_exp": return RankedListMetrics.NdcgExp(query.Grades, query.IdealGrades, int.MaxValue);
            case "RR": return RankedListMetrics.ReciprocalRank(query.Grades, whole);
            case "Rprec": return RankedListMetrics.RPrecision(query.Grades, query.RelevantCount);
            case "RBP_p0.8": return RankedListMetrics.RankBiasedPrecision(query.Grades, 0.8);
            case "RBP_residual_p0.8": return RankedListMetrics.RankBiasedResidual(query.Grades, 0.8);
        }

        var at = name.IndexOf('@', StringComparison.Ordinal);
        var rest = name[(at + 1)..].Split('_');
        var k = int.Parse(rest[0], CultureInfo.InvariantCulture);
        return (name[..at], rest.Length > 1 ? rest[1] : "") switch
        {
            ("P", "") => RankedListMetrics.Precision(query.Grades, k),
            ("recall", "") => RankedListMetrics.Recall(query.Grades, query.RelevantCount, k),
            ("hit", "") => RankedListMetrics.Hit(query.Grades, k),
            ("AP", "divR") => RankedListMetrics.AveragePrecisionByRelevant(query.Grades, query.RelevantCount, k),
            ("AP", "divMinRk") => RankedListMetrics.AveragePrecisionByReachable(query.Grades, query.RelevantCount, k),
            ("NDCG", "linear") => RankedListMetrics.Ndcg(query.Grades, query.IdealGrades, k),
            ("NDCG", "exp") => RankedListMetrics.NdcgExp(query.Grades, query.IdealGrades, k),
            ("RR", "") => RankedListMetrics.ReciprocalRank(query.Grades, k),
            ("ERR", ['g', 'm', 'a', 'x', .. var grade]) => RankedListMetrics.ExpectedReciprocalRank(query.Grades, int.Parse(grade, CultureInfo.InvariantCulture), k),
            ("unjudged", "") => RankedListMetrics.UnjudgedShare(query.Grades, k),
            _ => throw new ArgumentException($"No metric for {name}.", nameof(name)),
        };
    }
}
