using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

public sealed class SearchLogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_row_is_a_search_with_who_and_how_many_products_were_found()
    {
        var csv = SearchLogFile.Read(Write("log.csv", "occurred_at,shopper,session,query,results\n2026-03-31T10:15:00Z,s,v,\"red, shoes\",12\n2026-03-31T10:16:00Z,,,shoos,0\n"), TestContext.Current.CancellationToken);
        Assert.Equal([new LoggedSearch("s", "v", 12), new LoggedSearch(null, null, 0)], csv);
        var json = SearchLogFile.Read(Write("log.jsonl", "{\"session\":\"v\",\"results\":3}\n"), TestContext.Current.CancellationToken);
        Assert.Equal([new LoggedSearch(null, "v", 3)], json);
    }

    [Theory]
    [InlineData("results\n12\n-1\n", ":3 results \"-1\" is not a whole number from 0.")]
    [InlineData("results\n1.5\n", ":2 results \"1.5\" is not a whole number from 0.")]
    [InlineData("session,results\nv,\n", ":2 has no results; write how many products the search found, 0 for none.")]
    [InlineData("session,hits\nv,1\n", ":1 has no column results; it has: session, hits. Write one row a search: occurred_at,shopper,session,query,results.")]
    public void A_faulty_row_is_an_error_that_names_it(string text, string message) =>
        Assert.Equal(_folder.In("log.csv") + message, Assert.Throws<SourceException>(() => SearchLogFile.Read(Write("log.csv", text), TestContext.Current.CancellationToken).ToList()).Message);

    [Fact]
    public void A_reader_stops_between_rows_when_it_is_told_to()
    {
        var path = Write("log.csv", "results\n" + string.Concat(Enumerable.Repeat("1\n", 5_000)));
        using var source = new CancellationTokenSource();
        using var rows = SearchLogFile.Read(path, source.Token).GetEnumerator();
        Assert.True(rows.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (rows.MoveNext())
            {
            }
        });
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.In(name), text);
        return _folder.In(name);
    }
}
