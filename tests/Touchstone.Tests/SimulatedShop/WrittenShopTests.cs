using System.Globalization;
using System.Text.Json;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.SimulatedShop;
using Touchstone.Data.Sources;
using Touchstone.Data.Splits;

namespace Touchstone.Tests.SimulatedShop;

public sealed class WrittenShopTests(WrittenShop shop) : IClassFixture<WrittenShop>
{
    [Fact]
    public void The_files_hold_the_rows_that_their_truth_counts()
    {
        var kinds = shop.DistinctEvents.CountBy(row => row["kind"]).ToDictionary();
        Assert.Equal(shop.Files.SearchCount, kinds["search"]);
        Assert.Equal(shop.Files.ViewCount, kinds["view"]);
        Assert.Equal(shop.Files.CartCount, kinds["cart"]);
        Assert.Equal(shop.Files.PurchaseCount, kinds["purchase"]);
        Assert.Equal(shop.Files.ReturnCount, kinds["return"]);
        Assert.Equal(shop.Files.ExposureCount, shop.Exposures.Count);
        Assert.Equal(shop.Files.CatalogueRowCount, shop.Products.Count);
        Assert.Equal((shop.Files.LoggedSearchCount, shop.Files.ZeroResultCount), (shop.Searches.Count, shop.Searches.Count(row => row.GetProperty("results").GetInt32() == 0)));
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(shop.Directory, "truth.json")));
        Assert.Equal(shop.Files.PurchaseCount, truth.RootElement.GetProperty("rows").GetProperty("purchase").GetInt32());
        Assert.Equal(shop.Files.LoggedSearchCount, truth.RootElement.GetProperty("rows").GetProperty("searches").GetInt32());
        Assert.Equal(shop.Files.ZeroResultCount, truth.RootElement.GetProperty("rows").GetProperty("searches_without_result").GetInt32());
        Assert.Equal(shop.Files.Margin, truth.RootElement.GetProperty("money").GetProperty("margin").GetDecimal());
    }

    [Fact]
    public void The_dirt_is_as_much_as_the_truth_says_and_leaves_purchases_whole()
    {
        Assert.InRange(shop.Files.DuplicateLineCount, 10, 200);
        Assert.Equal(shop.Files.DuplicateLineCount, shop.Events.Count - shop.DistinctEvents.Count());
        var bare = shop.DistinctEvents.Where(row => row["product"].Length == 0 && row["kind"] != "search").ToList();
        Assert.InRange(bare.Count, 10, 200);
        Assert.Equal(shop.Files.RowsWithoutProductCount, bare.Count);
        Assert.All(bare, row => Assert.Equal("view", row["kind"]));
    }

    [Fact]
    public void Revenue_and_margin_of_the_lines_add_up_to_the_truth()
    {
        var purchases = shop.DistinctEvents.Where(row => row["kind"] == "purchase").ToList();
        var revenue = purchases.Sum(Revenue);
        Assert.Equal(shop.Files.Revenue, revenue);
        Assert.Equal(shop.Files.Margin, revenue - purchases.Sum(row => WrittenShop.Amount(row, "quantity") * WrittenShop.Amount(row, "unit_cost")));
        Assert.Equal(shop.Files.ReturnedRevenue, shop.DistinctEvents.Where(row => row["kind"] == "return").Sum(Revenue));
        Assert.InRange(shop.Files.Margin / shop.Files.Revenue, 0.15m, 0.5m);
        var costs = shop.Products.ToDictionary(row => (row["id"], row["locale"]), row => WrittenShop.Amount(row, "unit_cost"));
        Assert.All(purchases, row => Assert.Equal(costs[(row["product"], "zh")], WrittenShop.Amount(row, "unit_cost")));

        static decimal Revenue(IReadOnlyDictionary<string, string> row) =>
            (WrittenShop.Amount(row, "quantity") * WrittenShop.Amount(row, "unit_price")) - WrittenShop.Amount(row, "discount");
    }

    [Fact]
    public void A_return_names_an_earlier_line_of_the_same_shopper_and_product()
    {
        var purchases = shop.DistinctEvents.Where(row => row["kind"] == "purchase").ToDictionary(row => row["event_id"]);
        var returns = shop.DistinctEvents.Where(row => row["kind"] == "return").ToList();
        Assert.NotEmpty(returns);
        Assert.All(returns, row =>
        {
            var line = purchases[row["refund_of"]];
            Assert.Equal((line["product"], line["shopper"], line["order"], line["quantity"]), (row["product"], row["shopper"], row["order"], row["quantity"]));
            Assert.True(Time(line["time"]) < Time(row["time"]));
        });
    }

    [Fact]
    public void Every_product_and_both_kinds_of_queries_are_in_English_and_in_Chinese()
    {
        var english = shop.Products.Where(row => row["locale"] == "en").ToDictionary(row => row["id"]);
        var chinese = shop.Products.Where(row => row["locale"] == "zh").ToDictionary(row => row["id"]);
        Assert.Equal(200, english.Count);
        Assert.Equal(english.Keys, chinese.Keys);
        Assert.All(english.Values, row => Assert.DoesNotContain(row["title"] + row["description"], IsChinese));
        Assert.All(chinese.Values, row => Assert.True(row["title"].Any(IsChinese) && row["description"].Any(IsChinese) && row["category"].Any(IsChinese)));
        Assert.All(english.Keys, id => Assert.Equal(english[id]["price"], chinese[id]["price"]));
        Assert.Equal(32, english.Values.Select(row => row["category"]).Distinct().Count());
        var queries = shop.DistinctEvents.Where(row => row["kind"] == "search").Select(row => row["query"]).ToList();
        var share = queries.Count(query => query.Any(IsChinese)) / (double)queries.Count;
        Assert.InRange(share, 0.2, 0.4);
        Assert.All(queries, query => Assert.NotEmpty(query));

        static bool IsChinese(char c) => c is >= '\u4E00' and <= '\u9FFF';
    }

    [Fact]
    public void Rows_are_in_order_of_time_each_month_in_its_file_with_the_offset_of_the_season()
    {
        var times = shop.Events.Select(row => Time(row["time"])).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(12, Directory.GetFiles(shop.Directory, "events-2025-*.csv.gz").Length);
        Assert.All(times.Where(time => time.Month is > 3 and < 10), time => Assert.Equal(2, time.Offset.Hours));
        Assert.All(times.Where(time => time.Month is < 3 or > 10), time => Assert.Equal(1, time.Offset.Hours));
        Assert.All(times, time => Assert.Equal(2025, time.Year));
    }

    [Fact]
    public void Ids_are_distinct_version_7_and_tell_their_time()
    {
        var ids = shop.DistinctEvents.Select(row => (Id: Guid.Parse(row["event_id"]), Time: Time(row["time"]))).ToList();
        Assert.Equal(ids.Count, ids.Select(pair => pair.Id).Distinct().Count());
        Assert.All(ids, pair =>
        {
            Assert.Equal(7, pair.Id.Version);
            Assert.Equal(pair.Time.ToUnixTimeMilliseconds(), long.Parse(pair.Id.ToString("N")[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        });
        Assert.Equal(shop.Exposures.Count, shop.Exposures.Select(row => row.GetProperty("event_id").GetGuid()).Distinct().Count());
    }

    [Fact]
    public void The_season_shows_in_weeks_and_in_what_is_bought()
    {
        var categories = shop.Products.Where(row => row["locale"] == "en").ToDictionary(row => row["id"], row => row["category"]);
        var purchases = shop.DistinctEvents.Where(row => row["kind"] == "purchase").ToList();
        var byMonth = purchases.CountBy(row => Time(row["time"]).Month).ToDictionary();
        Assert.True(byMonth[12] > 1.3 * byMonth[7], $"{byMonth[12]} purchases in December, {byMonth[7]} in July.");
        Assert.True(Share("Toys", 12) > 1.3 * Share("Toys", 6), $"toys: {Share("Toys", 12):f3} of December, {Share("Toys", 6):f3} of June.");
        var evening = shop.Events.Count(row => Time(row["time"]).Hour == 20);
        var night = shop.Events.Count(row => Time(row["time"]).Hour == 3);
        Assert.True(evening > 5 * night, $"{evening} events at 20, {night} at 3.");

        double Share(string root, int month)
        {
            var bought = purchases.Where(row => Time(row["time"]).Month == month).ToList();
            return bought.Count(row => categories[row["product"]].StartsWith(root, StringComparison.Ordinal)) / (double)bought.Count;
        }
    }

    [Fact]
    public void Searches_that_found_something_are_the_events_and_after_one_that_did_not_shoppers_search_again_or_leave()
    {
        static (string Session, DateTimeOffset At, string Query) Of(JsonElement row) => (row.GetProperty("session").GetString() ?? "", row.GetProperty("occurred_at").GetDateTimeOffset(), row.GetProperty("query").GetString() ?? "");
        var (found, empty) = (shop.Searches.Where(row => row.GetProperty("results").GetInt32() > 0).ToList(), shop.Searches.Where(row => row.GetProperty("results").GetInt32() == 0).Select(Of).ToList());
        var events = shop.DistinctEvents.Where(row => row["kind"] == "search").Select(row => (row["session"], Time(row["time"]), row["query"])).ToHashSet();
        Assert.Equal(events.Order(), found.Select(Of).Order());
        Assert.Equal(shop.Searches.Select(row => Of(row).At), shop.Searches.Select(row => Of(row).At).Order());
        var moments = shop.DistinctEvents.Where(row => row["kind"] != "return").Select(row => (Session: row["session"], At: Time(row["time"]), Query: row["query"]))
            .Concat(shop.Exposures.Select(row => (row.GetProperty("session").GetString() ?? "", row.GetProperty("occurred_at").GetDateTimeOffset(), ""))).Select(row => (Session: row.Item1, At: row.Item2, Query: row.Item3)).ToLookup(row => row.Session);
        var again = empty.Where(search => moments[search.Session].Any(row => row.At > search.At)).ToList();
        foreach (var search in again)
        {
            // Nothing lies between the misspelt search and the search that spells it right: the same letters.
            var next = moments[search.Session].Where(row => row.At > search.At).MinBy(row => row.At);
            Assert.NotEqual(search.Query, next.Query);
            Assert.InRange(search.Query.Length, next.Query.Length, next.Query.Length + 1);
            Assert.True(search.Query.Order().Distinct().SequenceEqual(next.Query.Order().Distinct()), $"{search.Query}, then {next.Query}");
        }

        Assert.InRange(again.Count / (double)found.Count, 0.04, 0.08);
        Assert.InRange((empty.Count - again.Count) / (double)found.Count, 0.025, 0.055);
    }

    [Fact]
    public void The_position_bias_can_be_read_from_the_exposures()
    {
        var looks = ShopperProcess.LookProbabilities.ToArray();
        for (var rank = 1; rank <= looks.Length; rank++)
        {
            var rows = shop.Exposures.Where(row => row.GetProperty("rank").GetInt32() == rank).ToList();
            var share = rows.Count(row => row.GetProperty("is_viewed").GetBoolean()) / (double)rows.Count;
            var error = Math.Sqrt(looks[rank - 1] * (1 - looks[rank - 1]) / rows.Count);
            Assert.True(Math.Abs(share - looks[rank - 1]) <= (4 * error) + 1e-12, $"rank {rank}: looked at {share:f4}, expected {looks[rank - 1]}.");
        }
    }

    [Fact]
    public void Views_lead_from_a_slate_that_showed_and_was_looked_at()
    {
        var shown = shop.Exposures.Where(row => row.GetProperty("is_viewed").GetBoolean())
            .Select(row => (row.GetProperty("slate").GetString(), row.GetProperty("product").GetString())).ToHashSet();
        var led = shop.DistinctEvents.Where(row => row["kind"] == "view" && row["slate"].Length > 0 && row["product"].Length > 0).ToList();
        Assert.NotEmpty(led);
        Assert.All(led, row => Assert.Contains((row["slate"], row["product"]), shown));
    }

    [Fact]
    public void Reading_cleaning_and_splitting_the_files_gives_back_what_the_world_did()
    {
        var token = TestContext.Current.CancellationToken;
        var configuration = ShopConfiguration.Load(shop.Files.ConfigurationPath);
        var clean = Path.Combine(shop.Directory, "clean");
        var account = Cleaner.Run(
            configuration.Events.SelectMany(source => EventSource.Read(source, configuration, null, null, token)),
            configuration.Catalogue.SelectMany(source => CatalogueSource.Read(source, configuration, null, token)),
            configuration.Cleaning, clean, new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc), null, token);
        Assert.Equal(shop.Files.DuplicateLineCount, account.Rules.Single(rule => rule.Name == "exact-duplicate").Rows);
        Assert.Equal(shop.Files.RowsWithoutProductCount, account.Rules.Single(rule => rule.Name == "no-product").Rows);
        Assert.Equal(shop.Files.ReturnCount, account.Rules.Single(rule => rule.Name == "returned").Rows);
        Splitter.Run(clean, configuration.Split, configuration.TimeZone, 0.3, token);
        var (read, done) = (BehaviourReader.Read(clean), shop.World.LogBehaviour());
        Assert.Equal(done.Products.Ids, read.Products.Ids);
        Assert.Equal(done.Products.Titles, read.Products.Titles);
        Assert.Equal(done.Products.UnitCosts, read.Products.UnitCosts);
        Assert.Equal(done.Units, read.Units);
        Assert.Equal(done.Offsets, read.Offsets);
        Assert.Equal(done.ProductIndexes, read.ProductIndexes);
        Assert.Equal(done.Parts, read.Parts);
        Assert.Equal(done.OccurredAtMs, read.OccurredAtMs);
        Assert.Equal(done.Quantities, read.Quantities);
        for (var row = 0; row < done.Count; row++)
        {
            Assert.Equal(done.Revenues[row], read.Revenues[row], 1e-9);
            Assert.Equal(done.Margins[row], read.Margins[row], 1e-9);
        }
    }

    [Fact]
    public void Equal_options_write_equal_bytes_and_another_seed_others()
    {
        var options = new SimulatedShopOptions { Seed = new(3), Shoppers = 40, Products = 80, Days = 45 };
        var (first, second, other) = (Bytes(options), Bytes(options), Bytes(options with { Seed = new(4) }));
        Assert.Equal(first, second);
        Assert.Equal(["events-2025-01.csv.gz", "events-2025-02.csv.gz", "exposures.jsonl", "products.csv", "searches.jsonl", "shop.yaml", "truth.json"], first.Keys);
        Assert.All(first.Keys, name => Assert.NotEqual(first[name], other[name]));

        static SortedDictionary<string, string> Bytes(SimulatedShopOptions options)
        {
            var folder = Directory.CreateTempSubdirectory("touchstone-simulated-");
            try
            {
                SimulatedWorld.Create(options).WriteTo(folder.FullName);
                return new(folder.GetFiles().ToDictionary(file => file.Name, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.FullName)))), StringComparer.Ordinal);
            }
            finally
            {
                folder.Delete(true);
            }
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
