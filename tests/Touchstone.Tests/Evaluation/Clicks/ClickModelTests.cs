using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Clicks;

namespace Touchstone.Tests.Evaluation.Clicks;

public sealed class ClickModelTests
{
    [Fact]
    public void Coec_is_clicks_over_what_the_ranks_would_bring()
    {
        // Rank 1: 60 of 200; rank 2: 20 of 200. a: 40 + 15 clicks; 100 × .3 + 100 × .1 expected.
        var coec = ClicksOverExpected.Of(Columns(("q", "a", 1, 100, 40), ("q", "b", 1, 100, 20), ("q", "a", 2, 100, 15), ("q", "b", 2, 100, 5)));

        Assert.Equal([0.3, 0.1], coec.RankRates);
        Assert.Equal(55 / 40.0, coec.Values[0], 1e-12);
        Assert.Equal(25 / 40.0, coec.Values[1], 1e-12);
    }

    [Fact]
    public void The_click_model_finds_the_probabilities_that_made_the_expected_clicks()
    {
        double[] examinations = [1, .6, .35, .2], attractions = [.5, .3, .1, .05, .02];
        var rows = new List<(string, string, int, double, double)>();
        for (var product = 0; product < attractions.Length; product++)
            for (var rank = 1; rank <= 4; rank++)
                // The better stand higher more often: rates of ranks alone would mislead.
                rows.Add(("q", $"p{product}", rank, product + 1 == rank ? 10_000 : 500, (product + 1 == rank ? 10_000 : 500) * attractions[product] * examinations[rank - 1]));

        var model = PositionBasedModel.Fit(Columns([.. rows]), new PositionBasedOptions { Turns = 100_000, Tolerance = 1e-12 }, TestContext.Current.CancellationToken);

        Assert.True(model.HasSettled);
        for (var rank = 0; rank < 4; rank++) Assert.Equal(examinations[rank], model.Examinations[rank], 1e-5);
        for (var product = 0; product < 5; product++) Assert.Equal(attractions[product], model.Attractions[product], 1e-5);
    }

    [Fact]
    public void Sampled_clicks_are_explained_better_than_by_the_ranks_alone()
    {
        var random = new Seed(9).NewRandom();
        var rows = new List<(string, string, int, double, double)>();
        for (var product = 0; product < 40; product++)
        {
            var attraction = 0.05 + (0.4 * random.NextDouble());
            for (var rank = 1; rank <= 5; rank++)
            {
                var clicks = 0;
                for (var i = 0; i < 2000; i++) clicks += random.NextDouble() < attraction / rank ? 1 : 0;
                rows.Add(("q", $"p{product:00}", rank, 2000, clicks));
            }
        }

        var columns = Columns([.. rows]);
        var model = PositionBasedModel.Fit(columns, new PositionBasedOptions(), TestContext.Current.CancellationToken);
        var rates = ClicksOverExpected.Of(columns).RankRates;
        var byRanks = columns.Clicks.Select((clicks, row) => (clicks * Math.Log(rates[columns.Ranks[row] - 1])) + ((columns.Impressions[row] - clicks) * Math.Log(1 - rates[columns.Ranks[row] - 1]))).Sum();
        // Forty products may cost at most as many half units of likelihood as there are parameters more; these gain thousands.
        Assert.True(model.LogLikelihood > byRanks + 1000, $"{byRanks} by ranks alone, {model.LogLikelihood} by the model");
        for (var rank = 1; rank <= 5; rank++) Assert.InRange(model.Examinations[rank - 1] * rank, 0.95, 1.05);
    }

    [Fact]
    public void Each_turn_raises_the_likelihood() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 4], Gen.Int[1, 50], Gen.Int[0, 50]).Array[1, 30].Sample(rows =>
        {
            var columns = Columns([.. rows.Select(row => ("q", $"p{row.Item1}", row.Item2, (double)row.Item3, (double)Math.Min(row.Item3, row.Item4)))]);
            var likelihood = double.NegativeInfinity;
            for (var turns = 1; turns <= 8; turns++)
            {
                var model = PositionBasedModel.Fit(columns, new PositionBasedOptions { Turns = turns, Tolerance = 1e-300 }, TestContext.Current.CancellationToken);
                Assert.True(model.LogLikelihood >= likelihood - 1e-9, $"turn {turns}: {likelihood} to {model.LogLikelihood}");
                likelihood = model.LogLikelihood;
                Assert.All(model.Attractions.Concat(model.Examinations).Where(double.IsFinite), value => Assert.InRange(value, 0, 1 + 1e-12));
            }
        });

    [Fact]
    public void Ranks_that_share_no_product_with_the_first_cannot_be_told()
    {
        var model = PositionBasedModel.Fit(Columns(("q", "a", 1, 100, 40), ("q", "a", 2, 100, 20), ("q", "b", 3, 100, 10)), new PositionBasedOptions(), TestContext.Current.CancellationToken);

        Assert.Equal([3], model.UnlinkedRanks);
        Assert.True(double.IsNaN(model.Examinations[2]) && double.IsNaN(model.Attractions[1]));
        Assert.Equal(0.5, model.Examinations[1], 1e-6);
        Assert.Equal(0.4, model.Attractions[0], 1e-6);
    }

    [Fact]
    public void Grades_follow_the_share_of_the_mean_and_rarely_shown_products_have_none()
    {
        var columns = Columns(("q", "a", 1, 100, 40), ("q", "b", 1, 100, 10), ("q", "c", 1, 100, 1), ("q", "d", 1, 5, 5));
        var judgments = ClickJudgments.Of(columns, ClicksOverExpected.Of(columns).Values, 10, out var leftOut);

        Assert.Equal([("a", 4), ("b", 1), ("c", 0)], judgments.Select(one => (one.Product, one.Grade)));
        Assert.Equal(1, leftOut);
    }

    [Fact]
    public void What_cannot_be_is_refused_by_row()
    {
        Assert.Equal("Clicks[1] = 3 of 2 impressions; expected 0 to the impressions.", Assert.Throws<ArgumentException>(() => ClicksOverExpected.Of(Columns(("q", "a", 1, 1, 1), ("q", "b", 1, 2, 3)))).Message);
        Assert.Equal("Ranks[0] = 0; ranks count from 1.", Assert.Throws<ArgumentException>(() => ClicksOverExpected.Of(Columns(("q", "a", 0, 1, 1)))).Message);
    }

    private static ClickColumns Columns(params (string Query, string Product, int Rank, double Shown, double Clicked)[] rows)
    {
        var pairs = rows.Select(row => (row.Query, row.Product)).Distinct().Order().ToList();
        return new ClickColumns
        {
            Queries = [.. pairs.Select(pair => pair.Query)],
            Products = [.. pairs.Select(pair => pair.Product)],
            Pairs = [.. rows.Select(row => pairs.IndexOf((row.Query, row.Product)))],
            Ranks = [.. rows.Select(row => row.Rank)],
            Impressions = [.. rows.Select(row => row.Shown)],
            Clicks = [.. rows.Select(row => row.Clicked)],
        };
    }
}
