namespace Touchstone.Evaluation.OffPolicy;

/// <summary>Clusters of a log, mostly shoppers, whose rounds are not independent of each other.</summary>
/// <param name="Count">Clusters.</param>
/// <param name="LargestRounds">Rounds (slates) of the largest.</param>
/// <param name="Effective">As many clusters of equal weight say as much; at most their number.</param>
public sealed record ClusterReport(int Count, long LargestRounds, double Effective)
{
    /// <summary>From sums by cluster.</summary>
    /// <param name="sizes">[cluster] its rounds.</param>
    /// <param name="weights">[cluster] sum of its weights.</param>
    public static ClusterReport Of(ReadOnlySpan<double> sizes, ReadOnlySpan<double> weights)
    {
        var largest = 0.0;
        foreach (var size in sizes) largest = Math.Max(largest, size);
        return new ClusterReport(sizes.Length, (long)largest, ClusterErrors.Effective(weights));
    }
}
