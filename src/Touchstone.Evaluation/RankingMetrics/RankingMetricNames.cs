using System.Globalization;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>
/// Metrics by name, in our spelling (<c>ndcg@10</c>, <c>P@5</c>) and in trec_eval's (<c>ndcg_cut_10</c>, <c>ndcg_cut.10,20</c>, <c>P_5</c>), whatever the
/// case. A family without a cut-off has trec_eval's; <c>trec</c> is its default output.
/// </summary>
public static class RankingMetricNames
{
    /// <summary>What is taken where nothing is named.</summary>
    public const string Default = "ndcg@10,ndcg_exp@10,map,rr,P@10,recall@100,unjudged@10";

    /// <summary>The name of trec_eval's default output.</summary>
    public const string Trec = "trec";

    /// <summary>All names, k standing for a cut-off, for messages and help.</summary>
    public const string Known =
        "ndcg, ndcg@k (linear gain), ndcg_exp, ndcg_exp@k, tie_aware_ndcg@k, tie_aware_ndcg_exp@k, map, ap@k (by all relevant), ap_reachable@k (by min(R, k)), P@k, recall@k, hit@k, rr, rr@k, rprec, bpref, "
        + "err@k, rbp_0.8, rbp_residual_0.8, unjudged@k, auc, iprec@0.10, gm_map, gm_bpref, infAP, 11pt_avg, rprec_mult_0.20, relative_P@k, set_P, set_recall, set_F, set_map, set_relative_P, utility, binG, "
        + "num_q, num_ret, num_rel, num_rel_ret, num_nonrel_judged_ret, trec";

    private const string TrecDefault = "num_q,num_ret,num_rel,num_rel_ret,map,gm_map,Rprec,bpref,recip_rank,iprec_at_recall,P";
    private static readonly double[] s_cutOffs = [5, 10, 15, 20, 30, 100, 200, 500, 1000];
    private static readonly double[] s_tenths = [0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1];
    private static readonly double[] s_multiples = [.2, .4, .6, .8, 1, 1.2, 1.4, 1.6, 1.8, 2];

    /// <summary>The metrics of a list of names, each once, in the order named.</summary>
    /// <param name="names">Names parted by commas.</param>
    /// <param name="maximumGrade">Largest grade of the judgments: the scale of <c>err@k</c>, whose full name states it.</param>
    /// <exception cref="ArgumentException">A name is unknown, or its cut-off cannot be (names it and tells the known).</exception>
    public static IReadOnlyList<RankingMetric> Parse(string names, int maximumGrade)
    {
        ArgumentNullException.ThrowIfNull(names);
        List<RankingMetric> metrics = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        var family = "";
        foreach (var token in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // "P.5,10": a bare number goes on with the family before it.
            var isMore = family.Length > 0 && Number(token) is not null;
            var name = isMore ? $"{family}.{token}" : token;
            if (name.Equals(Trec, StringComparison.OrdinalIgnoreCase) || name.Equals("official", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var metric in Parse(TrecDefault, maximumGrade))
                    if (seen.Add(metric.Name)) metrics.Add(metric);
                family = "";
                continue;
            }

            (family, var number) = Split(name);
            foreach (var at in number is { } one ? [one] : CutOffs(name))
            {
                var metric = Make(number is null ? name : family, at, maximumGrade)
                    ?? throw new ArgumentException($"There is no metric \"{token}\". Known: {Known}.", nameof(names));
                if (seen.Add(metric.Name)) metrics.Add(metric);
            }
        }

        if (metrics.Count == 0) throw new ArgumentException($"No metric is named. Known: {Known}.", nameof(names));
        return metrics;
    }

    private static double[] CutOffs(string family) => family.ToLowerInvariant() switch
    {
        "p" or "recall" or "ndcg_cut" or "map_cut" or "relative_p" => s_cutOffs,
        "iprec_at_recall" => s_tenths,
        "rprec_mult" => s_multiples,
        "success" or "hit" => [1, 5, 10],
        "unj" or "unjudged" => [5, 10, 20],
        "rbp" or "rbp_residual" or "rbp_resid" => [0.8],
        _ => [double.NaN],
    };

    /// <summary>The metric, or null where there is none of that name; a NaN number is none.</summary>
    private static RankingMetric? Make(string family, double number, int maximumGrade)
    {
        var lower = family.ToLowerInvariant();
        if (double.IsNaN(number)) return RankingMetricCatalogue.Whole(lower);
        if (RankingMetricCatalogue.AtShare(lower, number) is { } atShare) return atShare;
        if (number != Math.Floor(number) || number is < 1 or > int.MaxValue)
            return RankingMetricCatalogue.AtRank(lower, 1, maximumGrade) is null
                ? null
                : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{family}@{number}: a cut-off is a whole number from 1."));
        return RankingMetricCatalogue.AtRank(lower, (int)number, maximumGrade);
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Family and number of a name: the number follows the first @, _ or full stop behind which there is nothing else; without one, "" and null.</summary>
    private static (string Family, double? Number) Split(string name)
    {
        for (var at = 1; at < name.Length - 1; at++)
            if (name[at] is '@' or '_' or '.' && Number(name[(at + 1)..]) is { } number) return (name[..at], number);
        return ("", null);
    }
}
