using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

public sealed class SampleSourcesTests
{
    [Fact]
    public void Online_Retail_is_read_to_the_penny()
    {
        var shop = SampleShops.Load("online-retail");
        var lines = SampleShops.Events(shop);
        Assert.Equal(431_673, lines.Count);
        Assert.DoesNotContain(lines, line => line.Unreadable is not null);
        Assert.Equal(8_518_395.53m, decimal.Round(lines.Sum(Positive), 2));
        Assert.Equal(-666_071.86m, decimal.Round(lines.Sum(Negative), 2));
        Assert.Equal(108_103, lines.Count(line => line.Shopper is null));
        Assert.Equal(21_423, lines.Select(line => line.Order).Distinct().Count());
        Assert.Equal(4_019, lines.Select(line => line.Product).Distinct().Count());
        Assert.Equal(4_010, lines.Select(line => line.Shopper).Where(id => id is not null).Distinct().Count());
        Assert.DoesNotContain(lines, line => line.Kind != (line.Order?.StartsWith('C') == true ? InteractionKind.Return : InteractionKind.Purchase));
        Assert.DoesNotContain(lines, line => line.Currency != "GBP");
        // Winter time, then summer time: half past eight in London is half past seven UTC.
        Assert.Equal(new DateTime(2010, 12, 1, 8, 26, 0, DateTimeKind.Utc), lines[0].OccurredAt);
        Assert.Equal(0, lines[0].OffsetMinutes);
        var june = lines.First(line => line.Source.EndsWith("2011-06.csv.gz", StringComparison.Ordinal));
        Assert.Equal(new DateTime(2011, 6, 1, 6, 37, 0, DateTimeKind.Utc), june.OccurredAt);
        Assert.Equal(60, june.OffsetMinutes);
        Assert.Equal(2, lines[0].Line);

        static decimal Worth(Interaction line) => (line.Quantity ?? 0) * (line.UnitPrice ?? 0);
        static decimal Positive(Interaction line) => Math.Max(0, Worth(line));
        static decimal Negative(Interaction line) => Math.Min(0, Worth(line));
    }

    [Fact]
    public void Beauty_is_read_with_its_titles_and_prices()
    {
        var shop = SampleShops.Load("amazon-beauty");
        var rows = SampleShops.Events(shop);
        Assert.Equal(198_502, rows.Count);
        Assert.Equal(22_363, rows.Select(row => row.Shopper).Distinct().Count());
        Assert.Equal(12_101, rows.Select(row => row.Product).Distinct().Count());
        Assert.All(rows, row => Assert.True(row is { Kind: InteractionKind.Purchase, OccurredAt: null, Ordinal: not null, Unreadable: null }));
        Assert.Equal(("1", "1", 0L, 1L), (rows[0].Shopper, rows[0].Product, rows[0].Ordinal ?? -1, rows[0].Line));
        Assert.Equal(("2", "6", 0L, 2L), (rows[5].Shopper, rows[5].Product, rows[5].Ordinal ?? -1, rows[5].Line));

        var products = SampleShops.Products(shop);
        Assert.Equal(12_101, products.Count);
        Assert.DoesNotContain(products, product => product.Unreadable is not null);
        Assert.Equal(12_094, products.Count(product => product.Title is not null));
        Assert.Equal(11_516, products.Count(product => product.Price is not null));
        Assert.Equal("Beauty > Makeup > Nails > Nail Polish", products[0].Category);
        Assert.Equal("""{"asin":"B004756YJA"}""", products[0].Attributes);
        Assert.Contains("23\" Straight", products[24].Title, StringComparison.Ordinal);
        Assert.DoesNotContain(products, product => product.Attributes?.Contains("rank", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void MovieLens_is_read_as_ratings_without_money()
    {
        var shop = SampleShops.Load("movielens-small");
        Assert.False(shop.Money.IsOn);
        var rows = SampleShops.Events(shop);
        Assert.Equal(100_836, rows.Count);
        Assert.All(rows, row => Assert.True(row is { Kind: InteractionKind.Rating, OccurredAt: not null, Rating: >= 0.5m and <= 5m, Currency: null, Unreadable: null }));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(964_982_703), rows[0].OccurredAt);
        var films = SampleShops.Products(shop);
        Assert.Equal(9_742, films.Count);
        Assert.Equal("Adventure > Animation > Children > Comedy > Fantasy", films[0].Category);
    }

    [Fact]
    public void Diginetica_is_read_as_views_of_sessions()
    {
        var shop = SampleShops.Load("diginetica");
        var rows = SampleShops.Events(shop);
        Assert.Equal(12_391, rows.Count);
        Assert.Equal(2_986, rows.Select(row => row.Session).Distinct().Count());
        Assert.Equal(7_139, rows.Select(row => row.Product).Distinct().Count());
        Assert.All(rows, row => Assert.True(row is { Kind: InteractionKind.View, OccurredAt: not null, UnitPrice: null, Unreadable: null }));
        Assert.Null(rows[0].Shopper);
        Assert.Equal(new DateTime(2016, 5, 9, 0, 8, 46, 309, DateTimeKind.Utc), rows[0].OccurredAt);
        Assert.Equal(SplitMethod.Session, shop.Split.Method);
    }
}
