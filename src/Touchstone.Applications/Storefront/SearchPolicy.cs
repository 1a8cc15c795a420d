using System.Globalization;
using System.Text;
using Touchstone.Domain;
using Touchstone.Numerics;
using Touchstone.Search;
using Touchstone.Serving.Rollout;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>A searcher with its right to serve and what its hits show. Immutable, safe from many threads.</summary>
/// <param name="policy">Name, version (hash of the index) and right.</param>
/// <param name="searcher">The searcher.</param>
/// <param name="products">Titles and prices of the index.</param>
/// <param name="locale">Language of the titles, BCP 47.</param>
public sealed class SearchPolicy(ServingPolicy policy, ISearcher searcher, ProductColumns products, string locale)
{
    /// <summary>Eligible: what matches words and filters in this index.</summary>
    public const string Rule = "matches-words-and-filters/1";

    /// <summary>Name, version and right.</summary>
    public ServingPolicy Policy { get; } = policy;

    /// <summary>The best products for a request, or why its filters or facets cannot be used.</summary>
    public Outcome<FoundSlate> Search(Guid slate, SearchRequest request)
    {
        SearchResult found;
        try
        {
            found = searcher.Search(request);
        }
        catch (SearchRequestException fault)
        {
            return Outcome<FoundSlate>.Refused(RefusalKind.UnusableRequest, fault.Message);
        }

        return Outcome<FoundSlate>.Of(new FoundSlate(
            new Slate
            {
                Id = slate,
                Policy = Policy,
                Items = [.. found.Hits.Select(Item)],
                EligibleCount = found.MatchCount,
                EligibleHash = HashOf(request),
                RuleVersion = Rule,
                CandidateSource = Policy.Model,
            },
            found.MatchCount,
            found.Facets));
    }

    private SlateItem Item(SearchHit hit, int index)
    {
        var product = products.IndexOf(hit.Product);
        return new SlateItem(hit.Product, products.Title(product, locale), products.Prices[product], index + 1, hit.Score);
    }

    // The set follows from the index, the words and the filters: their hash stands for it.
    private string HashOf(SearchRequest request)
    {
        var text = new StringBuilder(Policy.Model).Append('\n').Append(Policy.Version).Append('\n').Append(request.Text);
        foreach (var (field, value) in request.Filters.OrderBy(filter => filter.Key, StringComparer.Ordinal)) text.Append('\n').Append(field).Append(':').Append(value);
        return StableHash.Of(text.ToString()).ToString("x16", CultureInfo.InvariantCulture);
    }
}
