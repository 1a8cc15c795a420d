using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

/// <summary>How single fields are read.</summary>
public sealed class FieldTests
{
    private static Interaction Row(string header, string row, string options = "", string shop = "")
    {
        using var folder = new ShopFolder().Write("a.csv", $"shopper,product,{header}\ns,p,{row}\n");
        return Assert.Single(folder.Events($"{shop}\nevents:\n  - path: a.csv\n    {options}\n"));
    }

    [Theory]
    [InlineData("2011-03-31", "auto", "2011-03-30T23:00:00.0000000Z", 60)]
    [InlineData("2011-12-01 08:26:00", "auto", "2011-12-01T08:26:00.0000000Z", 0)]
    [InlineData("2011/06/01 08:26", "auto", "2011-06-01T07:26:00.0000000Z", 60)]
    [InlineData("2011-06-01T08:26:00.1234567", "iso", "2011-06-01T07:26:00.1234567Z", 60)]
    [InlineData("2011-06-01T08:26:00+05:30", "auto", "2011-06-01T02:56:00.0000000Z", 330)]
    [InlineData("2011-06-01 08:26:00.5-0330", "auto", "2011-06-01T11:56:00.5000000Z", -210)]
    [InlineData("2011-06-01T08:26:00Z", "auto", "2011-06-01T08:26:00.0000000Z", 0)]
    [InlineData("2011-06-01 08:26:00 UTC", "auto", "2011-06-01T08:26:00.0000000Z", 0)]
    [InlineData("2011-10-30 01:30:00", "auto", "2011-10-30T01:30:00.0000000Z", 0)]
    [InlineData("1306913160", "auto", "2011-06-01T07:26:00.0000000Z", 60)]
    [InlineData("1306913160.25", "auto", "2011-06-01T07:26:00.2500000Z", 60)]
    [InlineData("1306913160123", "auto", "2011-06-01T07:26:00.1230000Z", 60)]
    [InlineData("20110601", "auto", "2011-05-31T23:00:00.0000000Z", 60)]
    [InlineData("60", "unix_s", "1970-01-01T00:01:00.0000000Z", 60)]
    [InlineData("-1000", "unix_ms", "1969-12-31T23:59:59.0000000Z", 60)]
    [InlineData("01.06.2011 08:26", "dd.MM.yyyy HH:mm", "2011-06-01T07:26:00.0000000Z", 60)]
    [InlineData("06/01/2011 8:26 AM +02:00", "MM/dd/yyyy h:mm tt zzz", "2011-06-01T06:26:00.0000000Z", 120)]
    public void Times(string text, string format, string utc, int offsetMinutes)
    {
        var row = Row("time", text, $"time_format: \"{format}\"", "time_zone: Europe/London");
        Assert.Null(row.Unreadable);
        Assert.Equal(utc, row.OccurredAt?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(offsetMinutes, row.OffsetMinutes);
    }

    [Theory]
    [InlineData("12345", "auto")]
    [InlineData("2011-13-01", "auto")]
    [InlineData("2011-06-01 25:00", "auto")]
    [InlineData("2011-06-01T08:26:00+99:00", "auto")]
    [InlineData("1306913160", "iso")]
    [InlineData("99999999999999999", "unix_s")]
    [InlineData("0001-01-01T00:00:00+14:00", "auto")]
    [InlineData("01/02/2011", "auto")]
    public void Times_that_cannot_be_read_are_never_guessed(string text, string format)
    {
        var row = Row("time", text, $"time_format: {format}");
        Assert.Equal("time=" + text, row.Unreadable);
        Assert.Null(row.OccurredAt);
    }

    [Theory]
    [InlineData("view", InteractionKind.View)]
    [InlineData("add_to_cart", InteractionKind.Cart)]
    [InlineData("Transaction", InteractionKind.Purchase)]
    [InlineData("gekauft", InteractionKind.Purchase)]
    [InlineData("", InteractionKind.Click)]
    public void Kinds(string text, InteractionKind kind) => Assert.Equal(kind, Row("kind", text, "kind: click\n    kinds: {gekauft: purchase}").Kind);

    [Fact]
    public void The_kind_is_told_by_the_columns_where_nothing_states_it()
    {
        Assert.Equal(InteractionKind.Purchase, Row("order", "1").Kind);
        Assert.Equal(InteractionKind.Rating, Row("rating", "4.5").Kind);
        Assert.Equal(InteractionKind.View, Row("session", "1").Kind);
    }

    [Fact]
    public void Money_in_cents_with_a_decimal_comma_and_a_line_total()
    {
        Assert.Equal(49.95m, Row("unit_price", "4995", "price_in: cents").UnitPrice);
        Assert.Equal(-12.5m, Row("unit_price", "\"-12,50\"", "decimal: \",\"").UnitPrice);
        Assert.Equal("unit_price=12.50", Row("unit_price", "12.50", "decimal: \",\"").Unreadable);
        Assert.Equal(2.5m, Row("quantity,line_total", "4,10").UnitPrice);
        Assert.Equal(10m, Row("line_total", "10").UnitPrice);
        Assert.Equal("line_total=10 (there is no quantity to divide it by)", Row("quantity,line_total", "0,10").Unreadable);
        Assert.Equal("EUR", Row("unit_price", "1", shop: "currency: EUR").Currency);
        Assert.Equal("SEK", Row("unit_price,currency", "1,SEK", shop: "currency: EUR").Currency);
        Assert.Null(Row("rating", "1", shop: "currency: EUR").Currency);
    }

    [Fact]
    public void Null_values_are_absent_and_a_future_column_is_never_read()
    {
        var row = Row("session,order,rating", "NA,-,5", "null_values: [\"-\"]\n    future: [rating]");
        Assert.Equal(("NA", null, null), (row.Session, row.Order, row.Rating));
        Assert.Null(Row("session", "NA").Session);
    }

    [Fact]
    public void A_field_that_is_mapped_to_nothing_is_not_read() => Assert.Null(Row("session", "1", "columns: {session: }").Session);

    [Fact]
    public void Ids_of_persons_are_hashed_and_nothing_else()
    {
        using var folder = new ShopFolder().Write("a.csv", "shopper,client,product,session\nann,ann,ann,ann\nbob,,p,s\n");
        var hash = ShopperHash.FromFile(Path.Combine(folder.Path, "secret", "shopper-ids.key"));
        var rows = folder.Events("events: a.csv", hash);
        Assert.Equal(hash.Of("ann"), rows[0].Shopper);
        Assert.Equal(rows[0].Shopper, rows[0].Client);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", rows[0].Shopper);
        Assert.Equal(("ann", "ann"), (rows[0].Product, rows[0].Session));
        Assert.NotEqual(rows[0].Shopper, rows[1].Shopper);
        Assert.Null(rows[1].Client);
        Assert.Equal(hash.Of("ann"), ShopperHash.FromFile(Path.Combine(folder.Path, "secret", "shopper-ids.key")).Of("ann"));
        Assert.NotEqual(hash.Of("ann"), ShopperHash.FromFile(Path.Combine(folder.Path, "secret", "other.key")).Of("ann"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "secret", "shopper-ids.key")));
    }

