using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Uniform negatives of one case: never of its history, never a judged product, each at most once.</summary>
internal static class NegativeSampler
{
    /// <summary>Draws the negatives; all that there are where fewer than asked for remain.</summary>
    /// <param name="productCount">Products in the catalogue.</param>
    /// <param name="excluded">Products never drawn; the drawn ones are added.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="seed">Seed of this case.</param>
    internal static int[] Draw(int productCount, HashSet<int> excluded, int count, Seed seed)
    {
        var free = productCount - excluded.Count;
        if (free <= count) return [.. Enumerable.Range(0, productCount).Where(product => !excluded.Contains(product))];
        var random = seed.NewRandom();
        if (free < 4 * count)
        {
            var left = Enumerable.Range(0, productCount).Where(product => !excluded.Contains(product)).ToArray();
            random.Shuffle<int>(left);
            return left[..count];
        }

        var drawn = new int[count];
        for (var i = 0; i < count; i++)
        {
            do drawn[i] = random.NextInt(productCount);
            while (!excluded.Add(drawn[i]));
        }

        return drawn;
    }
}
