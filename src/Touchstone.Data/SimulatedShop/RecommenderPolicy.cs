using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>A recommender as the home page's policy: its best eligible products that the shopper has not bought, ties by product.</summary>
internal sealed class RecommenderPolicy(ModelScratch model) : ISlatePolicy
{
    private readonly float[] _best = new float[LoggingPolicy.SlateLength];

    /// <summary>One for one thread.</summary>
    public RecommenderPolicy(IRecommender model, ProductTable products)
        : this(new ModelScratch(model, new ModelProducts(model, products)))
    {
    }

    /// <inheritdoc/>
    public int Fill(SlateContext context, ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, ref ShopperRandom random, Span<int> slate)
    {
        var scores = model.Score(history, occurredAtMs);
        var count = 0;
        foreach (var product in context.Candidates)
        {
            var index = model.IndexOf(product);
            if (index < 0 || float.IsNegativeInfinity(scores[index])) continue;
            var score = scores[index];
            if (count == slate.Length && score <= _best[count - 1]) continue;
            var at = count < slate.Length ? count++ : count - 1;
            while (at > 0 && _best[at - 1] < score)
            {
                _best[at] = _best[at - 1];
                slate[at] = slate[at - 1];
                at--;
            }

            _best[at] = score;
            slate[at] = product;
        }

        return count;
    }
}
