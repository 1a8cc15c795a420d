namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// Errors of estimates over rounds that come in clusters, mostly several of one shopper, from sums by cluster: the variance of a ratio of sums, linearised,
/// with clusters as the independent units (Cochran 1977, ch. 11; Liang and Zeger 1986). Clusters of a round each give the errors of independent rounds.
/// </summary>
public static class ClusterErrors
{
    /// <summary>Standard error of a mean over rounds: √(G/(G − 1) Σ (S − n mean)²) / Σn over G clusters; NaN below two.</summary>
    /// <param name="sums">[cluster] S, the sum of its rounds' terms.</param>
    /// <param name="sizes">[cluster] n, its rounds.</param>
    /// <param name="mean">Mean over all rounds.</param>
    /// <exception cref="ArgumentException">Columns of unequal length.</exception>
    public static double OfMean(ReadOnlySpan<double> sums, ReadOnlySpan<double> sizes, double mean)
    {
        SameLength(sizes.Length, sums.Length, nameof(sums));
        if (sizes.Length < 2) return double.NaN;
        var (squares, rounds) = (0.0, 0.0);
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            var apart = sums[cluster] - (sizes[cluster] * mean);
            squares += apart * apart;
            rounds += sizes[cluster];
        }

        return Math.Sqrt(squares * sizes.Length / (sizes.Length - 1)) / rounds;
    }

    /// <summary>
    /// Standard error of mean D + ΣWe/ΣW: √Σψ² / Σn with ψ = ΣD − n mean D + (ΣWe − V ΣW)/mean W of a cluster, V = ΣWe/ΣW (over n, as
    /// <see cref="SelfNormalisedMoments"/>); NaN below two clusters, or where all weights are 0.
    /// </summary>
    /// <param name="bases">[cluster] ΣD; empty without a model.</param>
    /// <param name="weights">[cluster] ΣW.</param>
    /// <param name="corrections">[cluster] ΣWe.</param>
    /// <param name="sizes">[cluster] n, its rounds.</param>
    /// <exception cref="ArgumentException">Columns of unequal length.</exception>
    public static double OfSelfNormalised(ReadOnlySpan<double> bases, ReadOnlySpan<double> weights, ReadOnlySpan<double> corrections, ReadOnlySpan<double> sizes)
    {
        SameLength(sizes.Length, weights.Length, nameof(weights));
        SameLength(sizes.Length, corrections.Length, nameof(corrections));
        if (!bases.IsEmpty) SameLength(sizes.Length, bases.Length, nameof(bases));
        var (rounds, weight, correction, level) = (Sum(sizes), Sum(weights), Sum(corrections), Sum(bases));
        if (sizes.Length < 2 || weight == 0) return double.NaN;
        var (squares, ratio) = (0.0, correction / weight);
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            var influence = (corrections[cluster] - (ratio * weights[cluster])) * (rounds / weight);
            if (!bases.IsEmpty) influence += bases[cluster] - (sizes[cluster] * (level / rounds));
            squares += influence * influence;
        }

        return Math.Sqrt(squares) / rounds;
    }

    /// <summary>
    /// Effective number of clusters, (ΣW)²/ΣW² of the clusters' own sums of weights (Kish 1965): as many clusters of equal weight would say as much. At most
    /// their number; 0 where all weights are 0.
    /// </summary>
    /// <param name="weights">[cluster] ΣW.</param>
    public static double Effective(ReadOnlySpan<double> weights)
    {
        var largest = 0.0;
        foreach (var weight in weights) largest = Math.Max(largest, Math.Abs(weight));
        if (largest == 0) return 0;
        // In units of the largest: 1e200 has no square as a double.
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            sum += weight / largest;
            squares += weight / largest * (weight / largest);
        }

        return sum * sum / squares;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    private static void SameLength(int expected, int actual, string name)
    {
        if (expected != actual) throw new ArgumentException($"{name} has {actual} clusters; expected {expected}.", name);
    }
}
