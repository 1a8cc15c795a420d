namespace Touchstone.Search.Fusion;

/// <summary>Reciprocal rank fusion: a product's score is Σ 1 / (k + rank) over the lists that have it (Cormack, Clarke and Büttcher 2009, eq. 1).</summary>
public static class ReciprocalRank
{
    /// <summary>k of the paper.</summary>
    public const double StandardK = 60;

    /// <summary>Scores of all products that any list has.</summary>
    /// <param name="lists">Products, best first; ranks count from 1.</param>
    /// <param name="k">Above 0: how little the first ranks stand out.</param>
    /// <param name="weights">[list] factor of each; null: 1 each.</param>
    /// <returns>Product → score.</returns>
    /// <exception cref="ArgumentException">k or a weight out of range, or weights of another number than lists.</exception>
    public static IReadOnlyDictionary<T, double> Fuse<T>(IReadOnlyList<IReadOnlyList<T>> lists, double k = StandardK, IReadOnlyList<double>? weights = null) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(lists);
        if (!(k > 0)) throw new ArgumentOutOfRangeException(nameof(k), k, "Expected a number above 0.");
        if (weights is not null && (weights.Count != lists.Count || weights.Any(weight => !(weight >= 0))))
            throw new ArgumentException($"{lists.Count} lists need as many weights from 0; there are {weights.Count}.", nameof(weights));
        var scores = new Dictionary<T, double>();
        for (var list = 0; list < lists.Count; list++)
        {
            for (var place = 0; place < lists[list].Count; place++)
                scores[lists[list][place]] = scores.GetValueOrDefault(lists[list][place]) + (weights?[list] ?? 1) / (k + place + 1);
        }

        return scores;
    }
}
