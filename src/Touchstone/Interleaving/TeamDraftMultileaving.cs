using Touchstone.Numerics;

namespace Touchstone.Interleaving;

/// <summary>
/// Team draft among any number of rankings (Schuth et al. 2014): the next place goes to a team with the fewest products, by lot among
/// those, and that team takes its best product not yet shown. Ends at length k, or when any ranking has nothing new to give.
/// </summary>
public static class TeamDraftMultileaving
{
    /// <summary>Draws a list.</summary>
    /// <param name="rankings">[ranking][rank − 1] products, best first, distinct within a ranking.</param>
    /// <param name="k">Most products shown, from 1.</param>
    /// <param name="random">Source of the lots.</param>
    /// <exception cref="ArgumentException">Fewer than two rankings, or a product twice in one (names it).</exception>
    public static InterleavedList Draw(IReadOnlyList<IReadOnlyList<string>> rankings, int k, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentNullException.ThrowIfNull(random);
        Rankings.Check(rankings, k);
        List<string> products = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<int> teams = [];
        var sizes = new int[rankings.Count];
        var probability = 1.0;
        while (products.Count < k && rankings.All(ranking => Rankings.Next(ranking, taken) is not null))
        {
            var turn = Turn(sizes);
            var team = turn.Count == 1 ? turn[0] : turn[random.NextInt(turn.Count)];
            probability /= turn.Count;
            Take(rankings[team], team, products, taken, teams, sizes);
        }

        return new InterleavedList { Products = products, Teams = teams, Probability = probability };
    }

    /// <summary>All outcomes with their exact probabilities, in order of the lots; one list may come with several assignments of teams.</summary>
    /// <exception cref="InvalidOperationException">Too many outcomes.</exception>
    public static IReadOnlyList<InterleavedList> Allowed(IReadOnlyList<IReadOnlyList<string>> rankings, int k)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        Rankings.Check(rankings, k);
        List<InterleavedList> lists = [];
        Grow([], [], new int[rankings.Count], 1);
        return lists;

        void Grow(List<string> products, List<int> teams, int[] sizes, double probability)
        {
            if (products.Count == k || rankings.Any(ranking => Rankings.Next(ranking, products) is null))
            {
                if (lists.Count == Rankings.AllowedListsMax) throw Rankings.TooMany(k);
                lists.Add(new InterleavedList { Products = [.. products], Teams = [.. teams], Probability = probability });
                return;
            }

            var turn = Turn(sizes);
            foreach (var team in turn)
            {
                List<string> longer = [.. products];
                List<int> with = [.. teams];
                var grown = (int[])sizes.Clone();
                HashSet<string> taken = new(products, StringComparer.Ordinal);
                Take(rankings[team], team, longer, taken, with, grown);
                Grow(longer, with, grown, probability / turn.Count);
            }
        }
    }

    private static List<int> Turn(int[] sizes)
    {
        var fewest = sizes.Min();
        return [.. Enumerable.Range(0, sizes.Length).Where(team => sizes[team] == fewest)];
    }

    private static void Take(IReadOnlyList<string> ranking, int team, List<string> products, HashSet<string> taken, List<int> teams, int[] sizes)
    {
        if (Rankings.Next(ranking, taken) is not { } product) return;
        products.Add(product);
        taken.Add(product);
        teams.Add(team);
        sizes[team]++;
    }
}
