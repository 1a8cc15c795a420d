using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Sessions;

namespace Touchstone.Tests.Recommendation.Sessions;

public sealed class VectorSessionKnnContractTests() : TrainedRecommenderContract("vsknn")
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads) => VectorSessionKnnRecommender.Fit(histories, new VectorSessionKnnOptions(), CancellationToken.None);
}

public sealed class VectorSessionKnnTests
{
    private static readonly VectorSessionKnnOptions Published = new() { Neighbours = 100, SampleSize = 1000, IdfWeight = 0, LengthPower = 0, DistancePower = 0, Backward = 1, PopularityWeight = 0 };

    [Fact]
    public void Sessions_vote_by_the_linear_weights_of_what_they_share() =>
        // Current session 0, 1: weights 1/2 and 1. Session (0, 2) shares the older one, two steps back: 1/2 · 1/2. Session (1, 3): 1 · 1. Both: 1.5.
        Assert.Equal([0.25f + 1.5f, 1f + 1.5f, 0.25f, 1f, 1.5f], Scores(Published, [[0, 2], [1, 3], [0, 1, 4]], false, 0, 1));

    [Fact]
    public void Only_the_nearest_sessions_vote_and_the_newer_of_equal_ones() =>
        Assert.Equal([1f, 0f, 0f, 1f], Scores(Published with { Neighbours = 1 }, [[0, 1], [0, 2], [0, 3]], true, 0));

    [Fact]
    public void Only_the_most_recent_sessions_are_looked_at() =>
        Assert.Equal([2f, 0f, 1f, 1f], Scores(Published with { SampleSize = 2 }, [[0, 1], [0, 2], [0, 3]], true, 0));

    [Fact]
    public void Rare_products_count_more_where_asked() =>
        Assert.Equal([2f, 1 + (float)Math.Log(2), 1 + (float)Math.Log(2)], Scores(Published with { IdfWeight = 1 }, [[0, 1], [0, 2]], true, 0));

    [Fact]
    public void A_history_with_sessions_is_cut_at_them()
    {
        var histories = TinyShop.Of([[0, 1, 2, 3]], 4) with { Sessions = [1, 1, 2, 2] };
        Assert.Equal([1f, 1f, 0f, 0f], TinyShop.Scores(VectorSessionKnnRecommender.Fit(histories, Published, CancellationToken.None), 0));
    }

    [Fact]
    public void It_agrees_with_a_slow_and_obvious_form()
    {
        var histories = TinyShop.Random(3, withTimes: true);
        var options = Published with { Neighbours = 9, SampleSize = 15, IdfWeight = 0.5 };
        var model = VectorSessionKnnRecommender.Fit(histories, options, CancellationToken.None);
        for (var trial = 0; trial < 30; trial++)
        {
            int[] history = [trial, (trial + 3) % 30, trial, (trial + 1) % 30];
            var slow = Slow(histories, options, history);
            var fast = TinyShop.Scores(model, history);
            for (var product = 0; product < slow.Length; product++) Assert.Equal(slow[product], fast[product], 1e-4);
        }
    }

    // Straight from the paper: newest common sessions, weighted dot product, k nearest, votes decayed by the newest common product.
    private static double[] Slow(TrainingHistories histories, VectorSessionKnnOptions options, int[] current)
    {
        var sessions = Enumerable.Range(0, histories.UnitCount).Select(unit => histories.ProductIndexes[histories.Offsets[unit]..histories.Offsets[unit + 1]]).Reverse().ToArray();
        var weight = new Dictionary<int, double>();
        for (var i = 0; i < current.Length; i++) weight[current[i]] = (i + 1.0) / current.Length;
        var nearest = sessions.Where(session => session.Any(weight.ContainsKey)).Take(options.SampleSize)
            .Select((session, age) => (session, age, similarity: session.Distinct().Sum(product => (float)weight.GetValueOrDefault(product))))
            .OrderByDescending(found => found.similarity).ThenBy(found => found.age).Take(options.Neighbours);
        var scores = new double[histories.Products.Count];
        foreach (var (session, _, similarity) in nearest)
        {
            var step = 1 + current.Reverse().TakeWhile(product => !session.Contains(product)).Count();
            foreach (var product in session)
                scores[product] += similarity / step * (1 + (options.IdfWeight * Math.Log((double)sessions.Length / sessions.Count(other => other.Contains(product)))));
        }

        return scores;
    }

    private static float[] Scores(VectorSessionKnnOptions options, int[][] units, bool withTimes, params int[] history) =>
        TinyShop.Scores(VectorSessionKnnRecommender.Fit(TinyShop.Of(units, units.SelectMany(unit => unit).Max() + 1, withTimes), options, CancellationToken.None), history);
}
