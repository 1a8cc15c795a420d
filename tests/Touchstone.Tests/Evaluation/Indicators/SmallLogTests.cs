using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Indicators;

namespace Touchstone.Tests.Evaluation.Indicators;

/// <summary>A log small enough to count by hand, and what it does not feed when something is taken away.</summary>
public sealed class SmallLogTests
{
    [Theory]
    [InlineData("mean_rating", 10 / 3.0)]
    [InlineData("low_rating_share", 1 / 3.0)]
    [InlineData("latency_p95_ms", 38.5)]
    [InlineData("model_parameters", 12_345)]
    [InlineData("model_size_mib", 1.5)]
    [InlineData("model_age_days", 7)]
    [InlineData("margin_per_visitor", 2)]
    [InlineData("margin_per_1000_exposures", 1000)]
    [InlineData("returned_revenue_share", 0.5)]
    [InlineData("tail_exposure_share", 0.75)]
    public void Each_indicator_is_as_counted_by_hand(string name, double expected) => Assert.Equal(expected, Value(Log(), name)?.Value ?? double.NaN, 12);

    [Theory]
    [InlineData("margin_per_visitor")]
    [InlineData("margin_per_1000_exposures")]
    public void Without_a_margin_there_is_no_figure_of_margin(string name) => Assert.Null(Value(Log() with { Margins = Nothing() }, name));

    [Fact]
    public void Returns_without_a_price_leave_the_share_of_revenue_unmeasured_and_their_number_known()
    {
        var log = Log();
        log.Revenues[0] = double.NaN;
        Assert.Null(Value(log, "returned_revenue_share"));
        Assert.Equal(1, Value(log, "return_rate")?.Value);
    }

    [Theory]
    [InlineData("tail_exposure_share")]
    [InlineData("margin_per_1000_exposures")]
    [InlineData("margin_per_visitor")]
    [InlineData("returned_revenue_share")]
    public void Without_a_purchase_there_is_no_head_and_no_margin(string name)
    {
        var log = Log();
        log.Kinds[2] = InteractionKind.Cart;
        Assert.Null(Value(log, name));
    }

    private static Estimate? Value(ShopLog log, string name) => IndicatorJudge
        .Compute(log, new TechnicalFacts { ModelParameters = 12_345, ModelSizeMiB = 1.5, ModelAgeDays = 7 }, "EUR", new BootstrapOptions { Replicates = 20 }, TestContext.Current.CancellationToken)
        .Single(value => value.Definition.Name == name).Figure;

    private static double[] Nothing() => [.. Enumerable.Repeat(double.NaN, 6)];

    // Two shoppers with a session and a slate of two each, five products. The first clicks product 0 in the slate, buys it for 10 (margin 4), gives back 5
    // of it, and rates 2 and 5; the second rates 3.
    private static ShopLog Log() => new()
    {
        UnitCount = 2,
        SessionCount = 2,
        SlateCount = 2,
        OrderCount = 1,
        Categories = [0, 0, 1, 1, 1],
        SessionUnits = [0, 1],
        Kinds = [InteractionKind.Return, InteractionKind.Click, InteractionKind.Purchase, InteractionKind.Rating, InteractionKind.Rating, InteractionKind.Rating],
        Units = [0, 0, 0, 0, 0, 1],
        Sessions = [-1, 0, 0, 0, 0, 1],
        Products = [0, 0, 0, 0, 0, 2],
        AtMs = [9_000, 1_000, 2_000, 3_000, 4_000, 1_000],
        Revenues = [5, double.NaN, 10, double.NaN, double.NaN, double.NaN],
        Margins = [double.NaN, double.NaN, 4, double.NaN, double.NaN, double.NaN],
        Orders = [-1, -1, 0, -1, -1, -1],
        Slates = [-1, 0, -1, -1, -1, -1],
        Queries = [-1, -1, -1, -1, -1, -1],
        Ratings = [double.NaN, double.NaN, double.NaN, 2, 5, 3],
        ExposureSlates = [0, 0, 1, 1],
        ExposureProducts = [0, 1, 2, 3],
        ExposureRanks = [1, 2, 1, 2],
        SlateSessions = [0, 1],
        SlateUnits = [0, 1],
        SlateAtMs = [500, 500],
        RequestMs = [40, 10, 30, 20],
        IsRequestFailed = [false, false, false, false],
    };
}
