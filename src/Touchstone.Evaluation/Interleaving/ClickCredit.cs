namespace Touchstone.Evaluation.Interleaving;

/// <summary>Balanced interleaving's reckoning of one list.</summary>
/// <param name="Depth">Depth to which both rankings are looked at, from 1; 0 without a click.</param>
/// <param name="FirstHits">Clicked products in the first ranking's top of that depth.</param>
/// <param name="SecondHits">Clicked products in the second ranking's top of that depth.</param>
public readonly record struct BalancedHits(int Depth, int FirstHits, int SecondHits)
{
    /// <summary>Who has more.</summary>
    public InterleavingWinner Winner => FirstHits > SecondHits ? InterleavingWinner.First : FirstHits < SecondHits ? InterleavingWinner.Second : InterleavingWinner.Tie;
}

/// <summary>From clicks to a winner, by the rule of each way of interleaving. A product clicked twice counts once.</summary>
public static class ClickCredit
{
    /// <summary>Team draft: the team with more clicked products (Radlinski, Kurup and Joachims 2008).</summary>
    /// <param name="teams">[rank − 1] index of each product's ranking.</param>
    /// <param name="isClicked">[rank − 1] whether it was clicked.</param>
    /// <param name="first">Index of the ranking that counts as first.</param>
    /// <param name="second">Index of the other.</param>
    /// <exception cref="ArgumentException">Columns of unequal length.</exception>
    public static InterleavingWinner TeamDraft(ReadOnlySpan<int> teams, ReadOnlySpan<bool> isClicked, int first = 0, int second = 1)
    {
        Check(teams.Length, isClicked.Length, nameof(isClicked));
        var balance = 0;
        for (var i = 0; i < teams.Length; i++)
            if (isClicked[i]) balance += teams[i] == first ? 1 : teams[i] == second ? -1 : 0;
        return Of(balance);
    }

    /// <summary>
    /// Balanced: with d the lowest clicked product, both rankings are cut at the smaller of d's ranks in them; more clicked products in
    /// the cut ranking wins (Joachims 2003).
    /// </summary>
    /// <param name="firstRanks">[rank − 1] rank of each shown product in the first ranking, 0 where it lacks it.</param>
    /// <param name="secondRanks">[rank − 1] rank of each shown product in the second ranking, 0 where it lacks it.</param>
    /// <param name="isClicked">[rank − 1] whether it was clicked.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or a clicked product in neither ranking (names its rank).</exception>
    public static BalancedHits Balanced(ReadOnlySpan<int> firstRanks, ReadOnlySpan<int> secondRanks, ReadOnlySpan<bool> isClicked)
    {
        Check(firstRanks.Length, isClicked.Length, nameof(isClicked));
        Check(firstRanks.Length, secondRanks.Length, nameof(secondRanks));
        var lowest = isClicked.LastIndexOf(true);
        if (lowest < 0) return default;
        var depth = Math.Min(Depth(firstRanks[lowest]), Depth(secondRanks[lowest]));
        if (depth == int.MaxValue) throw new ArgumentException($"The product at rank {lowest + 1} stands in neither ranking; log its rank in one of them.", nameof(firstRanks));
        var (first, second) = (0, 0);
        for (var i = 0; i <= lowest; i++)
        {
            if (!isClicked[i]) continue;
            if (Depth(firstRanks[i]) <= depth) first++;
            if (Depth(secondRanks[i]) <= depth) second++;
        }

        return new BalancedHits(depth, first, second);

        static int Depth(int rank) => rank > 0 ? rank : int.MaxValue;
    }

    /// <summary>Sum of the clicked products' credits, good for the first ranking where positive.</summary>
    /// <param name="credits">[rank − 1] credit of a click.</param>
    /// <param name="isClicked">[rank − 1] whether it was clicked.</param>
    public static double Sum(ReadOnlySpan<double> credits, ReadOnlySpan<bool> isClicked)
    {
        Check(credits.Length, isClicked.Length, nameof(isClicked));
        var sum = 0.0;
        for (var i = 0; i < credits.Length; i++)
            if (isClicked[i]) sum += credits[i];
        return sum;
    }

    /// <summary>The winner by a balance.</summary>
    internal static InterleavingWinner Of(double balance) =>
        balance > 0 ? InterleavingWinner.First : balance < 0 ? InterleavingWinner.Second : InterleavingWinner.Tie;

    private static void Check(int expected, int length, string name)
    {
        if (length != expected) throw new ArgumentException($"{length} entries; expected {expected}, one a shown product.", name);
    }
}
