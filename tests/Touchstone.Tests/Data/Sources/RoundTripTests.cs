using System.Globalization;
using System.Text;
using CsCheck;
using DuckDB.NET.Data;
using nietras.SeparatedValues;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

/// <summary>What goes into a file of any format comes out of it unchanged.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] s_ids = ["a/b", "with space", " led ", "😀👍🏽", "无线降噪耳机", "\"quoted\"", "semi;colon", "comma,", "line\nbreak", "tab\tin", "é", "e\u0301", "0017", "1e3", "\u2028", "<&>", "-1"];

    private static string Csv(IEnumerable<string[]> rows, char delimiter) => string.Concat(rows.Select(row => string.Join(delimiter, row.Select(Quote)) + "\n"));

    private static string Quote(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [Theory]
    [InlineData("a.csv", ',', false)]
    [InlineData("a.csv.gz", ';', true)]
    [InlineData("a.csv", '|', false)]
    [InlineData("a.tsv", '\t', false)]
    [InlineData("a.tsv.gz", '\t', true)]
    public void Ids_survive_delimited_text(string name, char delimiter, bool isPacked)
    {
        var content = Encoding.UTF8.GetBytes(Csv([["shopper", "product", "session"], .. s_ids.Select(id => (string[])[id, id, id])], delimiter));
        using var folder = new ShopFolder().Write(name, isPacked ? ShopFolder.Gzip(content) : content);
        AssertIds(folder.Events($"events: {name}"));
    }

    [Fact]
    public void Ids_survive_JSON_Lines()
    {
        var lines = s_ids.Select(id => $"{{\"user\": {{\"id\": {System.Text.Json.JsonSerializer.Serialize(id)}}}, \"product\": {System.Text.Json.JsonSerializer.Serialize(id)}, \"session\": {System.Text.Json.JsonSerializer.Serialize(id)}}}\n");
        using var folder = new ShopFolder().Write("a.jsonl.gz", ShopFolder.Gzip(Encoding.UTF8.GetBytes(string.Concat(lines))));
        AssertIds(folder.Events("events: [{path: a.jsonl.gz, columns: {shopper: user.id}}]"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ids_survive_Parquet(bool isPacked)
    {
        using var folder = new ShopFolder();
        var path = Path.Combine(folder.Path, "a.parquet");
        Duck($"COPY (SELECT unnest([{string.Join(", ", s_ids.Select(id => $"'{id}'"))}]) AS shopper, shopper AS product, shopper AS session) TO '{path}' (FORMAT parquet)");
        if (isPacked) folder.Write("a.parquet.gz", ShopFolder.Gzip(File.ReadAllBytes(path)));
        AssertIds(folder.Events($"events: a.parquet{(isPacked ? ".gz" : "")}"), firstLine: 1);
    }

    [Fact]
    public void Typed_Parquet_columns_are_read_exactly()
    {
        using var folder = new ShopFolder();
        Duck($"""
            COPY (SELECT i AS shopper, 'p' || i AS product, TIMESTAMP '2011-06-01 08:00:00.123' + INTERVAL (i) SECOND AS "time",
                TIMESTAMPTZ '2011-06-01 08:00:00+02' AS received, CAST(1.10 AS DECIMAL(9, 2)) AS unit_price, 0.1 + 0.2 AS discount, i AS quantity, i = 1 AS consent
                FROM range(5000) t(i)) TO '{Path.Combine(folder.Path, "a.parquet")}' (FORMAT parquet, ROW_GROUP_SIZE 2048)
            """);
        var rows = folder.Events("{time_zone: Europe/Berlin, events: a.parquet}");
        Assert.Equal(Enumerable.Range(1, 5000).Select(i => (long)i), rows.Select(row => row.Line));
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => i.ToString(CultureInfo.InvariantCulture)), rows.Select(row => row.Shopper));
        Assert.All(rows, row => Assert.True(row is { UnitPrice: 1.10m, Unreadable: null }));
        Assert.Equal(new DateTime(2011, 6, 1, 6, 0, 0, 123, DateTimeKind.Utc), rows[0].OccurredAt);
        Assert.Equal(new DateTime(2011, 6, 1, 6, 0, 0, DateTimeKind.Utc), rows[0].ReceivedAt);
        Assert.Equal((false, true), (rows[0].Consent, rows[1].Consent));
    }

    [Fact]
    public void Well_formed_CSV_reads_as_Sep_reads_it() => Check.Sample(
        Gen.Select(Gen.Char["ab,;\"\n 好"].Array[1, 6].Select(characters => new string(characters)), Gen.Char["xy,\"\n"].Array[1, 6].Select(characters => new string(characters))).Array[1, 20],
        cells =>
        {
            var text = Csv([["shopper", "product"], .. cells.Select(cell => (string[])[cell.Item1, cell.Item2])], ',');
            using var folder = new ShopFolder().Write("a.csv", text);
            using var sep = Sep.Reader(options => options with { Unescape = true }).FromText(text);
            var expected = new List<(string, string, long)>();
            foreach (var row in sep) expected.Add((row[0].ToString(), row[1].ToString(), row.LineNumberFrom));
            Assert.Equal(expected, folder.Events("events: [{path: a.csv, null_values: []}]").Select(row => (row.Shopper ?? "", row.Product ?? "", row.Line)));
        },
        iter: 300);

    [Fact]
    public void Files_of_a_pattern_are_read_in_ordinal_order_with_their_names()
    {
        using var folder = new ShopFolder().Write("data/m-10.csv", "shopper,product\n1,a\n").Write("data/m-2.csv", "product,shopper\nb,2\n").Write("data/sub/m-1.csv", "x\n");
        var rows = folder.Events("events: data/m-*.csv");
        Assert.Equal([("data/m-10.csv", "1", "a"), ("data/m-2.csv", "2", "b")], rows.Select(row => (row.Source, row.Shopper, row.Product)));
        var files = SourceFiles.Resolve(folder.Shop("events: data/m-*.csv").Events[0], folder.Shop(""));
        Assert.Equal(["data/m-10.csv", "data/m-2.csv"], files.Select(file => file.Name));
        Assert.Equal(20, files[0].Size);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("shopper,product\n1,a\n"u8)), files[0].Sha256);
    }

    [Fact]
    public void Several_gzip_members_in_one_file_are_read_through()
    {
        using var folder = new ShopFolder().Write("a.csv.gz", [.. ShopFolder.Gzip("shopper,product\n1,a\n"u8.ToArray()), .. ShopFolder.Gzip("2,b\n3,c\n"u8.ToArray())]);
        Assert.Equal(["1", "2", "3"], folder.Events("events: a.csv.gz").Select(row => row.Shopper));
    }

    [Fact]
    public void Progress_ends_with_all_bytes_and_rows()
    {
        var text = "shopper,product\n" + string.Concat(Enumerable.Repeat("1,2\n", 40_000));
        using var folder = new ShopFolder().Write("a.csv", text);
        var reports = new Reports();
        var shop = folder.Shop("events: a.csv");
        Assert.Equal(40_000, EventSource.Read(shop.Events[0], shop, null, reports, TestContext.Current.CancellationToken).Count());
        Assert.Equal(new SourceProgress("a.csv", text.Length, text.Length, 40_000), reports.All[^1]);
        Assert.Equal(3, reports.All.Count);
    }

    [Fact]
    public void A_cancelled_read_stops()
    {
        using var folder = new ShopFolder().Write("a.csv", "shopper,product\n" + string.Concat(Enumerable.Repeat("1,2\n", 40_000)));
        using var cancel = new CancellationTokenSource();
        var shop = folder.Shop("events: a.csv");
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var row in EventSource.Read(shop.Events[0], shop, null, null, cancel.Token)) cancel.Cancel();
        });
    }

    private static void AssertIds(List<Interaction> rows, long firstLine = 0)
    {
        Assert.All(rows, row => Assert.Null(row.Unreadable));
        Assert.Equal(s_ids, rows.Select(row => row.Shopper));
        Assert.Equal(s_ids, rows.Select(row => row.Product));
        Assert.Equal(s_ids, rows.Select(row => row.Session));
        if (firstLine > 0) Assert.Equal(Enumerable.Range((int)firstLine, s_ids.Length), rows.Select(row => (int)row.Line));
    }

    private static void Duck(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Reports : IProgress<SourceProgress>
    {
        public List<SourceProgress> All { get; } = [];

        public void Report(SourceProgress value) => All.Add(value);
    }
}
