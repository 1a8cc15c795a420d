using System.Text;
using CsCheck;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

/// <summary>Rows that cannot be read come out as unreadable, with their line, and reading goes on.</summary>
public sealed class UnreadableRowTests
{
    private const string Events = "time_zone: Europe/London\ncurrency: GBP\nevents: a.csv";

    private static List<(long Line, string? Unreadable)> Read(string content, string yaml = Events) => Read(Encoding.UTF8.GetBytes(content), yaml);

    private static List<(long Line, string? Unreadable)> Read(byte[] content, string yaml = Events)
    {
        using var folder = new ShopFolder().Write("a.csv", content);
        return [.. folder.Events(yaml).Select(row => (row.Line, row.Unreadable))];
    }

    [Fact]
    public void A_row_with_other_cells_than_the_header() =>
        Assert.Equal([(2, null), (3, "row=3 cells where the header has 2"), (4, "row=1 cells where the header has 2"), (6, null)], Read("shopper,product\n1,2\n1,2,3\n1\n\n3,4"));

    [Fact]
    public void A_NUL_byte() => Assert.Equal([(2, "row=holds a NUL byte"), (3, null)], Read("shopper,product\n1,\02\n3,4\n"));

    [Fact]
    public void Mixed_encodings() =>
        Assert.Equal([(2, null), (3, "row=not valid UTF-8"), (4, null)], Read([.. "shopper,product\nJosé,1\n"u8, .. Encoding.Latin1.GetBytes("José,2\n"), .. "Ann,3\n"u8]));

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Equal([(2L, (string?)null)], Read("\uFEFF\"shopper\",product\r\n1,2\r\n"));

    [Fact]
    public void Quoted_line_ends_are_counted() =>
        Assert.Equal([(2, null), (5, null), (6, null)], Read("shopper,product\n\"a\nb\r\nc\",1\n\"d\"\"\",2\ne,\"f,\"\n"));

    [Fact]
    public void A_stray_quote_is_text() => Assert.Equal([(2L, (string?)null), (3, null)], Read("shopper,product\n5\" nail,1\n7\",2\n"));

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_line_only() =>
        Assert.Equal([(2, null), (3, "row=quote never closed"), (4, null), (5, null)], Read("shopper,product\n1,2\n\"x,3\n4,5\n6,7\n"));

    [Fact]
    public void A_line_of_100_MB_in_bounded_memory()
    {
        using var folder = new ShopFolder();
        using (var file = File.Create(Path.Combine(folder.Path, "a.csv")))
        {
            file.Write("shopper,product\n1,2\n"u8);
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)'x');
            for (var i = 0; i < 100; i++) file.Write(block);
            file.Write("\n3,4\n"u8);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = folder.Events(Events);
        Assert.Equal([(2, null), (3, "row=longer than 16 MiB"), (4, null)], rows.Select(row => (row.Line, row.Unreadable)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 160_000_000, "the line was kept in memory");
    }

    [Fact]
    public void A_quoted_cell_of_20_MB_in_one_line()
    {
        var rows = Read($"shopper,product\n\"{new string('x', 20 << 20)}\",2\n3,4\n");
        Assert.Equal([(2, "row=longer than 16 MiB"), (3, null)], rows);
    }

    [Fact]
    public void Numbers_and_times_that_cannot_be_read_stand_with_their_text()
    {
        const string Text = "shopper,product,time,quantity,unit_price,kind\n" +
            "1,2,2011-03-31 08:26:00,6,\"12,50\",buy\n" +
            "1,2,31.03.2011,six,abc,gift\n" +
            "1,2,2011-03-27 01:30:00,1,1,buy\n" +
            "1,2,2011-02-29,1,\"1,234,5\",buy\n";
        Assert.Equal(
            [
                (2, "unit_price=12,50 (write 12.50, or set decimal: \",\")"),
                (3, "kind=gift; time=31.03.2011; quantity=six; unit_price=abc"),
                (4, "time=2011-03-27 01:30:00 (the clocks of Europe/London leave this time out)"),
                (5, "time=2011-02-29; unit_price=1,234,5"),
            ],
            Read(Text));
        using var folder = new ShopFolder().Write("a.csv", Text);
        var row = folder.Events(Events)[0];
        Assert.Equal((InteractionKind.Purchase, 6m, null), (row.Kind, row.Quantity, row.UnitPrice));
        Assert.Equal(new DateTime(2011, 3, 31, 7, 26, 0, DateTimeKind.Utc), row.OccurredAt);
    }

    [Fact]
    public void JSON_that_cannot_be_read()
    {
        using var folder = new ShopFolder().Write("a.jsonl", "{\"shopper\":\"a\u2028b\",\"product\":1}\n{\"shopper\":\n{\"shopper\":1,\"product\":2} x\n{\"product\":\"\\uD800\",\"shopper\":1}\n\n{\"shopper\":1,\"product\":2}\n");
        Assert.Equal(
            [(1, null), (2, "row=not a JSON object"), (3, "row=not a JSON object"), (4, "row=holds half a surrogate pair"), (6, null)],
            folder.Events("events: a.jsonl").Select(row => (row.Line, row.Unreadable)));
        Assert.Equal("a\u2028b", folder.Events("events: a.jsonl")[0].Shopper);
    }

    [Fact]
    public void A_user_without_items()
    {
        using var folder = new ShopFolder().Write("a.txt", "1 5 6\n2\n\n3\t7\r\n");
        var rows = folder.Events("events: [{path: a.txt, format: sequences, kind: view}]");
        Assert.Equal([(1, "5", 0L, null), (1, "6", 1L, null), (2, null, null, "row=a user without items"), (4, "7", 0L, null)], rows.Select(row => (row.Line, row.Product, row.Ordinal, row.Unreadable)));
        Assert.All(rows, row => Assert.Equal(InteractionKind.View, row.Kind));
    }

    [Fact]
    public void Every_line_of_any_bytes_comes_out_once() => Check.Sample(
        Gen.Byte.Array[0, 400],
        bytes =>
        {
            var body = bytes.Select(value => value switch { < 60 => (byte)'\n', < 110 => (byte)',', < 180 => (byte)'a', < 183 => (byte)0, _ => value }).ToArray();
            var lines = new List<long>();
            var line = 3L;
            var start = 0;
            for (var i = 0; i <= body.Length; i++)
            {
                if (i < body.Length && body[i] != '\n') continue;
                if (i > start) lines.Add(line);
                line++;
                start = i + 1;
            }

            // A thousand good rows go before, so that the file as a whole is not refused for its encoding.
            var good = string.Concat(Enumerable.Repeat("1,2\n", 1_000));
            using var folder = new ShopFolder().Write("a.csv", [.. Encoding.ASCII.GetBytes("shopper,product\n" + good), .. body]);
            Assert.Equal(lines.Select(at => at + 999), folder.Events("events: a.csv").Skip(1_000).Select(row => row.Line));
        },
        iter: 200);
}
