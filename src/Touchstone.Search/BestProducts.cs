using Touchstone.Domain;

namespace Touchstone.Search;

/// <summary>The best of scored matches: score descending, equal scores by product id ascending.</summary>
internal static class BestProducts
{
    /// <summary>Hits, best first.</summary>
    /// <param name="products">The products; a lower index is a lower id.</param>
    /// <param name="matches">Indexes to choose from, each once.</param>
    /// <param name="scores">[product] scores, none of them NaN.</param>
    /// <param name="count">Most hits.</param>
    public static IReadOnlyList<SearchHit> Of(ProductColumns products, IReadOnlyList<int> matches, ReadOnlySpan<double> scores, int count)
    {
        // The worst of the chosen stands on top, to be replaced.
        var chosen = new PriorityQueue<int, (double Score, int Index)>(Comparer<(double Score, int Index)>.Create(static (left, right) =>
            left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Index.CompareTo(left.Index)));
        foreach (var match in matches)
        {
            if (chosen.Count < count) chosen.Enqueue(match, (scores[match], match));
            else chosen.EnqueueDequeue(match, (scores[match], match));
        }

        var hits = new SearchHit[chosen.Count];
        for (var place = hits.Length - 1; place >= 0; place--)
        {
            var best = chosen.Dequeue();
            hits[place] = new SearchHit(products.Ids[best], scores[best]);
        }

        return hits;
    }
}
