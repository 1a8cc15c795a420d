using System.Text.Json;

namespace Touchstone.PathTests;

/// <summary>The verb <c>indicators</c> on files of a shop whose ids of shoppers are hashed, as they are unless it says otherwise.</summary>
public sealed class IndicatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IndicatorTests()
    {
        _folder.Write("shop.yaml", "version: 1\ncurrency: EUR\nevents:\n  - path: events.csv\n    kind: purchase\n    columns: {shopper: shopper, product: product, time: time, unit_price: price, quantity: quantity}\n");
        _folder.Write("events.csv", "shopper,product,time,price,quantity\na,p,2026-01-01,1,1\nb,q,2026-01-02,1,1\nc,p,2026-01-03,1,1\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Searches_and_slates_in_files_are_of_the_shoppers_whom_the_facts_know_by_hashed_ids()
    {
        _folder.Write("searches.jsonl", "{\"shopper\":\"a\",\"query\":\"red\",\"results\":3}\n{\"shopper\":\"b\",\"query\":\"rde\",\"results\":0}\n{\"shopper\":\"b\",\"query\":\"red\",\"results\":3}\n");
        _folder.Write("exposures.jsonl", "{\"slate\":\"s\",\"shopper\":\"c\",\"occurred_at\":\"2026-01-03T10:00:00Z\",\"product\":\"p\",\"rank\":1}\n");
        var run = await TouchstoneProcess.RunAsync(_folder.Path, "indicators shop.yaml --bootstrap 50 --format json".Split(' '));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var document = JsonDocument.Parse(run.Output);
        double Value(string name) => document.RootElement.GetProperty("indicators").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name).GetProperty("figure").GetProperty("value").GetDouble();
        Assert.Equal(1.0 / 3, Value("zero_result_rate"), 12);
        // Three shoppers, all buyers: none of them is a second person under the id that the files use.
        Assert.Equal(1, Value("buyer_rate"));
    }

    [Fact]
    public async Task A_faulty_search_log_is_an_error_with_its_line()
    {
        _folder.Write("found.csv", "shopper,results\na,3\nb,none\n");
        var run = await TouchstoneProcess.RunAsync(_folder.Path, "indicators shop.yaml --searches found.csv".Split(' '));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("found.csv:3 results \"none\" is not a whole number from 0.", run.Error, StringComparison.Ordinal);
    }
}
