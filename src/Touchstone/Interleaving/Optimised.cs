using Touchstone.Numerics;

namespace Touchstone.Interleaving;

/// <summary>The lists that may be shown and how often, chosen to be fair and to tell most.</summary>
public sealed record OptimisedPlan
{
    /// <summary>Allowed lists with credits and probabilities; probabilities are 0 where nothing is feasible.</summary>
    public required IReadOnlyList<InterleavedList> Lists { get; init; }

    /// <summary>[list] sensitivity in nats.</summary>
    public required IReadOnlyList<double> Sensitivities { get; init; }

    /// <summary>Whether probabilities exist that are fair; without them use another way of interleaving.</summary>
    public required bool IsFeasible { get; init; }

    /// <summary>Expected sensitivity in nats, NaN where nothing is feasible.</summary>
    public required double Objective { get; init; }

    /// <summary>Draws a list.</summary>
    /// <exception cref="InvalidOperationException">Nothing is feasible.</exception>
    public InterleavedList Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!IsFeasible) throw new InvalidOperationException("No probabilities make these lists fair; interleave by team draft instead.");
        var (left, last) = (random.NextDouble(), Lists[0]);
        foreach (var list in Lists)
        {
            if (list.Probability == 0) continue;
            last = list;
            left -= list.Probability;
            if (left < 0) break;
        }

        return last;
    }
}

/// <summary>
/// Optimised interleaving (Radlinski and Craswell 2013). Allowed is a list each of whose beginnings is the union of a top of either ranking.
/// A linear program gives probabilities so that a click at random at any rank has no expected credit, hence no beginning has, and the
/// expected sensitivity is greatest: the entropy in nats of who wins (first, second, nobody) when one click falls on rank i with weight 1/i.
/// </summary>
public static class Optimised
{
    /// <summary>Lists and probabilities. Probabilities are not unique; these are the simplex method's.</summary>
    /// <param name="first">[rank − 1] the first ranking, distinct products.</param>
    /// <param name="second">[rank − 1] the second ranking, distinct products.</param>
    /// <param name="k">Most products shown, from 1; the allowed lists grow as 2^k.</param>
    /// <param name="rule">What a click is worth.</param>
    /// <exception cref="InvalidOperationException">Too many lists.</exception>
    public static OptimisedPlan Plan(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, CreditRule rule)
    {
        var lists = Allowed(first, second, k);
        var (firstRanks, secondRanks) = (Rankings.Ranks(first), Rankings.Ranks(second));
        double Credit(string product) => RankCredit.Of(
            rule, firstRanks.GetValueOrDefault(product, first.Count + 1), secondRanks.GetValueOrDefault(product, second.Count + 1));
        double[][] credits = [.. lists.Select(list => list.Select(Credit).ToArray())];
        double[] sensitivities = [.. credits.Select(list => Sensitivity(list))];
        var length = lists.Max(list => list.Count);
        // Equal at every rank is equal in every beginning; all lists have one length.
        List<double[]> rows = [.. Enumerable.Range(0, length).Select(rank => credits.Select(list => rank < list.Length ? list[rank] : 0).ToArray())];
        rows.Add([.. credits.Select(_ => 1.0)]);
        var right = new double[rows.Count];
        right[^1] = 1;
        var optimum = LinearProgram.Maximise(sensitivities, rows, right);
        return new OptimisedPlan
        {
            Lists = [.. lists.Select((list, i) => new InterleavedList { Products = list, Credits = credits[i], Probability = optimum?.Solution[i] ?? 0 })],
            Sensitivities = sensitivities,
            IsFeasible = optimum is not null,
            Objective = optimum?.Objective ?? double.NaN,
        };
    }

    /// <summary>Entropy in nats of who wins when one click falls on rank i with weight 1/i.</summary>
    /// <param name="credits">[rank − 1] credit of a click.</param>
    public static double Sensitivity(ReadOnlySpan<double> credits)
    {
        var (wins, losses, ties) = (0.0, 0.0, 0.0);
        for (var i = 0; i < credits.Length; i++)
        {
            var weight = 1.0 / (i + 1);
            if (credits[i] > 0) wins += weight;
            else if (credits[i] < 0) losses += weight;
            else ties += weight;
        }

        var total = wins + losses + ties;
        return Part(wins / total) + Part(losses / total) + Part(ties / total);

        static double Part(double share) => share > 0 ? -share * Math.Log(share) : 0;
    }

    private static List<List<string>> Allowed(IReadOnlyList<string> first, IReadOnlyList<string> second, int k)
    {
        Rankings.Check([first, second], k);
        List<List<string>> lists = [];
        Grow([]);
        return lists;

        void Grow(List<string> list)
        {
            var (a, b) = (Rankings.Next(first, list), Rankings.Next(second, list));
            if (list.Count == k || (a is null && b is null))
            {
                if (lists.Count == Rankings.AllowedListsMax) throw Rankings.TooMany(k);
                lists.Add([.. list]);
                return;
            }

            if (a is not null) Grow([.. list, a]);
            if (b is not null && b != a) Grow([.. list, b]);
        }
    }
}
