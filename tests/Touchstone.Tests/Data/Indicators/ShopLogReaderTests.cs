using Touchstone.Data.Cleaning;
using Touchstone.Data.Indicators;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Indicators;
using Touchstone.Tests.Data.Cleaning;

namespace Touchstone.Tests.Data.Indicators;

public sealed class ShopLogReaderTests : IDisposable
{
    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Amounts_of_several_currencies_are_not_summed()
    {
        var log = Read([Rows.Purchase("s", "p", 1) with { Currency = "EUR" }, Rows.Purchase("t", "p", 2), Rows.View("s", "v", "p", 3) with { Currency = "USD" }]);
        Assert.Equal(5, log.Revenues.Where(double.IsFinite).Sum());
        // A return counts too: cleaning set it aside, and its money is paid back.
        var fault = Assert.Throws<SourceException>(() => Read([Rows.Purchase("s", "p", 1) with { Currency = "EUR" }, Rows.Purchase("t", "p", 2) with { Currency = "USD", Kind = InteractionKind.Return }]));
        Assert.StartsWith(_files.Folder + " has order lines in EUR, USD. Amounts of several currencies are not summed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_that_do_not_tell_failures_measure_none()
    {
        var log = Read([Rows.Purchase("s", "p", 1)]) with { RequestMs = [10, 20], RequestAtMs = [0, 1] };
        var values = IndicatorJudge.Compute(log, new TechnicalFacts(), "EUR", new BootstrapOptions { Replicates = 20, Seed = new Seed(1) }, TestContext.Current.CancellationToken);
        Assert.Equal(15, values.Single(value => value.Definition.Name == "latency_p50_ms").Figure?.Value);
        foreach (var name in (string[])["error_rate", "availability"])
        {
            var value = values.Single(value => value.Definition.Name == name);
            Assert.Null(value.Figure);
            Assert.NotNull(value.NotMeasured);
        }
    }

    [Fact]
    public void A_search_is_its_sessions_and_without_a_log_of_searches_none_found_nothing()
    {
        var log = Read([Rows.Purchase("s", "p", 1) with { Session = "v" }, Rows.Purchase("t", "p", 2)], [new(null, "v", 0), new("s", null, 3), new("new", null, 0), new(null, null, 5)]);
        Assert.Equal([0, 3, 0, 5], log.SearchResults);
        // Known by its session, and by its shopper; a stranger and nobody are units of their own.
        Assert.Equal(log.SearchUnits[0], log.SearchUnits[1]);
        Assert.Equal((3, 4), (log.SearchUnits.Distinct().Count(), log.UnitCount));
        Assert.Equal(0.5, Value(log, "zero_result_rate").Figure?.Value);
        var none = Value(Read([Rows.Purchase("s", "p", 1)]), "zero_result_rate");
        Assert.Null(none.Figure);
        Assert.Equal("the log has none, or too little, of: search log", none.NotMeasured);

        static IndicatorValue Value(ShopLog log, string name) => IndicatorJudge
            .Compute(log, new TechnicalFacts(), "EUR", new BootstrapOptions { Replicates = 200, Seed = new Seed(1) }, TestContext.Current.CancellationToken).Single(value => value.Definition.Name == name);
    }

    private ShopLog Read(IEnumerable<Interaction> rows, IEnumerable<LoggedSearch>? searches = null)
    {
        Cleaner.Run(rows, [], [], _files.Folder, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), null, TestContext.Current.CancellationToken);
        return ShopLogReader.Read(_files.Folder, [], 0.3, searches);
    }
}
