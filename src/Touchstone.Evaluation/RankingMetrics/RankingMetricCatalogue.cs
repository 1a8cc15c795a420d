using System.Globalization;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Every metric of a ranking: its names and what computes it. Names come in lower case.</summary>
internal static class RankingMetricCatalogue
{
    private const string StatedMaximum = "err_max";

    /// <summary>A metric of the whole list; null where there is none of that name.</summary>
    internal static RankingMetric? Whole(string name) => name switch
    {
        "num_q" => Count("num_q", (in _) => 1) with { HasValueWithoutResults = true },
        "num_ret" => Count("num_ret", (in r) => r.Relevance.Length),
        "num_rel" => Count("num_rel", (in r) => r.RelevantCount) with { HasValueWithoutResults = true },
        "num_rel_ret" => Count("num_rel_ret", (in r) => JudgedListMetrics.RelevantCount(r.Relevance)),
        "num_nonrel_judged_ret" => Count("num_nonrel_judged_ret", (in r) => JudgedListMetrics.NonrelevantCount(r.Relevance)),
        "map" or "ap" => Mean("map", "map", (in r) => AveragePrecision(r)),
        "gm_map" => Mean("gm_map", "gm_map", (in r) => AveragePrecision(r)) with { Aggregate = QueryAggregate.GeometricMean },
        "rprec" => Mean("rprec", "Rprec", (in r) => RankedListMetrics.RPrecision(r.Relevance, r.RelevantCount)),
        "bpref" => Mean("bpref", "bpref", (in r) => Preference(r)),
        "gm_bpref" => Mean("gm_bpref", "gm_bpref", (in r) => Preference(r)) with { Aggregate = QueryAggregate.GeometricMean },
        "rr" or "mrr" or "recip_rank" => Mean("rr", "recip_rank", (in r) => RankedListMetrics.ReciprocalRank(r.Relevance, int.MaxValue)),
        "ndcg" => Mean("ndcg", "ndcg", (in r) => RankedListMetrics.Ndcg(r.Grades, r.IdealGrades, int.MaxValue)),
        "ndcg_exp" => Mean("ndcg_exp", null, (in r) => RankedListMetrics.NdcgExp(r.Grades, r.IdealGrades, int.MaxValue)),
        "infap" => Mean("infAP", "infAP", (in r) => JudgedListMetrics.InferredAveragePrecision(r.Relevance, r.RelevantCount)),
        "11pt_avg" => Mean("11pt_avg", "11pt_avg", (in r) => JudgedListMetrics.ElevenPointAverage(r.Relevance, r.RelevantCount)),
        "bing" => Mean("binG", "binG", (in r) => JudgedListMetrics.BinaryGain(r.Relevance, r.RelevantCount)),
        "set_p" => Mean("set_P", "set_P", (in r) => JudgedListMetrics.SetPrecision(r.Relevance)),
        "set_recall" => Mean("set_recall", "set_recall", (in r) => JudgedListMetrics.SetRecall(r.Relevance, r.RelevantCount)),
        "set_f" => Mean("set_F", "set_F", (in r) => JudgedListMetrics.SetF(r.Relevance, r.RelevantCount)),
        "set_map" => Mean("set_map", "set_map", (in r) => JudgedListMetrics.SetPrecision(r.Relevance) * JudgedListMetrics.SetRecall(r.Relevance, r.RelevantCount)),
        "set_relative_p" => Mean("set_relative_P", "set_relative_P", (in r) => JudgedListMetrics.RelativePrecision(r.Relevance, r.RelevantCount, Math.Max(1, r.Relevance.Length))),
        "utility" => Mean("utility", "utility", (in r) => (2 * JudgedListMetrics.RelevantCount(r.Relevance)) - r.Relevance.Length),
        "auc" => Mean("auc", null, (in r) => JudgedListMetrics.Auc(r.Relevance, r.Scores)) with { HasValueWithoutResults = true },
        _ => null,
    };

