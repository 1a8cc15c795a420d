using Touchstone.Numerics;

namespace Touchstone.Interleaving;

/// <summary>
/// Balanced interleaving (Joachims 2003): one coin says who begins; then the ranking that is less deep goes on, so that every beginning of
/// the list holds equally deep tops of both. Ends at k or when one ranking is used up. Biased under random clicks: see docs/metrics.md.
/// </summary>
public static class Balanced
{
    /// <summary>Draws a list.</summary>
    /// <param name="first">[rank − 1] the first ranking, distinct products.</param>
    /// <param name="second">[rank − 1] the second ranking, distinct products.</param>
    /// <param name="k">Most products shown, from 1.</param>
    /// <param name="random">Source of the coin.</param>
    public static InterleavedList Draw(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Allowed(first, second, k)[random.NextInt(2)];
    }

    /// <summary>The list where the first ranking begins, and the one where the second does; each of probability ½, perhaps equal.</summary>
    public static IReadOnlyList<InterleavedList> Allowed(IReadOnlyList<string> first, IReadOnlyList<string> second, int k)
    {
        Rankings.Check([first, second], k);
        return [Make(first, second, k, true), Make(first, second, k, false)];
    }

    private static InterleavedList Make(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, bool isFirstAhead)
    {
        List<string> products = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        var (a, b) = (0, 0);
        while (products.Count < k && a < first.Count && b < second.Count)
        {
            var product = a < b || (a == b && isFirstAhead) ? first[a++] : second[b++];
            if (taken.Add(product)) products.Add(product);
        }

        return new InterleavedList { Products = products, Probability = 0.5 };
    }
}
