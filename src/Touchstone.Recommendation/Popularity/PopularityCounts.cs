namespace Touchstone.Recommendation.Popularity;

/// <summary>Counts of products.</summary>
internal static class PopularityCounts
{
    private const double MillisecondsPerDay = 86_400_000;

    /// <summary>Adds one for each row.</summary>
    /// <param name="products">[row] product index.</param>
    /// <param name="counts">[product] added to.</param>
    internal static void Add(ReadOnlySpan<int> products, Span<double> counts)
    {
        foreach (var product in products) counts[product]++;
    }

    /// <summary>Adds 2^(-age / half-life) for each row in the window that ends with the newest row.</summary>
    /// <param name="products">[row] product index.</param>
    /// <param name="occurredAtMs">[row] times.</param>
    /// <param name="windowDays">0 for no window.</param>
    /// <param name="halfLifeDays">0 for no decay.</param>
    /// <param name="counts">[product] added to.</param>
    internal static void AddDecayed(ReadOnlySpan<int> products, ReadOnlySpan<long> occurredAtMs, double windowDays, double halfLifeDays, Span<double> counts)
    {
        var newest = long.MinValue;
        foreach (var time in occurredAtMs) newest = Math.Max(newest, time);
        for (var row = 0; row < products.Length; row++)
        {
            var ageDays = (newest - occurredAtMs[row]) / MillisecondsPerDay;
            if (windowDays > 0 && ageDays > windowDays) continue;
            counts[products[row]] += halfLifeDays > 0 ? Math.Pow(2, -ageDays / halfLifeDays) : 1;
        }
    }
}
