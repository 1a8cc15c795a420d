using Touchstone.Domain;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>
/// All that the pages of a shop are answered from, as one run left it. Immutable but for its disposal, safe from many threads; a newer
/// state is another instance.
/// </summary>
/// <param name="recommendations">Null where no recommender was trained.</param>
/// <param name="search">Null where there is no index.</param>
public sealed class StorefrontPolicies(StorefrontRecommendations? recommendations, StorefrontSearch? search) : IDisposable
{
    /// <summary>Recommenders by their right to serve; null where none was trained.</summary>
    public ServingModels<RankingPolicy>? Recommenders => recommendations?.Recommenders;

    /// <summary>Searchers by their right to serve; null where there is no index.</summary>
    public ServingModels<SearchPolicy>? Searchers => search?.Searchers;

    /// <summary>Products for a shopper or for products at hand.</summary>
    public Outcome<Slate> Recommend(SlateRequest request) => recommendations?.Recommend(request)
        ?? Outcome<Slate>.Refused(RefusalKind.NoModels, "No recommender has been trained: name events in shop.yaml and run touchstone run. The server takes them when they are there.");

    /// <summary>Products for words.</summary>
    /// <param name="slate">Id of the slate.</param>
    /// <param name="model">Searcher asked for by name; null for the champion.</param>
    /// <param name="request">Words, filters, facets.</param>
    public Outcome<FoundSlate> Search(Guid slate, string? model, SearchRequest request) => search?.Search(slate, model, request)
        ?? Outcome<FoundSlate>.Refused(RefusalKind.NoIndex, "There is no index of the products yet: name a catalogue in shop.yaml and run touchstone run. The server takes it when it is there.");

    /// <inheritdoc/>
    public void Dispose() => search?.Dispose();
}
