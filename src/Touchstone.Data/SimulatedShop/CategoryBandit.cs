using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// The first place of a category page as a bandit: contexts are the leaf categories, actions what can be bought there, the reward a click. The
/// logging policy is the shop's own; the judged one knows what is liked: its preferences are the log's times the click probability, raised to a power.
/// </summary>
public static class CategoryBandit
{
    private const int TastesDrawn = 400;

    /// <summary>Makes it.</summary>
    /// <param name="world">The world.</param>
    /// <param name="sharpness">Power of the judged policy: 0 chooses evenly, 1 by the log's preferences times the click probability, more is further from the log.</param>
    /// <param name="seed">Seed of the shoppers over whose tastes clicks are averaged.</param>
    public static KnownBandit Of(SimulatedWorld world, double sharpness, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(world);
        var (market, fresh) = (world.Market, world.FreshSeed(seed));
        var catalogue = market.Catalogue;
        var contexts = Enumerable.Range(0, Market.LeafCount).Select(leaf => market.Policy.At(0, Surface.Category, leaf)).ToArray();
        var clicks = contexts.Select(context => new double[context.Candidates.Length]).ToArray();
        var taste = new ShopperTaste();
        for (var shopper = 0; shopper < TastesDrawn; shopper++)
        {
            var random = new ShopperRandom(SimulatedWorld.ShopperSeed(fresh, shopper));
            taste.Draw(market, ref random);
            for (var leaf = 0; leaf < contexts.Length; leaf++)
                for (var i = 0; i < clicks[leaf].Length; i++)
                    clicks[leaf][i] += ShopperProcess.ClickProbability(catalogue, taste, contexts[leaf].Candidates[i], leaf, isFocal: false, isDone: false) / TastesDrawn;
        }

        return new KnownBandit
        {
            ContextShares = [.. contexts.Select(_ => 1.0 / contexts.Length)],
            Actions = [.. contexts.Select(context => context.Candidates)],
            Logging = [.. contexts.Select(context => Shares(context.Weights))],
            Target = [.. contexts.Select((context, leaf) => Shares([.. context.Weights.Select((weight, i) => Math.Pow(weight * clicks[leaf][i], sharpness))]))],
            RewardProbabilities = clicks,
        };
    }

    private static double[] Shares(double[] weights)
    {
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
