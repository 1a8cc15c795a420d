namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Metrics of what a recommender shows over all shoppers: how much of the catalogue, how evenly, how unknown, how different.</summary>
public static class CatalogueMetrics
{
    /// <summary>Share of the catalogue that is shown at all, in [0, 1]; NaN for an empty catalogue.</summary>
    /// <param name="shownCounts">[product] how often each product of the catalogue is shown; 0 for never.</param>
    public static double Coverage(ReadOnlySpan<long> shownCounts)
    {
        if (shownCounts.Length == 0) return double.NaN;
        var shown = 0;
        foreach (var count in shownCounts)
            if (count > 0) shown++;
        return shown / (double)shownCounts.Length;
    }

    /// <summary>Gini coefficient of how often products are shown, never-shown ones included: 0 even, towards 1 concentrated; NaN where nothing is shown.</summary>
    /// <param name="shownCounts">[product] how often each product of the catalogue is shown.</param>
    public static double Gini(ReadOnlySpan<long> shownCounts)
    {
        var sorted = shownCounts.ToArray();
        Array.Sort(sorted);
        var (weighted, total) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length; i++)
        {
            weighted += ((2.0 * (i + 1)) - sorted.Length - 1) * sorted[i];
            total += sorted[i];
        }

        return total == 0 ? double.NaN : weighted / (sorted.Length * total);
    }

    /// <summary>Entropy of what is shown, bits; NaN where nothing is shown.</summary>
    /// <param name="shownCounts">[product] how often each product of the catalogue is shown.</param>
    public static double ShannonBits(ReadOnlySpan<long> shownCounts)
    {
        var total = 0.0;
        foreach (var count in shownCounts) total += count;
        if (total == 0) return double.NaN;
        var bits = 0.0;
        foreach (var count in shownCounts)
            if (count > 0) bits -= count / total * Math.Log2(count / total);
        return bits;
    }

    /// <summary>Novelty of one slate: mean −log2((buyers + 1) / (units + 1)), bits; NaN for an empty slate. Defined for products nobody bought.</summary>
    /// <param name="slate">[rank] product indexes; negative ends the slate.</param>
    /// <param name="buyers">[product] units that had each product in training.</param>
    /// <param name="unitCount">All units in training.</param>
    public static double NoveltyBits(ReadOnlySpan<int> slate, ReadOnlySpan<int> buyers, int unitCount)
    {
        var (sum, count) = (0.0, 0);
        foreach (var product in slate)
        {
            if (product < 0) break;
            sum -= Math.Log2((buyers[product] + 1.0) / (unitCount + 1.0));
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Novelty of one slate without smoothing: mean −log2(buyers / units) over products with buyers; NaN where it has none (the slate is then skipped).</summary>
    /// <param name="slate">[rank] product indexes; negative ends the slate.</param>
    /// <param name="buyers">[product] units that had each product in training.</param>
    /// <param name="unitCount">All units in training.</param>
    public static double NoveltyBitsSkippingUnseen(ReadOnlySpan<int> slate, ReadOnlySpan<int> buyers, int unitCount)
    {
        var (sum, count) = (0.0, 0);
        foreach (var product in slate)
        {
            if (product < 0) break;
            if (buyers[product] == 0) continue;
            sum -= Math.Log2(buyers[product] / (double)unitCount);
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Mean buyers of a slate's products; NaN for an empty slate.</summary>
    /// <param name="slate">[rank] product indexes; negative ends the slate.</param>
    /// <param name="buyers">[product] units that had each product in training.</param>
    public static double AveragePopularity(ReadOnlySpan<int> slate, ReadOnlySpan<int> buyers)
    {
        var (sum, count) = (0.0, 0);
        foreach (var product in slate)
        {
            if (product < 0) break;
            sum += buyers[product];
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Mean pairwise 1 − cosine within one slate, in [0, 2]; 0 for one product; the cosine with a zero vector is 0.</summary>
    /// <param name="vectors">[rank, dimension] row by row.</param>
    /// <param name="dimension">Length of a vector.</param>
    public static double IntraListDistance(ReadOnlySpan<float> vectors, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var count = vectors.Length / dimension;
        if (count < 2) return count == 0 ? double.NaN : 0;
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
                sum += 1 - Cosine(vectors.Slice(i * dimension, dimension), vectors.Slice(j * dimension, dimension));
        }

        return sum / (count * (count - 1) / 2.0);
    }

    /// <summary>Share of the pairs of one slate that are of different categories, in [0, 1]; 0 for one product; NaN where fewer than one has a category.</summary>
    /// <param name="slate">[rank] product indexes; negative ends the slate.</param>
    /// <param name="categories">[product] category; a product with a negative one is passed over.</param>
    public static double IntraListDifference(ReadOnlySpan<int> slate, ReadOnlySpan<int> categories)
    {
        var (seen, different) = (0, 0L);
        for (var i = 0; i < slate.Length && slate[i] >= 0; i++)
        {
            if (categories[slate[i]] < 0) continue;
            for (var j = 0; j < i; j++)
                if (categories[slate[j]] >= 0 && categories[slate[j]] != categories[slate[i]]) different++;
            seen++;
        }

        return seen == 0 ? double.NaN : seen == 1 ? 0 : different / (seen * (seen - 1) / 2.0);
    }

    /// <summary>
    /// How much more popular the shown products are than the bought ones: mean buyers of a shown product / mean buyers of a bought product − 1
    /// (popularity lift; Abdollahpouri et al. 2019). 0 is as popular, above 0 favours the popular; NaN where nothing was bought.
    /// </summary>
    /// <param name="shownPopularity">Mean buyers of shown products.</param>
    /// <param name="buyers">[product] units that bought each product: a purchase each.</param>
    public static double PopularityLift(double shownPopularity, ReadOnlySpan<int> buyers)
    {
        var (sum, square) = (0.0, 0.0);
        foreach (var count in buyers)
        {
            sum += count;
            square += (double)count * count;
        }

        return sum == 0 ? double.NaN : (shownPopularity / (square / sum)) - 1;
    }

    private static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var (product, leftSquare, rightSquare) = (0.0, 0.0, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            product += (double)left[i] * right[i];
            leftSquare += (double)left[i] * left[i];
            rightSquare += (double)right[i] * right[i];
        }

        return leftSquare == 0 || rightSquare == 0 ? 0 : product / Math.Sqrt(leftSquare * rightSquare);
    }
}
