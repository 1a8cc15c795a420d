using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

/// <summary>The guessed shop.yaml loads, reads the files, and says what it does not know.</summary>
public sealed class ShopGuessTests
{
    [Fact]
    public void Beauty_is_guessed()
    {
        var (guess, shop, rows, products) = Look(SharedData.Folder("data", "amazon-seq"));
        Assert.Equal(198_502, rows.Count);
        Assert.Equal(12_101, products.Count);
        Assert.Equal(11_516, products.Count(product => product.Price is not null));
        Assert.Equal("Beauty > Makeup > Nails > Nail Polish", products[0].Category);
        Assert.Equal("USD", shop.Currency);
        Assert.Equal(["sales_rank_group", "sales_rank"], shop.Catalogue[0].Future);
        Assert.Equal((SplitMethod.LeaveOneOut, InteractionKind.Purchase), (shop.Split.Method, shop.Split.Target));
        Assert.Contains(guess.NotGuessed, sentence => sentence.EndsWith("Beauty.txt does not say what its shoppers did: purchase is assumed; set kind.", StringComparison.Ordinal));
        Assert.Contains(guess.NotGuessed, sentence => sentence.Contains("Toys_and_Games.txt is not used", StringComparison.Ordinal));
    }

    [Fact]
    public void Online_Retail_is_guessed()
    {
        var (guess, shop, rows, products) = Look(SharedData.Folder("data", "uci-online-retail"));
        Assert.EndsWith("online-retail-*.csv.gz", Assert.Single(shop.Events).Path, StringComparison.Ordinal);
        Assert.Equal(new ReturnRule("InvoiceNo", "C"), shop.Events[0].ReturnWhen);
        Assert.Equal(431_673, rows.Count);
        Assert.Equal(108_103, rows.Count(row => row.Shopper is null));
        Assert.DoesNotContain(rows, row => row.Unreadable is not null || row.OccurredAt is null);
        Assert.Equal(7_852_323.67m, decimal.Round(rows.Sum(row => (row.Quantity ?? 0) * (row.UnitPrice ?? 0)), 2));
        Assert.Equal(431_673, products.Count);
        Assert.Equal(("WHITE HANGING HEART T-LIGHT HOLDER", 2.55m), (products[0].Title, products[0].Price));
        Assert.Contains("No file names the currency: set currency, or there is no money verdict.", guess.NotGuessed);
        Assert.Contains(guess.NotGuessed, sentence => sentence.EndsWith("\"InvoiceDate\" states no offset from UTC: set time_zone to the shop's, UTC is assumed.", StringComparison.Ordinal));
    }

    [Fact]
    public void MovieLens_is_guessed()
    {
        var (_, shop, rows, products) = Look(SharedData.Folder("data", "movielens-small"));
        Assert.Equal(100_836, rows.Count);
        Assert.All(rows, row => Assert.True(row is { Kind: InteractionKind.Rating, Rating: not null, OccurredAt: not null, Shopper: not null, Product: not null }));
        Assert.Equal(9_742, products.Count);
        Assert.Equal(InteractionKind.Rating, shop.Split.Target);
    }

    [Fact]
    public void Diginetica_is_guessed()
    {
        var (guess, shop, rows, products) = Look(SharedData.Folder("data", "diginetica-sample"));
        Assert.Equal(12_391, rows.Count);
        Assert.All(rows, row => Assert.True(row is { Kind: InteractionKind.View, Session: not null, Product: not null, OccurredAt: not null }));
        Assert.Equal(new DateTime(2016, 5, 9, 0, 8, 46, 309, DateTimeKind.Utc), rows[0].OccurredAt);
        Assert.Equal((SplitMethod.Session, InteractionKind.View), (shop.Split.Method, shop.Split.Target));
        Assert.Empty(products);
        Assert.Contains("No file describes the products: content-based models have nothing to read, and slates show ids.", guess.NotGuessed);
    }

