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

    private ShopLog Read(IEnumerable<Interaction> rows)
    {
        Cleaner.Run(rows, [], [], _files.Folder, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), null, TestContext.Current.CancellationToken);
        return ShopLogReader.Read(_files.Folder, [], 0.3);
    }
}
