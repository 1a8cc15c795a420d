using Touchstone.Numerics;

namespace Touchstone.Evaluation.Interleaving;

/// <summary>The exact sign test, and what goes with it: the share of wins with its exact interval.</summary>
public static class SignTest
{
    /// <summary>Exact two-sided p of wins against losses, ties left out: min(1, 2 P(X ≥ max(wins, losses))), X binomial with ½. 1 where there are none.</summary>
    /// <param name="wins">At least 0.</param>
    /// <param name="losses">At least 0.</param>
    public static double P(int wins, int losses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wins);
        ArgumentOutOfRangeException.ThrowIfNegative(losses);
        var n = wins + losses;
        return n == 0 ? 1 : Math.Min(1, 2 * Upper(n, Math.Max(wins, losses), 0.5));
    }

    /// <summary>P(X ≥ <paramref name="from"/>) for a binomial X.</summary>
    /// <param name="n">Trials.</param>
    /// <param name="from">Least count.</param>
    /// <param name="probability">Chance of each, in [0, 1].</param>
    public static double Upper(int n, int from, double probability) =>
        from <= 0 ? 1 : from > n ? 0 : Distributions.BetaCdf(probability, from, n - from + 1);

    /// <summary>Share of wins among wins and losses with its exact interval (Clopper and Pearson 1934), NaN where there are none.</summary>
    public static (double Share, double Low, double High) Share(int wins, int losses, double level = 0.95)
    {
        var n = wins + losses;
        if (n == 0) return (double.NaN, double.NaN, double.NaN);
        var alpha = (1 - level) / 2;
        return (
            (double)wins / n,
            wins == 0 ? 0 : Distributions.BetaQuantile(alpha, wins, losses + 1),
            losses == 0 ? 1 : Distributions.BetaQuantile(1 - alpha, wins + 1, losses));
    }

    /// <summary>Chance that the test rejects at <paramref name="alpha"/> when each decided list is won with chance <paramref name="share"/>: exact.</summary>
    /// <param name="n">Decided lists.</param>
    /// <param name="share">Chance of a win, in [0, 1].</param>
    /// <param name="alpha">Size of the test.</param>
    public static double Power(int n, double share, double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies in [0, 1].");
        // The fewest wins that reject; none may.
        var (low, high) = ((n / 2) + 1, n + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (2 * Upper(n, middle, 0.5) <= alpha) high = middle;
            else low = middle + 1;
        }

        return low > n ? 0 : Upper(n, low, share) + Upper(n, low, 1 - share);
    }
}
