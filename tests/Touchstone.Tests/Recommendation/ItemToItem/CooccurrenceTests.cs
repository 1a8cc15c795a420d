using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.ItemToItem;

namespace Touchstone.Tests.Recommendation.ItemToItem;

public sealed class CooccurrenceContractTests() : TrainedRecommenderContract("cooccurrence")
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads) => CooccurrenceRecommender.Fit(histories, new CooccurrenceOptions(), threads, CancellationToken.None);
}

public sealed class CooccurrenceTests
{
    private static readonly CooccurrenceOptions Bare = new() { DistancePower = 1, Backward = 0.5, SourcePower = 0, TargetPower = 0, Shrinkage = 0, HistoryPower = 1, PopularityWeight = 0 };

    [Fact]
    public void What_follows_counts_more_the_nearer_it_follows_and_what_came_before_less() =>
        Assert.Equal([0.5f, 0f, 1f, 0.5f], Scores(Bare, [[0, 1, 2, 3]], 1));

    [Fact]
    public void Beyond_the_maximum_distance_nothing_counts() =>
        Assert.Equal([0.5f, 0f, 1f, 0f], Scores(Bare with { MaximumDistance = 1 }, [[0, 1, 2, 3]], 1));

    [Fact]
    public void Both_popularities_damp_a_pair() =>
        // 0 has 3 rows, 1 has 1, 2 has 2: (1, 1/2·√...) by hand.
        Assert.Equal([0f, 1 / (3f * 1f), 1 / (3f * 4f)], Scores(Bare with { SourcePower = 1, TargetPower = 2, Backward = 0 }, [[0, 1], [0, 2], [0], [2]], 0));

    [Fact]
    public void Older_products_of_the_history_count_less_and_too_old_ones_not_at_all()
    {
        int[][] units = [[0, 2], [1, 3]];
        Assert.Equal([0f, 0f, 0.5f, 1f], Scores(Bare with { Backward = 0 }, units, 0, 1));
        Assert.Equal([0f, 0f, 0f, 1f], Scores(Bare with { Backward = 0, HistoryLength = 1 }, units, 0, 1));
    }

    [Fact]
    public void Only_the_largest_weights_are_kept_and_ties_by_id() =>
        Assert.Equal([0f, 2f, 1f, 0f], Scores(Bare with { Neighbours = 2 }, [[0, 1], [0, 1], [0, 3], [0, 2]], 0));

    [Fact]
    public void Products_without_an_opinion_are_ordered_by_popularity() =>
        Assert.Equal([(float)(0.01 / 3), 0.01f, 0f], Scores(Bare with { PopularityWeight = 0.01 }, [[0], [1], [1], [1]], 2));

    [Fact]
    public void Options_read_back_as_they_were_printed()
    {
        var options = Bare with { Backward = 0.1, Neighbours = 7 };
        Assert.Equal(options, CooccurrenceOptions.FromOptions(options.ToOptions()));
        Assert.Equal(new CooccurrenceOptions(), CooccurrenceOptions.FromOptions(new Dictionary<string, string>()));
    }

    [Theory]
    [InlineData("backward", "2", "backward = 2; expected between 0 and 1.")]
    [InlineData("shrinkage", "-1", "shrinkage = -1; expected at least 0.")]
    [InlineData("neighbours", "many", "cooccurrence: neighbours \"many\" is not a whole number; write for example 100.")]
    [InlineData("backward", "0,5", "cooccurrence: backward \"0,5\" is not a number; write for example 0.5.")]
    public void Unusable_options_are_refused_with_the_range(string option, string value, string message) =>
        Assert.Equal(message, Assert.Throws<OptionException>(() => CooccurrenceOptions.FromOptions(new Dictionary<string, string> { [option] = value })).Message);

    private static float[] Scores(CooccurrenceOptions options, int[][] units, params int[] history) =>
        TinyShop.Scores(CooccurrenceRecommender.Fit(TinyShop.Of(units, units.SelectMany(unit => unit).Concat(history).Max() + 1), options, CancellationToken.None), history);
}