    /// <summary>A metric of the first k ranks; null where there is none of that name.</summary>
    internal static RankingMetric? AtRank(string family, int k, int maximumGrade)
    {
        switch (family)
        {
            case "p": return Mean($"P@{k}", $"P_{k}", (in r) => RankedListMetrics.Precision(r.Relevance, k));
            case "recall": return Mean($"recall@{k}", $"recall_{k}", (in r) => RankedListMetrics.Recall(r.Relevance, r.RelevantCount, k));
            case "hit" or "success" or "hr": return Mean($"hit@{k}", $"success_{k}", (in r) => RankedListMetrics.Hit(r.Relevance, k));
            case "ap" or "map" or "map_cut": return Mean($"ap@{k}", $"map_cut_{k}", (in r) => RankedListMetrics.AveragePrecisionByRelevant(r.Relevance, r.RelevantCount, k));
            case "ap_reachable": return Mean($"ap_reachable@{k}", null, (in r) => RankedListMetrics.AveragePrecisionByReachable(r.Relevance, r.RelevantCount, k));
            case "ndcg" or "ndcg_cut": return Mean($"ndcg@{k}", $"ndcg_cut_{k}", (in r) => RankedListMetrics.Ndcg(r.Grades, r.IdealGrades, k));
            case "ndcg_exp": return Mean($"ndcg_exp@{k}", null, (in r) => RankedListMetrics.NdcgExp(r.Grades, r.IdealGrades, k));
            case "tie_aware_ndcg": return Mean($"tie_aware_ndcg@{k}", null, (in r) => TieAwareNdcg.Of(r.Grades, r.Scores, r.IdealGrades, k, isExponential: false));
            case "tie_aware_ndcg_exp": return Mean($"tie_aware_ndcg_exp@{k}", null, (in r) => TieAwareNdcg.Of(r.Grades, r.Scores, r.IdealGrades, k, isExponential: true));
            case "rr" or "mrr" or "recip_rank": return Mean($"rr@{k}", null, (in r) => RankedListMetrics.ReciprocalRank(r.Relevance, k));
            case "relative_p": return Mean($"relative_P@{k}", $"relative_P_{k}", (in r) => JudgedListMetrics.RelativePrecision(r.Relevance, r.RelevantCount, k));
            case "unj" or "unjudged": return Mean($"unjudged@{k}", $"unj_{k}", (in r) => RankedListMetrics.UnjudgedShare(r.Relevance, k)) with { IsQuality = false };
            case "err": return ExpectedReciprocalRank(Math.Max(1, maximumGrade), k);
            default:
                return family.StartsWith(StatedMaximum, StringComparison.Ordinal) && byte.TryParse(family.AsSpan(StatedMaximum.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) && stated > 0
                    ? ExpectedReciprocalRank(stated, k)
                    : null;
        }
    }

    /// <summary>A metric with a share or a multiple in its name; null where there is none of that name.</summary>
    internal static RankingMetric? AtShare(string family, double share)
    {
        string Two(string name) => name + share.ToString("0.00", CultureInfo.InvariantCulture);
        string Plain(string name) => name + share.ToString("0.0##", CultureInfo.InvariantCulture);
        return family switch
        {
            "iprec" or "iprec_at_recall" when share <= 1 => Mean(Two("iprec@"), Two("iprec_at_recall_"), (in r) => JudgedListMetrics.InterpolatedPrecision(r.Relevance, r.RelevantCount, share)),
            "rprec_mult" => Mean(Two("rprec_mult_"), Two("Rprec_mult_"), (in r) => JudgedListMetrics.RPrecisionMultiple(r.Relevance, r.RelevantCount, share)),
            "rbp" or "rbp_p" when share is > 0 and < 1 => Mean(Plain("rbp_"), null, (in r) => RankedListMetrics.RankBiasedPrecision(r.Relevance, share)),
            "rbp_residual" or "rbp_resid" or "rbp_residual_p" when share is > 0 and < 1 =>
                Mean(Plain("rbp_residual_"), null, (in r) => RankedListMetrics.RankBiasedResidual(r.Relevance, share)) with { IsQuality = false },
            _ => null,
        };
    }

    private static RankingMetric ExpectedReciprocalRank(int maximumGrade, int k) =>
        Mean($"err_max{maximumGrade}@{k}", null, (in r) => RankedListMetrics.ExpectedReciprocalRank(r.Grades, maximumGrade, k));

    private static double AveragePrecision(in GradedRanking ranking) =>
        RankedListMetrics.AveragePrecisionByRelevant(ranking.Relevance, ranking.RelevantCount, int.MaxValue);

    private static double Preference(in GradedRanking ranking) =>
        JudgedListMetrics.BinaryPreference(ranking.Relevance, ranking.RelevantCount, ranking.NonrelevantCount);

    private static RankingMetric Mean(FormattableString name, FormattableString? trec, RankingValue of) =>
        Mean(name.ToString(CultureInfo.InvariantCulture), trec?.ToString(CultureInfo.InvariantCulture), of);

    private static RankingMetric Mean(string name, string? trec, RankingValue of) => new(name, trec, QueryAggregate.Mean, of);

    private static RankingMetric Count(string name, RankingValue of) => new(name, name, QueryAggregate.Sum, of) { IsQuality = false };
}
