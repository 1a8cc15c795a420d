using Touchstone.Domain;

namespace Touchstone.Evaluation.Clicks;

/// <summary>Which ranks can be compared: those linked to the highest rank shown by products that were shown at several.</summary>
internal static class RankLinks
{
    /// <summary>[rank − 1] whether it is linked.</summary>
    internal static bool[] Of(ClickColumns columns, int rankCount)
    {
        var parents = Enumerable.Range(0, rankCount).ToArray();
        int Root(int rank)
        {
            while (parents[rank] != rank) rank = parents[rank] = parents[parents[rank]];
            return rank;
        }

        var firstRank = new int[columns.Queries.Count];
        Array.Fill(firstRank, -1);
        var (highest, isClicked) = (int.MaxValue, Clicked(columns));
        for (var row = 0; row < columns.Pairs.Length; row++)
        {
            if (columns.Impressions[row] == 0) continue;
            var (pair, rank) = (columns.Pairs[row], columns.Ranks[row] - 1);
            highest = Math.Min(highest, rank);
            // A pair that was never clicked anywhere fits any examination: its attraction is 0 and it links nothing.
            if (firstRank[pair] < 0) firstRank[pair] = rank;
            else if (isClicked[pair]) parents[Root(rank)] = Root(firstRank[pair]);
        }

        return [.. Enumerable.Range(0, rankCount).Select(rank => highest < rankCount && Root(rank) == Root(highest))];
    }

    private static bool[] Clicked(ClickColumns columns)
    {
        var clicked = new bool[columns.Queries.Count];
        for (var row = 0; row < columns.Pairs.Length; row++) clicked[columns.Pairs[row]] |= columns.Clicks[row] > 0;
        return clicked;
    }
}
