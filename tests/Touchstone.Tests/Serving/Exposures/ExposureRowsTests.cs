using Touchstone.Serving.Exposures;
using Touchstone.Serving.Rollout;
using Touchstone.Serving.Slates;

namespace Touchstone.Tests.Serving.Exposures;

public sealed class ExposureRowsTests
{
    internal static SlateShowing Showing(Guid slate, int products = 3) => new()
    {
        Slate = new Slate
        {
            Id = slate,
            Policy = new ServingPolicy("popularity", "abc", ServingRight.Champion),
            Items = [.. Enumerable.Range(1, products).Select(rank => new SlateItem($"p{rank}", "", rank == 2 ? double.NaN : 9.99, rank, 1.0 / rank))],
            EligibleCount = 7,
            EligibleHash = "00ff",
            RuleVersion = RankingPolicy.Rule,
            CandidateSource = "popularity",
        },
        Site = "default",
        Surface = "home",
        OccurredAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Shopper = "hashed",
        Request = "r",
        Context = "{}",
    };

    [Fact]
    public void Each_product_is_a_row_with_all_that_is_needed_to_judge_it()
    {
        var id = Guid.Parse("01a210e9-5451-755d-bdff-15281d143e16");
        var rows = Showing(id).ToExposures();
        Assert.Equal(3, rows.Count);
        var second = rows[1];
        Assert.Equal(("01a210e9-5451-755d-bdff-15281d143e16", "p2", 2, 0.5, null), (second.Slate, second.Product, second.Rank, second.Score, second.Price));
        Assert.Equal(("popularity", "abc", "popularity", 7, "00ff", RankingPolicy.Rule), (second.Policy, second.PolicyVersion, second.CandidateSource, second.EligibleCount, second.EligibleHash, second.RuleVersion));
        Assert.Equal((1.0, 1.0, "home", "hashed", "r"), (second.MarginalPropensity, second.ConditionalPropensity, second.Surface, second.Shopper, second.Request));
        Assert.Equal(9.99m, rows[0].Price);
        Assert.Null(second.IsViewed);
    }

    [Fact]
    public void Event_ids_are_distinct_version_7_of_the_slates_time_and_the_same_for_the_same_row()
    {
        var slate = Guid.Parse("01a210e9-5451-755d-bdff-15281d143e16");
        var ids = Enumerable.Range(1, 100).SelectMany(rank => new[] { ExposureEventId.Of(slate, rank, "a"), ExposureEventId.Of(slate, rank, "b") }).ToArray();
        Assert.Equal(200, ids.Distinct().Count());
        Assert.All(ids, id =>
        {
            Assert.Equal(7, id.Version);
            Assert.InRange(id.Variant, 8, 11);
            Assert.StartsWith("01a210e9-5451-7", id.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(ids[0], ExposureEventId.Of(slate, 1, "a"));
        Assert.NotEqual(ids[0], ExposureEventId.Of(Guid.Parse("01a210e9-5451-755d-bdff-15281d143e17"), 1, "a"));
    }
}
