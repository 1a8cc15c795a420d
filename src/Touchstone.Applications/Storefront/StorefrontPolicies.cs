using Touchstone.Domain;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>
/// All that a page of the shop is answered from, as one run left it. Immutable but for its disposal, safe from many threads; a newer
/// state is another instance.
/// </summary>
public sealed class StorefrontPolicies : IDisposable
{
    private readonly IDisposable? _searchResources;

    /// <summary>Composes it.</summary>
    /// <param name="products">The shop's products.</param>
    /// <param name="histories">What shoppers have done.</param>
    /// <param name="recommenders">Recommenders by their right.</param>
    /// <param name="searchers">Searchers by their right; null where there is no index.</param>
    /// <param name="searchResources">What is freed with it: the index.</param>
    public StorefrontPolicies(
        ProductTable products,
        ShopperHistories histories,
        ServingModels<RankingPolicy> recommenders,
        ServingModels<SearchPolicy>? searchers = null,
        IDisposable? searchResources = null)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(recommenders);
        (Products, Histories, Recommenders, Searchers, _searchResources) = (products, histories, recommenders, searchers, searchResources);
    }

    /// <summary>The shop's products.</summary>
    public ProductTable Products { get; }

    /// <summary>What shoppers have done.</summary>
    public ShopperHistories Histories { get; }

    /// <summary>Recommenders by their right to serve.</summary>
    public ServingModels<RankingPolicy> Recommenders { get; }

    /// <summary>Searchers by their right to serve; null where there is no index.</summary>
    public ServingModels<SearchPolicy>? Searchers { get; }

    /// <summary>Products for a shopper or for products at hand.</summary>
    public Outcome<Slate> Recommend(SlateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = Recommenders.Find(request.Model);
        if (model.Value is not { } policy) return Outcome<Slate>.Refused(model.Refusal ?? throw new InvalidOperationException("Neither a model nor a refusal."));
        var known = request.Shopper is { } shopper ? Histories.Of(shopper) : default;
        if (request.Products.Count == 0)
            return Outcome<Slate>.Of(policy.Rank(request.Slate, known.ProductIndexes.Span, known.OccurredAtMs.Span, request.Count));
        var history = new int[known.ProductIndexes.Length + request.Products.Count];
        known.ProductIndexes.CopyTo(history);
        for (var i = 0; i < request.Products.Count; i++)
        {
            var index = Products.IndexOf(request.Products[i]);
            if (index < 0)
                return Outcome<Slate>.Refused(RefusalKind.UnknownProduct, $"The shop has no product \"{request.Products[i]}\". Send ids as the catalogue writes them, or run again after a new product was exported.");
            history[known.ProductIndexes.Length + i] = index;
        }

        // Products at hand have no time of their own, and a history with some times missing has none.
        return Outcome<Slate>.Of(policy.Rank(request.Slate, history, [], request.Count));
    }

    /// <summary>Products for words.</summary>
    /// <param name="slate">Id of the slate.</param>
    /// <param name="model">Searcher asked for by name; null for the champion.</param>
    /// <param name="request">Words, filters, facets.</param>
    public Outcome<FoundSlate> Search(Guid slate, string? model, SearchRequest request)
    {
        if (Searchers is null)
            return Outcome<FoundSlate>.Refused(RefusalKind.NoIndex, "There is no index of the products yet: run touchstone run (or touchstone index). The server takes it when it is there.");
        return Searchers.Find(model).Select(searcher => searcher.Search(slate, request));
    }

    /// <inheritdoc/>
    public void Dispose() => _searchResources?.Dispose();
}
