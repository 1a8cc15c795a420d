using Touchstone.Domain;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>What shoppers are answered from: the products, what shoppers have done, and the recommenders that may serve.</summary>
/// <param name="products">The shop's products.</param>
/// <param name="histories">What shoppers have done.</param>
/// <param name="recommenders">Recommenders by their right to serve.</param>
public sealed class StorefrontRecommendations(ProductTable products, ShopperHistories histories, ServingModels<RankingPolicy> recommenders)
{
    /// <summary>Recommenders by their right to serve.</summary>
    public ServingModels<RankingPolicy> Recommenders { get; } = recommenders;

    /// <summary>Products for a shopper or for products at hand.</summary>
    public Outcome<Slate> Recommend(SlateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var known = request.Shopper is { } shopper ? histories.Of(shopper) : default;
        var history = new int[known.ProductIndexes.Length + request.Products.Count];
        known.ProductIndexes.CopyTo(history);
        for (var i = 0; i < request.Products.Count; i++)
        {
            var index = products.IndexOf(request.Products[i]);
            if (index < 0)
                return Outcome<Slate>.Refused(RefusalKind.UnknownProduct, $"The shop has no product \"{request.Products[i]}\". Send ids as the catalogue writes them, or run again after a new product was exported.");
            history[known.ProductIndexes.Length + i] = index;
        }

        // Products at hand have no time of their own, and a history with some times missing has none.
        var times = request.Products.Count == 0 ? known.OccurredAtMs : default;
        return Recommenders.Find(request.Model).Select(policy => policy.Rank(request.Slate, history, times.Span, request.Count));
    }
}
