using Touchstone.Domain;

namespace Touchstone.Search.Fusion;

/// <summary>
/// The lists of several searchers as one, by reciprocal rank. Match count and facets are those of the searcher that matches most: with a search
/// by meaning among them, all products that pass the filters.
/// </summary>
public sealed class FusedSearcher : ISearcher
{
    private readonly ProductColumns _products;
    private readonly IReadOnlyList<ISearcher> _searchers;
    private readonly double _k;
    private readonly IReadOnlyList<double>? _weights;
    private readonly int _depth;

    /// <summary>Makes the searcher.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="products">The products that all of them search.</param>
    /// <param name="searchers">At least one.</param>
    /// <param name="k">As in <see cref="ReciprocalRank.Fuse"/>.</param>
    /// <param name="weights">[searcher] factor of each list; null: 1 each.</param>
    /// <param name="depth">Hits taken of each list, at least 1; more where more are asked for.</param>
    public FusedSearcher(string name, ProductColumns products, IReadOnlyList<ISearcher> searchers, double k = ReciprocalRank.StandardK, IReadOnlyList<double>? weights = null, int depth = 200)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(searchers);
        ArgumentOutOfRangeException.ThrowIfZero(searchers.Count, nameof(searchers));
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        (Name, _products, _searchers, _k, _weights, _depth) = (name, products, searchers, k, weights, depth);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SearchResult Search(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deep = request with { Count = Math.Max(request.Count, _depth) };
        var results = _searchers.Select(searcher => searcher.Search(deep)).ToList();
        IReadOnlyList<IReadOnlyList<int>> lists = [.. results.Select(result => (IReadOnlyList<int>)[.. result.Hits.Select(hit => _products.IndexOf(hit.Product))])];
        var fused = ReciprocalRank.Fuse(lists, _k, _weights);
        var scores = new double[_products.Count];
        foreach (var (product, score) in fused) scores[product] = score;
        var widest = results.MaxBy(result => result.MatchCount) ?? results[0];
        return widest with { Hits = BestProducts.Of(_products, [.. fused.Keys], scores, request.Count) };
    }
}
