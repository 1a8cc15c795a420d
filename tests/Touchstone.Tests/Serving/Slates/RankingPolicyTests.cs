using CsCheck;
using Touchstone.Domain;
using Touchstone.Recommendation.ItemToItem;
using Touchstone.Recommendation.Popularity;
using Touchstone.Serving.Rollout;
using Touchstone.Serving.Slates;
using Touchstone.Tests.Recommendation;

namespace Touchstone.Tests.Serving.Slates;

public sealed class RankingPolicyTests
{
    private static readonly Guid Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
    private static readonly ServingPolicy Champion = new("popularity", "v1", ServingRight.Champion);

    private static RankingPolicy Popularity(TrainingHistories histories, ProductTable products) =>
        new(Champion, PopularityRecommender.Fit(histories, new PopularityOptions(), CancellationToken.None), products);

    [Fact]
    public void A_slate_is_best_first_ties_by_product_and_without_what_the_shopper_has()
    {
        var histories = TinyShop.Of([[2, 1, 3], [2, 1, 3], [2, 0]], 6);
        var slate = Popularity(histories, histories.Products).Rank(Id, [3, 3], [], 4);
        Assert.Equal(["p002", "p001", "p000", "p004"], slate.Items.Select(item => item.Product));
        Assert.Equal([1, 2, 3, 4], slate.Items.Select(item => item.Rank));
        Assert.Equal([3.0, 2, 1, 0], slate.Items.Select(item => item.Score));
        Assert.Equal((5, Champion, "popularity", RankingPolicy.Rule), (slate.EligibleCount, slate.Policy, slate.CandidateSource, slate.RuleVersion));
        Assert.Equal(histories.Products.Titles[2], slate.Items[0].Title);
    }

    [Fact]
    public void A_product_that_left_the_shop_is_not_shown_and_a_new_one_is_history_without_a_voice()
    {
        var histories = TinyShop.Of([[2, 1, 3], [2, 1, 3], [2, 0]], 4);
        var today = new ProductTable(["new", "p000", "p001", "p003"]);
        var slate = Popularity(histories, today).Rank(Id, [today.IndexOf("new"), today.IndexOf("p001")], [], 10);
        Assert.Equal(["p003", "p000"], slate.Items.Select(item => item.Product));
        Assert.Equal(2, slate.EligibleCount);
        Assert.True(double.IsNaN(slate.Items[0].Price));
    }

    [Fact]
    public void A_shopper_who_has_everything_gets_an_empty_slate()
    {
        var histories = TinyShop.Of([[0, 1]], 2);
        var slate = Popularity(histories, histories.Products).Rank(Id, [0, 1], [], 10);
        Assert.Empty(slate.Items);
        Assert.Equal((0, "0000000000000000"), (slate.EligibleCount, slate.EligibleHash));
    }

    [Fact]
    public void Every_slate_equals_a_plain_sort_and_the_hash_that_of_the_eligible_set() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 12], Gen.Int[1, 40]).Sample((seed, length, count) =>
        {
            var histories = TinyShop.Random(seed, 30);
            var model = ItemKnnRecommender.Fit(histories, new ItemKnnOptions(), CancellationToken.None);
            var random = new Seed(seed).For("history").NewRandom();
            var history = Enumerable.Range(0, length).Select(_ => random.NextInt(30)).ToArray();

            var slate = new RankingPolicy(new ServingPolicy("item-knn", "v", ServingRight.Admitted), model, histories.Products).Rank(Id, history, [], count);

            var scores = TinyShop.Scores(model, history);
            var eligible = Enumerable.Range(0, 30).Except(history).ToArray();
            var expected = eligible.OrderByDescending(product => scores[product]).ThenBy(product => product).Take(count).Select(product => histories.Products.Ids[product]);
            var sum = eligible.Aggregate(new EligibleSet(0, 0), (set, product) => set.With(EligibleSet.HashOf(histories.Products.Ids[product])));
            Assert.Equal(expected, slate.Items.Select(item => item.Product));
            Assert.Equal((sum.Count, sum.Hash), (slate.EligibleCount, slate.EligibleHash));
        }, iter: 60);
}
