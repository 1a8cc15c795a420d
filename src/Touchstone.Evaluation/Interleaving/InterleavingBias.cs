using Touchstone.Interleaving;

namespace Touchstone.Evaluation.Interleaving;

/// <summary>Exact chances of each winner.</summary>
/// <param name="First">The first ranking wins.</param>
/// <param name="Tie">Neither, or what would be clicked was not shown.</param>
/// <param name="Second">The second ranking wins.</param>
public readonly record struct WinnerChances(double First, double Tie, double Second);

/// <summary>
/// What a way of interleaving does to two given rankings, exactly: all lists that it may show, with their probabilities. It answers whether a
/// better ranking would be seen to win, and whether clicks at random favour one.
/// </summary>
public static class InterleavingBias
{
    /// <summary>Chances when exactly one product is clicked wherever it is shown, by team draft.</summary>
    /// <param name="lists">All lists with teams and probabilities.</param>
    /// <param name="product">The product clicked.</param>
    public static WinnerChances TeamDraftClickOn(IReadOnlyList<InterleavedList> lists, string product) =>
        Chances(lists, list => [IndexOf(list, product)], (list, at) => list.Teams[at] == 0 ? InterleavingWinner.First : InterleavingWinner.Second);

    /// <summary>Chances when one shown product is clicked at random, by team draft.</summary>
    /// <param name="lists">All lists with teams and probabilities.</param>
    public static WinnerChances TeamDraftRandomClick(IReadOnlyList<InterleavedList> lists) =>
        Chances(lists, All, (list, at) => list.Teams[at] == 0 ? InterleavingWinner.First : InterleavingWinner.Second);

    /// <summary>Chances when exactly one product is clicked wherever it is shown, by balanced interleaving.</summary>
    /// <param name="lists">Both lists.</param>
    /// <param name="first">The first ranking.</param>
    /// <param name="second">The second ranking.</param>
    /// <param name="product">The product clicked.</param>
    public static WinnerChances BalancedClickOn(IReadOnlyList<InterleavedList> lists, IReadOnlyList<string> first, IReadOnlyList<string> second, string product) =>
        Chances(lists, list => [IndexOf(list, product)], (list, at) => BalancedWinner(list, first, second, at));

    /// <summary>Chances when one shown product is clicked at random, by balanced interleaving.</summary>
    public static WinnerChances BalancedRandomClick(IReadOnlyList<InterleavedList> lists, IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        Chances(lists, All, (list, at) => BalancedWinner(list, first, second, at));

    /// <summary>Expected credit of one click at a uniformly random rank, first less second: 0 is fair.</summary>
    /// <param name="lists">All lists, with teams or credits, and probabilities.</param>
    public static double RandomClickCredit(IReadOnlyList<InterleavedList> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var sum = 0.0;
        foreach (var list in lists)
        {
            var inside = 0.0;
            for (var i = 0; i < list.Products.Count; i++) inside += list.Credits.Count > 0 ? list.Credits[i] : list.Teams[i] == 0 ? 1 : -1;
            if (list.Products.Count > 0) sum += list.Probability * inside / list.Products.Count;
        }

        return sum;
    }

    /// <summary>Expected credit of a click on a product wherever it is shown (0 where it is not), for lists with credits.</summary>
    public static double ClickCreditOf(IReadOnlyList<InterleavedList> lists, string product)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var sum = 0.0;
        foreach (var list in lists)
            if (IndexOf(list, product) is var at and >= 0) sum += list.Probability * list.Credits[at];
        return sum;
    }

    private static WinnerChances Chances(
        IReadOnlyList<InterleavedList> lists, Func<InterleavedList, IReadOnlyList<int>> clicks, Func<InterleavedList, int, InterleavingWinner> winner)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var (first, tie, second) = (0.0, 0.0, 0.0);
        foreach (var list in lists)
        {
            var places = clicks(list);
            foreach (var at in places)
            {
                var share = list.Probability / places.Count;
                switch (at < 0 ? InterleavingWinner.Tie : winner(list, at))
                {
                    case InterleavingWinner.First: first += share; break;
                    case InterleavingWinner.Second: second += share; break;
                    default: tie += share; break;
                }
            }
        }

        return new WinnerChances(first, tie, second);
    }

    private static InterleavingWinner BalancedWinner(InterleavedList list, IReadOnlyList<string> first, IReadOnlyList<string> second, int at)
    {
        var isClicked = new bool[list.Products.Count];
        isClicked[at] = true;
        int[] Ranks(IReadOnlyList<string> ranking) => [.. list.Products.Select(product => ranking.TakeWhile(other => other != product).Count() is var above && above < ranking.Count ? above + 1 : 0)];
        return ClickCredit.Balanced(Ranks(first), Ranks(second), isClicked).Winner;
    }

    private static IReadOnlyList<int> All(InterleavedList list) => [.. Enumerable.Range(0, list.Products.Count)];

    private static int IndexOf(InterleavedList list, string product)
    {
        for (var i = 0; i < list.Products.Count; i++)
            if (list.Products[i] == product) return i;
        return -1;
    }
}