    [Fact]
    public void A_generic_shop_is_guessed()
    {
        using var folder = new ShopFolder()
            .Write("products.jsonl", "{\"sku\":\"a/1\",\"name\":\"Lampe\",\"vendor\":\"好\",\"category\":\"Home/Light\",\"price\":1999,\"units_sold\":5,\"avg_rating\":4.5}\n{\"sku\":\"a/2\",\"name\":\"Uhr\",\"category\":\"Home/Time\",\"price\":2999,\"units_sold\":2}\n")
            .Write("orders.csv", "Order ID;Customer ID;SKU;Qty;Unit Price;Order Date\n1;k1;a/1;2;19,99;24.12.2025 18:30\n2;k2;a/2;1;29,99;25.12.2025 09:00\n")
            .Write("events.tsv", "event\tuser_id\titem_id\tts\nadd_to_cart\tk1\ta/1\t1766600000\nwish\tk2\ta/2\t1766600001\n")
            .Write("stores.csv", "city,country\nBern,CH\n")
            .Write("README.md", "# no data\n")
            .Write("notes.txt", "Call the warehouse.\n");
        var (guess, shop, rows, products) = Look(folder.Path);
        Assert.True(guess.HasEvents);
        Assert.Equal(["products.jsonl"], shop.Catalogue.Select(source => source.Path));
        Assert.Equal(["units_sold", "avg_rating"], shop.Catalogue[0].Future);
        Assert.Equal(["Home > Light", "Home > Time"], products.Select(product => product.Category));
        Assert.Equal(["events.tsv", "orders.csv"], shop.Events.Select(source => source.Path));
        Assert.Equal([InteractionKind.Cart, InteractionKind.Cart, InteractionKind.Purchase, InteractionKind.Purchase], rows.Select(row => rows.IndexOf(row) == 1 ? InteractionKind.Cart : row.Kind));
        Assert.Equal("kind=wish", rows[1].Unreadable);
        Assert.Equal((19.99m, 2m, "k1", "a/1", "1"), (rows[2].UnitPrice ?? 0, rows[2].Quantity ?? 0, rows[2].Shopper, rows[2].Product, rows[2].Order));
        Assert.Equal(new DateTime(2025, 12, 24, 18, 30, 0, DateTimeKind.Utc), rows[2].OccurredAt);
        Assert.Equal(
            [
                "notes.txt is passed over: it reads neither as a table nor as one user a line.",
                "events.tsv column \"event\" has \"wish\", which is no known kind: map it under kinds, or its rows are unreadable.",
                "orders.csv column \"Order Date\" states no offset from UTC: set time_zone to the shop's, UTC is assumed.",
                "products.jsonl column \"price\" holds whole numbers only, half of them from 1,000 up: if they are cents, set price_in: cents.",
                "stores.csv is not used: its columns (city, country) name neither a person and a product nor a product with its text or price. If it is needed, map its columns.",
                "No file names the currency: set currency, or there is no money verdict.",
            ],
            guess.NotGuessed);
    }

    [Fact]
    public void An_empty_folder_gives_a_shop_yaml_that_says_so()
    {
        using var folder = new ShopFolder();
        var guess = ShopGuess.Look(folder.Path);
        Assert.False(guess.HasEvents);
        Assert.Empty(folder.Shop(guess.Yaml).Events);
        Assert.Equal(["No file was recognised as events (who did what with which product): add one under events."], guess.NotGuessed);
        Assert.Throws<DirectoryNotFoundException>(() => ShopGuess.Look(Path.Combine(folder.Path, "no")));
    }

    [Fact]
    public void Day_and_month_that_cannot_be_told_apart_are_named()
    {
        using var folder = new ShopFolder().Write("sales.csv", "customer,product,date,amount\na,b,01/02/2024,5\n");
        var (guess, shop, rows, _) = Look(folder.Path);
        Assert.Equal("dd/MM/yyyy", shop.Events[0].TimeFormat);
        Assert.Contains("sales.csv column \"date\": day and month cannot be told apart in the first rows; dd/MM/yyyy is assumed, check time_format.", guess.NotGuessed);
        Assert.Equal((InteractionKind.Purchase, 5m), (rows[0].Kind, rows[0].UnitPrice ?? 0));
    }

    private static (ShopGuess Guess, ShopConfiguration Shop, List<Interaction> Rows, List<Product> Products) Look(string data)
    {
        using var beside = new ShopFolder();
        var yamlPath = data.StartsWith(Path.GetTempPath(), StringComparison.Ordinal) ? Path.Combine(data, "shop.yaml") : Path.Combine(beside.Path, "shop.yaml");
        var guess = ShopGuess.Look(data, yamlPath);
        File.WriteAllText(yamlPath, guess.Yaml);
        var shop = ShopConfiguration.Load(yamlPath);
        return (guess, shop, SampleShops.Events(shop), SampleShops.Products(shop));
    }
}
