using Touchstone.Domain;

namespace Touchstone.Search.Lexical;

/// <summary>
/// BM25 over the fields of a product. Any word of the query may match; a word that stands twice in the query counts twice. The query is only
/// ever words: no character of it is an operator. A product with words in several languages counts with the best of them.
/// </summary>
internal sealed class LexicalSearcher : ISearcher
{
    private readonly LexicalIndex _index;
    private readonly List<LanguageScorer> _languages = [];

    public LexicalSearcher(string name, LexicalIndex index, LexicalOptions options)
    {
        (Name, _index) = (name, index);
        if (index.Segment is not { } segment) return;
        foreach (var (analyzer, count) in index.Counts) _languages.Add(new LanguageScorer(segment, analyzer, count, options));
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
        var products = _index.Products;
        var scores = new double[products.Count];
        foreach (var language in _languages) language.AddBest(text, scores);
        var matches = new List<int>();
        for (var product = 0; product < scores.Length; product++)
            if (scores[product] > 0 && filter.Passes(products, product)) matches.Add(product);
        return new SearchResult
        {
            Hits = BestProducts.Of(products, matches, scores, request.Count),
            MatchCount = matches.Count,
            Facets = FacetCounter.Count(products, matches, request.Facets),
        };
    }
}
