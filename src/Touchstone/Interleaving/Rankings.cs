namespace Touchstone.Interleaving;

/// <summary>What all ways of interleaving ask of the rankings they mix.</summary>
internal static class Rankings
{
    /// <summary>More lists than this are not enumerated.</summary>
    internal const int AllowedListsMax = 1 << 14;

    /// <summary>Refuses a ranking that names a product twice, and a length below 1.</summary>
    internal static void Check(IReadOnlyList<IReadOnlyList<string>> rankings, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (rankings.Count < 2) throw new ArgumentException($"{rankings.Count} rankings; interleaving mixes at least two.", nameof(rankings));
        for (var ranking = 0; ranking < rankings.Count; ranking++)
        {
            ArgumentNullException.ThrowIfNull(rankings[ranking]);
            HashSet<string> seen = new(StringComparer.Ordinal);
            for (var i = 0; i < rankings[ranking].Count; i++)
            {
                if (!seen.Add(rankings[ranking][i]))
                    throw new ArgumentException($"rankings[{ranking}] has \"{rankings[ranking][i]}\" again at rank {i + 1}; a product may stand once in a ranking.", nameof(rankings));
            }
        }
    }

    /// <summary>Product → rank from 1.</summary>
    internal static Dictionary<string, int> Ranks(IReadOnlyList<string> ranking)
    {
        Dictionary<string, int> ranks = new(StringComparer.Ordinal);
        for (var i = 0; i < ranking.Count; i++) ranks.Add(ranking[i], i + 1);
        return ranks;
    }

    /// <summary>The best product of a ranking that is not taken, or null where all are.</summary>
    internal static string? Next(IReadOnlyList<string> ranking, IReadOnlyCollection<string> taken)
    {
        foreach (var product in ranking)
            if (!taken.Contains(product)) return product;
        return null;
    }

    internal static InvalidOperationException TooMany(int k) =>
        new($"There are more than {AllowedListsMax:#,##0} lists of length {k}; enumerate shorter lists, or draw instead.");
}
