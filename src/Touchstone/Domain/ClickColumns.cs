namespace Touchstone.Domain;

/// <summary>How often products were shown and clicked, by query and rank, as columns.</summary>
public sealed record ClickColumns
{
    /// <summary>[pair] query of each pair of a query and a product, pairs ascending by query, then product (ordinal UTF-8).</summary>
    public required IReadOnlyList<string> Queries { get; init; }

    /// <summary>[pair] product.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>[row] index of the pair.</summary>
    public required int[] Pairs { get; init; }

    /// <summary>[row] rank at which it was shown, from 1.</summary>
    public required int[] Ranks { get; init; }

    /// <summary>[row] times shown, from 0.</summary>
    public required double[] Impressions { get; init; }

    /// <summary>[row] times clicked, at most the times shown.</summary>
    public required double[] Clicks { get; init; }

    /// <summary>What speaks against trusting the log, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentException">Columns of unequal length, a pair or rank out of range, more clicks than impressions (names the row).</exception>
    public void Check()
    {
        var count = Pairs.Length;
        if (Queries.Count != Products.Count) throw new ArgumentException($"{Queries.Count} queries and {Products.Count} products; expected one each a pair.");
        if (Ranks.Length != count || Impressions.Length != count || Clicks.Length != count)
            throw new ArgumentException($"{count} pairs, {Ranks.Length} ranks, {Impressions.Length} impressions, {Clicks.Length} clicks; expected as many.");
        for (var row = 0; row < count; row++)
        {
            if ((uint)Pairs[row] >= (uint)Queries.Count) throw new ArgumentException($"Pairs[{row}] = {Pairs[row]}; expected 0 to {Queries.Count - 1}.");
            if (Ranks[row] < 1) throw new ArgumentException($"Ranks[{row}] = {Ranks[row]}; ranks count from 1.");
            if (!(Impressions[row] >= 0) || double.IsInfinity(Impressions[row])) throw new ArgumentException($"Impressions[{row}] = {Impressions[row]}; expected a count from 0.");
            if (!(Clicks[row] >= 0) || Clicks[row] > Impressions[row]) throw new ArgumentException($"Clicks[{row}] = {Clicks[row]} of {Impressions[row]} impressions; expected 0 to the impressions.");
        }
    }
}
