using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Popularity;

namespace Touchstone.Tests.Recommendation.Popularity;

public sealed class PopularityContractTests() : TrainedRecommenderContract("popularity")
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads) => PopularityRecommender.Fit(histories, new PopularityOptions(), CancellationToken.None);
}

public sealed class PopularityTests
{
    // p0 and p1 on the first day, p1 on the eleventh, p2 on the twenty-first.
    private static readonly TrainingHistories Timed = TinyShop.Of([[0, 1], [1, 2]], 4) with
    {
        OccurredAtMs = [0, 0, 10 * 86_400_000L, 20 * 86_400_000L],
    };

    [Fact]
    public void It_counts_rows_for_everyone_alike() => Assert.Equal([1f, 2f, 1f, 0f], Scores(new PopularityOptions()));

    [Fact]
    public void A_window_forgets_what_is_older() => Assert.Equal([0f, 1f, 1f, 0f], Scores(new PopularityOptions { WindowDays = 10 }));

    [Fact]
    public void A_row_counts_half_after_a_half_life() => Assert.Equal([0.25f, 0.75f, 1f, 0f], Scores(new PopularityOptions { HalfLifeDays = 10 }));

    [Fact]
    public void Without_times_window_and_half_life_do_nothing() =>
        Assert.Equal([1f, 2f, 1f, 0f], TinyShop.Scores(PopularityRecommender.Fit(Timed with { OccurredAtMs = [] }, new PopularityOptions { WindowDays = 1, HalfLifeDays = 1 }, CancellationToken.None), 3));

    [Fact]
    public void It_is_every_workspaces_first_champion() => Assert.Equal("popularity", Recommenders.FirstChampion);

    private static float[] Scores(PopularityOptions options) => TinyShop.Scores(PopularityRecommender.Fit(Timed, options, CancellationToken.None), 3);
}
