using System.Text;
using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

/// <summary>Files that as a whole cannot be read: each says file, line and remedy.</summary>
public sealed class SourceFaultTests
{
    private const string Mapped = """
        events:
          - path: orders.csv
            columns: {shopper: customer, product: sku}
        """;

    [Fact]
    public void A_missing_file_names_the_nearest()
    {
        using var folder = new ShopFolder().Write("order.csv", "customer,sku\n1,2\n");
        Assert.Equal("orders.csv is not there (shop.yaml:2); did you mean \"order.csv\"?", folder.Fault(Mapped));
        Assert.Equal("deep/x.csv is not there (shop.yaml:1): there is no folder deep.", folder.Fault("events: deep/x.csv"));
    }

    [Fact]
    public void A_pattern_without_files_says_so()
    {
        using var folder = new ShopFolder();
        Assert.Equal("orders-*.csv matches no file (shop.yaml:1); check the pattern.", folder.Fault("events: orders-*.csv"));
        Assert.Equal("no/orders-*.csv matches no file (shop.yaml:1): the folder no is not there.", folder.Fault("events: no/orders-*.csv"));
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using var folder = new ShopFolder().Write("data/a.csv", "x\n");
        Assert.Equal("data is a folder (shop.yaml:1); name a file of it, or a pattern such as data/*.csv.", folder.Fault("events: data"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n\n")]
    public void An_empty_file_is_refused(string content)
    {
        using var folder = new ShopFolder().Write("orders.csv", content);
        Assert.Equal("orders.csv is empty; export it again, or take it out of shop.yaml.", folder.Fault(Mapped));
    }

    [Fact]
    public void A_header_alone_is_refused_unless_other_files_of_the_pattern_have_rows()
    {
        using var folder = new ShopFolder().Write("orders-1.csv", "shopper,product\n");
        Assert.Equal("orders-1.csv:1 has a header and no rows (shop.yaml:1); export it again, or take it out of shop.yaml.", folder.Fault("events: orders-*.csv"));
        folder.Write("orders-2.csv", "shopper,product\na,b\n");
        Assert.Single(folder.Events("events: orders-*.csv"));
    }

    [Fact]
    public void A_wrong_delimiter_names_the_one_that_it_looks_like()
    {
        using var folder = new ShopFolder().Write("orders.csv", "customer;sku\n1;2\n");
        Assert.Equal(
            "orders.csv:1 has one column, \"customer;sku\", and none named \"customer\" (shop.yaml:4): the delimiter looks like \";\"; set delimiter: \";\".",
            folder.Fault(Mapped.Replace("    columns", "    delimiter: \",\"\n    columns", StringComparison.Ordinal)));
        folder.Write("orders.csv", "customer^sku\n1^2\n");
        Assert.Equal(
            "orders.csv:1 has one column, \"customer^sku\", and none named \"customer\" (shop.yaml:3): the delimiter looks like \"^\"; set delimiter: \"^\".",
            folder.Fault(Mapped));
    }

    [Fact]
    public void A_column_that_is_not_there_names_the_nearest()
    {
        using var folder = new ShopFolder().Write("orders.csv", "\n\nkustomer,sku\n1,2\n");
        Assert.Equal("orders.csv:3 has no column \"customer\" (shop.yaml:3); did you mean \"kustomer\"?", folder.Fault(Mapped));
        Assert.Equal(
            "orders.csv:3 has no column \"zzzzzzzzz\" (shop.yaml:4); it has: kustomer, sku.",
            folder.Fault(Mapped.Replace("customer", "kustomer", StringComparison.Ordinal) + "\n    future: [zzzzzzzzz]"));
    }

    [Fact]
    public void A_file_that_does_not_say_who_or_what_is_refused()
    {
        using var folder = new ShopFolder().Write("orders.csv", "who,what\n1,2\n");
        Assert.Equal("orders.csv:1 has no column that says which product it is about (shop.yaml:1); map one, such as columns: {product: NAME}. It has: who, what.", folder.Fault("events: orders.csv"));
        folder.Write("orders.csv", "who,product\n1,2\n");
        Assert.Equal("orders.csv:1 has no column that says who did it (shop.yaml:1); map one, such as columns: {shopper: NAME}. It has: who, product.", folder.Fault("events: orders.csv"));
    }

    [Fact]
    public void Duplicate_columns_are_refused()
    {
        using var folder = new ShopFolder().Write("orders.csv", "customer,sku,sku\n1,2,3\n");
        Assert.Equal("orders.csv:1 names the column \"sku\" twice; rename all but one.", folder.Fault(Mapped));
    }

    [Fact]
    public void A_file_in_another_encoding_suggests_windows_1252()
    {
        using var folder = new ShopFolder().Write("orders.csv", Encoding.Latin1.GetBytes("customer,sku\nJosé,1\nZoë,2\nAnn,3\n"));
        Assert.Equal("orders.csv is not utf-8: 2 of its first 3 rows are not. Set encoding: windows-1252, or the encoding that it was exported in.", folder.Fault(Mapped));
        var rows = folder.Events(Mapped + "\n    encoding: windows-1252");
        Assert.Equal(["José", "Zoë", "Ann"], rows.Select(row => row.Shopper));
    }

    [Fact]
    public void A_file_in_UTF_16_suggests_it()
    {
        using var folder = new ShopFolder().Write("orders.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("customer,sku\nJosé,1\n")]);
        Assert.Equal("orders.csv:1 has a header with NUL bytes; if it was saved as Unicode, set encoding: utf-16.", folder.Fault(Mapped));
        Assert.Equal("José", Assert.Single(folder.Events(Mapped + "\n    encoding: utf-16")).Shopper);
    }

    [Fact]
    public void Old_line_ends_are_refused()
    {
        using var folder = new ShopFolder().Write("orders.csv", "customer,sku\r1,2\r3,4\r");
        Assert.Equal("orders.csv:1 has lines that end in CR only; save it with LF or CRLF line ends.", folder.Fault(Mapped));
    }

    [Fact]
    public void A_name_that_tells_no_format_asks_for_it()
    {
        using var folder = new ShopFolder().Write("orders.dat", "1 2\n");
        Assert.Equal(
            "orders.dat has a format that its name does not tell (shop.yaml:1); set format: csv, tsv, jsonl, parquet or sequences (one user a line).",
            folder.Fault("events: orders.dat"));
    }

    [Fact]
    public void What_is_not_JSON_Lines_is_refused()
    {
        using var folder = new ShopFolder().Write("a.json", "[\n{\"shopper\": 1,\n\"product\": 2}\n]\n");
        Assert.Equal("a.json:1 is not JSON Lines: 4 of its first 4 rows are no JSON objects. Write one object a line, or set format.", folder.Fault("events: a.json"));
    }

    [Fact]
    public void What_is_not_Parquet_is_refused()
    {
        using var folder = new ShopFolder().Write("a.parquet", "shopper,product\n1,2\n");
        Assert.StartsWith("a.parquet cannot be read as Parquet: ", folder.Fault("events: a.parquet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(30)]
    public void A_truncated_gzip_is_refused_where_it_ends(int rowCount)
    {
        var text = new StringBuilder("shopper,product\n");
        var random = new Touchstone.Numerics.SeededRandom(7);
        for (var i = 0; i < rowCount; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{random.NextUInt64()},{random.NextUInt64()}\n");
        var packed = ShopFolder.Gzip(Encoding.UTF8.GetBytes(text.ToString()));
        using var folder = new ShopFolder();
        foreach (var length in (int[])[packed.Length / 2, packed.Length - 9, packed.Length - 4])
        {
            folder.Write("a.csv.gz", packed[..length]);
            Assert.Matches("^a.csv.gz(:[0-9]+)? is damaged or cut off here: its gzip stream cannot be unpacked any further. Copy or export it again.$", folder.Fault("events: a.csv.gz"));
        }

        Assert.Equal(rowCount, folder.Write("a.csv.gz", packed).Events("events: a.csv.gz").Count);
    }

    [Fact]
    public void A_key_file_of_another_length_is_refused()
    {
        using var folder = new ShopFolder().Write("key", "short");
        Assert.Contains("holds 5 bytes, a key has 32; restore it from a copy", Assert.Throws<InvalidDataException>(() => ShopperHash.FromFile(Path.Combine(folder.Path, "key"))).Message, StringComparison.Ordinal);
    }
}
