using System.Buffers;
using Touchstone.Domain;
using Touchstone.Numerics;
using Touchstone.Serving.Rollout;

namespace Touchstone.Serving.Slates;

/// <summary>
/// A recommender joined with the shop's products of today, which need not be those that it was trained on: products that are new to it
/// are history without a voice, and products that left the shop are not shown. Immutable, safe from many threads.
/// </summary>
public sealed class RankingPolicy
{
    /// <summary>Eligible: in the shop, known to the model, and not in the shopper's history.</summary>
    public const string Rule = "in-shop-and-new-to-shopper/1";

    private readonly IRecommender _model;
    private readonly ProductTable _products;
    private readonly int[] _modelIndexes;
    private readonly int[] _productIndexes;
    private readonly ulong[] _hashes;
    private readonly EligibleSet _all;

    /// <summary>Joins them.</summary>
    /// <param name="policy">Name, version and right.</param>
    /// <param name="model">The recommender.</param>
    /// <param name="products">The shop's products.</param>
    public RankingPolicy(ServingPolicy policy, IRecommender model, ProductTable products)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(products);
        (Policy, _model, _products) = (policy, model, products);
        _modelIndexes = new int[products.Count];
        Array.Fill(_modelIndexes, -1);
        _productIndexes = new int[model.ProductIds.Count];
        _hashes = new ulong[products.Count];
        for (var i = 0; i < _productIndexes.Length; i++)
        {
            var product = products.IndexOf(model.ProductIds[i]);
            _productIndexes[i] = product;
            if (product < 0) continue;
            _modelIndexes[product] = i;
            _hashes[product] = EligibleSet.HashOf(products.Ids[product]);
            _all = _all.With(_hashes[product]);
        }
    }

    /// <summary>Name, version and right.</summary>
    public ServingPolicy Policy { get; }

    /// <summary>The best products that are new to the shopper; equal scores by product id.</summary>
    /// <param name="slate">Id of the slate.</param>
    /// <param name="history">Product indexes of the shop, oldest first; may repeat, may be empty.</param>
    /// <param name="occurredAtMs">Times of the history, ms since 1970 UTC; empty where unknown.</param>
    /// <param name="count">Most products, at least 1.</param>
    public Slate Rank(Guid slate, ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var known = ArrayPool<int>.Shared.Rent(history.Length);
        var buffer = ArrayPool<float>.Shared.Rent(_productIndexes.Length);
        var chosen = ArrayPool<int>.Shared.Rent(Math.Min(count, _productIndexes.Length));
        try
        {
            for (var i = 0; i < history.Length; i++) known[i] = _modelIndexes[history[i]];
            var scores = buffer.AsSpan(0, _productIndexes.Length);
            _model.Score(known.AsSpan(0, history.Length), occurredAtMs, scores);
            var eligible = Exclude(known.AsSpan(0, history.Length), scores);
            var best = chosen.AsSpan(0, Math.Min(count, scores.Length));
            return new Slate
            {
                Id = slate,
                Policy = Policy,
                Items = Items(best[..TopK.Select(scores, best)], scores),
                EligibleCount = eligible.Count,
                EligibleHash = eligible.Hash,
                RuleVersion = Rule,
                CandidateSource = Policy.Model,
            };
        }
        finally
        {
            ArrayPool<int>.Shared.Return(known);
            ArrayPool<float>.Shared.Return(buffer);
            ArrayPool<int>.Shared.Return(chosen);
        }
    }

    // Takes what left the shop and what the shopper has out of the ranking, and returns the set that is left.
    private EligibleSet Exclude(ReadOnlySpan<int> known, Span<float> scores)
    {
        var eligible = _all;
        for (var i = 0; i < scores.Length; i++)
            if (_productIndexes[i] < 0) scores[i] = float.NegativeInfinity;
        foreach (var index in known)
        {
            if (index < 0 || float.IsNegativeInfinity(scores[index])) continue;
            scores[index] = float.NegativeInfinity;
            eligible = eligible.Without(_hashes[_productIndexes[index]]);
        }

        return eligible;
    }

    private SlateItem[] Items(ReadOnlySpan<int> best, ReadOnlySpan<float> scores)
    {
        var items = new SlateItem[best.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var product = _productIndexes[best[i]];
            items[i] = new SlateItem(_products.Ids[product], _products.Titles[product], _products.Prices[product], i + 1, scores[best[i]]);
        }

        return items;
    }
}
