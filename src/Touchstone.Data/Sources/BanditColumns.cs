namespace Touchstone.Data.Sources;

/// <summary>Fields of a log with propensities and of policies, with the names that their columns go by; Open Bandit Pipeline's are among them.</summary>
internal static class BanditColumns
{
    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.Ordinal)
    {
        ["reward"] = ["reward", "rewards", "click", "revenue", "margin"],
        ["propensity"] = ["propensity", "pscore", "propensityscore", "actionprob", "probability"],
        ["action"] = ["action", "itemid", "item", "productid", "product", "actionid"],
        ["target"] = ["target", "targetpropensity", "targetprobability", "evaluationpolicypscore", "pie"],
        ["q_hat"] = ["qhat", "modelledreward"],
        ["q_hat_target"] = ["qhattarget", "modelledvalue"],
        ["category"] = ["category"],
        ["category_propensity"] = ["categorypropensity"],
        ["category_target"] = ["categorytarget"],
        ["probability"] = ["probability", "prob", "actionprob", "actiondist", "target", "pie", "share"],
        ["cluster"] = ["cluster", "clusterid", "shopper", "shopperid", "user", "userid", "customer", "customerid", "session", "sessionid"],
        ["slate"] = ["slate", "slateid"],
        ["position"] = ["position", "slot", "rank"],
        ["propensity_slot"] = ["propensityslot", "pscoreitemposition"],
        ["propensity_prefix"] = ["propensityprefix", "pscorecascade"],
        ["target_slot"] = ["targetslot", "evaluationpolicypscoreitemposition"],
        ["target_prefix"] = ["targetprefix", "evaluationpolicypscorecascade"],
        ["pseudo_inverse_weight"] = ["pseudoinverseweight"],
    };

    /// <summary>Fields that may be mapped.</summary>
    public static IEnumerable<string> Fields => s_names.Keys;

    /// <summary>Index of a field's column; −1 where the table has none.</summary>
    /// <exception cref="SourceException">A mapped column is not there.</exception>
    public static int Find(TableFile table, string field, IReadOnlyDictionary<string, string> mapped)
    {
        if (mapped.TryGetValue(field, out var stated))
        {
            var at = table.Find(stated);
            return at >= 0 ? at : throw new SourceException(table.Path, 1, $"has no column \"{stated}\", which is to be read as {field}; it has: {string.Join(", ", table.Columns)}.");
        }

        return table.Find(s_names[field]);
    }

    /// <summary>Index of a field's column.</summary>
    /// <exception cref="SourceException">The table has none; names what would do.</exception>
    public static int Require(TableFile table, string field, IReadOnlyDictionary<string, string> mapped, string why)
    {
        var at = Find(table, field, mapped);
        return at >= 0 ? at : throw new SourceException(table.Path, 1, $"has no column {field}; it has: {string.Join(", ", table.Columns)}. {why}");
    }
}
