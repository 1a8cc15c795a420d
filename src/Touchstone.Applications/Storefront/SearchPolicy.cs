using System.Globalization;
using System.Text;
using Touchstone.Domain;
using Touchstone.Numerics;
using Touchstone.Serving.Rollout;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>A searcher joined with the shop's products of today. Immutable, safe from many threads.</summary>
/// <param name="policy">Name, version (hash of the index) and right.</param>
/// <param name="searcher">The searcher.</param>
/// <param name="products">The shop's products: what left the shop since the index was made is not shown.</param>
public sealed class SearchPolicy(ServingPolicy policy, ISearcher searcher, ProductTable products)
{
    /// <summary>Eligible: what matches words and filters in this index.</summary>
    public const string Rule = "matches-words-and-filters/1";

    /// <summary>Name, version and right.</summary>
    public ServingPolicy Policy { get; } = policy;

    /// <summary>The best products for a request.</summary>
    public FoundSlate Search(Guid slate, SearchRequest request)
    {
        var found = searcher.Search(request);
        List<SlateItem> items = [];
        foreach (var hit in found.Hits)
        {
            if (products.IndexOf(hit.Product) is >= 0 and var at)
                items.Add(new SlateItem(hit.Product, products.Titles[at], products.Prices[at], items.Count + 1, hit.Score));
        }

        return new FoundSlate(
            new Slate
            {
                Id = slate,
                Policy = Policy,
                Items = items,
                EligibleCount = found.MatchCount,
                EligibleHash = HashOf(request),
                RuleVersion = Rule,
                CandidateSource = Policy.Model,
            },
            found.MatchCount,
            found.Facets);
    }

    // The set follows from the index, the words and the filters: their hash stands for it.
    private string HashOf(SearchRequest request)
    {
        var text = new StringBuilder(Policy.Model).Append('\n').Append(Policy.Version).Append('\n').Append(request.Text);
        foreach (var (field, value) in request.Filters.OrderBy(filter => filter.Key, StringComparer.Ordinal)) text.Append('\n').Append(field).Append(':').Append(value);
        return StableHash.Of(text.ToString()).ToString("x16", CultureInfo.InvariantCulture);
    }
}