    [Fact]
    public void The_hash_is_HMAC_SHA_256()
    {
        // RFC 4231, test case 2: key "Jefe", here padded with zeros as HMAC itself pads it.
        var key = new byte[16];
        "Jefe"u8.CopyTo(key);
        Assert.Equal("W9zBRr9gdU5qBCQmCJV1xw", new ShopperHash(key).Of("what do ya want for nothing?"));
    }

    [Fact]
    public void Catalogue_rows_keep_paths_attributes_and_validity()
    {
        using var folder = new ShopFolder().Write("p.jsonl", """
            {"sku":"a/1","name":"耳机","cat":["Audio","Head phones"],"price":1999,"stock":"in stock","from":"2024-01-01","x":{"colour":"red","n":1.50},"sales_rank":3}
            {"sku":"a/2","name":"Ä","cat":"Audio","price":"free","stock":false,"tags":[{"a":1}],"x":null}

            """);
        const string Yaml = """
            currency: EUR
            locale: zh-CN
            catalogue:
              - path: p.jsonl
                columns: {id: sku, title: name, category: cat, available: stock, valid_from: from}
                price_in: cents
                attributes: [x.colour, x.n, tags]
                future: [sales_rank]
            """;
        var products = folder.Products(Yaml);
        Assert.Equal(
            new Product
            {
                Site = "default",
                Id = "a/1",
                Title = "耳机",
                Locale = "zh-CN",
                Category = "Audio > Head phones",
                Price = 19.99m,
                Currency = "EUR",
                IsAvailable = true,
                ValidFrom = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                Attributes = """{"x.colour":"red","x.n":"1.50"}""",
                Source = "p.jsonl",
                Line = 1,
            },
            products[0]);
        Assert.Equal(("""{"tags":"[{\"a\":1}]"}""", "price=free", false), (products[1].Attributes, products[1].Unreadable, products[1].IsAvailable));
    }
}
