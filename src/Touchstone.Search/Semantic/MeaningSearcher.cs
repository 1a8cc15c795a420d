using Touchstone.Domain;

namespace Touchstone.Search.Semantic;

/// <summary>Finds products by meaning: the query's vector against those of all products, every one scanned. All products that pass the filters match.</summary>
public sealed class MeaningSearcher : ISearcher
{
    private readonly ProductColumns _products;
    private readonly ProductVectors _vectors;
    private readonly Func<string, float[]> _encodeQuery;

    /// <summary>Makes the searcher.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="products">The products.</param>
    /// <param name="vectors">Their vectors.</param>
    /// <param name="encodeQuery">Encodes a query by the model that encoded the products; safe from many threads; never called with blanks.</param>
    /// <exception cref="ArgumentException">A vector of a product that is not there (names it).</exception>
    public MeaningSearcher(string name, ProductColumns products, ProductVectors vectors, Func<string, float[]> encodeQuery)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(encodeQuery);
        (Name, _products, _vectors, _encodeQuery) = (name, products, vectors, encodeQuery);
        vectors.CheckOwners(products.Count);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SearchResult Search(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Count, 1);
        var filter = ProductFilter.From(request.Filters);
        FacetCounter.Check(request.Facets);
        var text = QueryText.Cut(request.Text);
        if (string.IsNullOrWhiteSpace(text)) return SearchResult.Empty with { Facets = FacetCounter.Count(_products, [], request.Facets) };
        var scores = new double[_products.Count];
        _vectors.Score(_encodeQuery(text), scores);
        var matches = new List<int>();
        for (var product = 0; product < scores.Length; product++)
            if (!double.IsNegativeInfinity(scores[product]) && filter.Passes(_products, product)) matches.Add(product);
        return new SearchResult
        {
            Hits = BestProducts.Of(_products, matches, scores, request.Count),
            MatchCount = matches.Count,
            Facets = FacetCounter.Count(_products, matches, request.Facets),
        };
    }
}
