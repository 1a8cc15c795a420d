namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Similarity of one product to all others (Sarwar et al. 2001, with shrinkage in the denominator).</summary>
internal static class ItemSimilarity
{
    /// <summary>[product] what a product weighs by itself: |X_a| for the cosine, how many units for Jaccard.</summary>
    internal static double[] Sizes(UnitMatrix matrix, SimilarityKind kind)
    {
        var sizes = new double[matrix.ProductCount];
        for (var product = 0; product < sizes.Length; product++)
        {
            double sum = 0;
            foreach (var value in matrix.OfProduct(product).Values) sum += Presence(value, kind) * Presence(value, kind);
            sizes[product] = kind == SimilarityKind.Cosine ? Math.Sqrt(sum) : sum;
        }

        return sizes;
    }

    /// <summary>Fills the sums of one product with its similarities; itself and products without common units stay 0.</summary>
    internal static void Fill(UnitMatrix matrix, int product, SimilarityKind kind, double shrinkage, ReadOnlySpan<double> sizes, RowSelection.Scratch scratch)
    {
        var (units, values) = matrix.OfProduct(product);
        for (var i = 0; i < units.Count; i++)
        {
            var own = Presence(values[i], kind);
            var (others, otherValues) = matrix.OfUnit(units[i]);
            for (var j = 0; j < others.Count; j++)
                if (others[j] != product) scratch.Add(others[j], own * Presence(otherValues[j], kind));
        }

        foreach (var other in scratch.Touched)
        {
            var common = scratch.Sums[other];
            var all = kind switch
            {
                SimilarityKind.Cosine => sizes[product] * sizes[other],
                SimilarityKind.Jaccard => sizes[product] + sizes[other] - common,
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown similarity."),
            };
            scratch.Sums[other] = common / (all + shrinkage);
        }
    }

    private static double Presence(double value, SimilarityKind kind) => kind == SimilarityKind.Jaccard ? 1 : value;
}
