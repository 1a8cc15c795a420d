using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>Whose slates a log's are: columns of slates summed by cluster.</summary>
/// <param name="of">[slate] cluster.</param>
/// <param name="sizes">[cluster] its slates.</param>
internal sealed class SlateClusters(int[] of, double[] sizes)
{
    /// <summary>[cluster] its slates.</summary>
    public double[] Sizes => sizes;

    /// <summary>Clusters of a log; null where each slate stands for itself.</summary>
    /// <exception cref="ArgumentException">A slate without a cluster, or with a number out of turn (names the slate).</exception>
    public static SlateClusters? Of(SlateRounds slates)
    {
        if (slates.Clusters.Length == 0) return null;
        if (slates.Clusters.Length != slates.Count) throw new ArgumentException($"clusters has {slates.Clusters.Length} slates; expected {slates.Count}.", nameof(slates));
        var (sizes, count) = (new double[slates.Count], 0);
        for (var slate = 0; slate < slates.Count; slate++)
        {
            var cluster = slates.Clusters[slate];
            if (cluster < 0 || cluster > count) throw new ArgumentException($"clusters[{slate}] = {cluster}; expected 0 to {count}. Number clusters from 0 as they first come.", nameof(slates));
            count = Math.Max(count, cluster + 1);
            sizes[cluster]++;
        }

        return count == slates.Count ? null : new SlateClusters(slates.Clusters, sizes[..count]);
    }

    /// <summary>[slate] a column of slots summed by slate.</summary>
    public static double[] BySlate(SlateRounds slates, double[] slots)
    {
        var sums = new double[slates.Count];
        for (var slate = 0; slate < sums.Length; slate++)
            for (var slot = slates.Starts[slate]; slot < slates.Starts[slate + 1]; slot++) sums[slate] += slots[slot];
        return sums;
    }

    /// <summary>[cluster] a column of slates summed by cluster.</summary>
    public double[] Sums(double[] values)
    {
        var sums = new double[sizes.Length];
        EstimatorTerms.SumByCluster(of, values, sums);
        return sums;
    }

    /// <summary>Standard error of a mean over slates.</summary>
    public double ErrorOfMean(double[] values, double mean) => ClusterErrors.OfMean(Sums(values), sizes, mean);
}
