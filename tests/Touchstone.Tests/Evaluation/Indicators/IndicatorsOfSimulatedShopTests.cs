using System.Globalization;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Indicators;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Indicators;
using Touchstone.Evaluation.Reports;
using Touchstone.Tests.Data.Sources;
using Touchstone.Tests.SimulatedShop;

namespace Touchstone.Tests.Evaluation.Indicators;

/// <summary>What the way through files, cleaning and indicators gives, against what the simulated shop counts itself.</summary>
public sealed class IndicatorsOfSimulatedShopTests(WrittenShop shop) : IClassFixture<WrittenShop>
{
    private static readonly BootstrapOptions Options = new() { Replicates = 50 };

    [Fact]
    public void Every_indicator_equals_the_shops_own_count()
    {
        using var folder = new TemporaryFolder();
        var log = Log(folder);
        var values = IndicatorJudge.Compute(log, new TechnicalFacts { CostPer1000Requests = 0.2 }, "EUR", Options, TestContext.Current.CancellationToken);
        var own = Own();
        Assert.True(own.Count >= 30, $"{own.Count} indicators are counted.");
        foreach (var (name, expected) in own)
        {
            var value = values.Single(value => value.Definition.Name == name);
            Assert.True(value.Figure is not null, $"{name} is not measured: {value.NotMeasured}");
            Truth.Near(expected, value.Figure.Value, 1e-9, name);
            if (double.IsFinite(value.Figure.Low)) Assert.InRange(expected, value.Figure.Low - 1e-9, value.Figure.High + 1e-9);
        }

        // What the writer itself kept account of.
        var files = shop.Files;
        Assert.Equal((double)(files.Revenue / log.UnitCount), Figure("revenue_per_visitor"), 9);
        Assert.Equal((double)(files.Margin / log.UnitCount), Figure("margin_per_visitor"), 9);
        Assert.Equal((double)(files.ReturnedRevenue / files.Revenue), Figure("returned_revenue_share"), 9);
        Assert.Equal((double)files.ReturnCount / files.PurchaseCount, Figure("return_rate"), 12);
        Assert.Equal((double)files.ViewCount / files.SessionCount, Figure("views_per_session"), 12);
        Assert.Equal((double)files.CartCount / files.ViewCount, Figure("add_to_cart_rate"), 12);
        Assert.Equal((double)files.ZeroResultCount / files.LoggedSearchCount, Figure("zero_result_rate"), 12);
        Assert.Equal((files.SessionCount, files.SlateCount, files.ExposureCount), (log.SessionCount, log.SlateCount, log.ExposureSlates.Length));
        Assert.True(values.Single(value => value.Definition.Name == "zero_result_rate").Figure is { } rate && rate.Low < rate.Value && rate.Value < rate.High);
        foreach (var name in new[] { "mean_rating", "latency_p99_ms", "model_size_mib" }) Assert.NotNull(values.Single(value => value.Definition.Name == name).NotMeasured);
        Assert.Equal(0.2, Figure("cost_per_1000_requests"));
        var document = IndicatorReport.Compose(values, null, null, "shop", []);
        Assert.Contains("conversion_rate", PlainTextRenderer.Render(document), StringComparison.Ordinal);
        File.WriteAllText(folder.In("then.json"), document.FiguresJson);
        var reference = IndicatorFiles.ReadReference(folder.In("then.json"));
        Assert.Equal(Figure("conversion_rate"), reference["conversion_rate"].Value);
        Assert.False(reference.ContainsKey("mean_rating"));

        double Figure(string name) => values.Single(value => value.Definition.Name == name).Figure?.Value ?? double.NaN;
    }

    [Fact]
    public void Requests_give_latency_errors_and_availability()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("r.csv"), "occurred_at,duration_ms,status\n2026-01-01T00:00:10Z,10,200\n2026-01-01T00:00:50Z,30,500\n2026-01-01T00:01:00Z,20,503\n2026-01-01T00:02:00Z,40,404\n");
        var (durations, faults, times) = ExposureFile.ReadRequests(folder.In("r.csv"), TestContext.Current.CancellationToken);
        var values = IndicatorJudge.Compute(Log(folder) with { RequestMs = durations, IsRequestFailed = faults, RequestAtMs = times }, new TechnicalFacts(), "EUR", Options, TestContext.Current.CancellationToken);
        double Figure(string name) => values.Single(value => value.Definition.Name == name).Figure?.Value ?? double.NaN;
        Assert.Equal(25, Figure("latency_p50_ms"), 12);
        Assert.Equal(39.7, Figure("latency_p99_ms"), 12);
        Assert.Equal(0.5, Figure("error_rate"), 12);
        Assert.Equal(2.0 / 3, Figure("availability"), 12);
    }

    private ShopLog Log(TemporaryFolder folder)
    {
        var configuration = ShopConfiguration.Load(shop.Files.ConfigurationPath);
        Cleaner.Run(SampleShops.Events(configuration), SampleShops.Products(configuration), configuration.Cleaning, folder.Path, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), null, TestContext.Current.CancellationToken);
        return ShopLogReader.Read(folder.Path, ExposureFile.Read(Path.Combine(shop.Directory, "exposures.jsonl"), TestContext.Current.CancellationToken), 0.3, SearchLogFile.Read(Path.Combine(shop.Directory, "searches.jsonl"), TestContext.Current.CancellationToken));
    }

    // Slow and plain, from the files' rows alone.
    private Dictionary<string, double> Own()
    {
        var events = shop.DistinctEvents.Select(row => new Row(
            row["kind"], row["shopper"], row["session"], row["product"], DateTimeOffset.Parse(row["time"], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), row["order"],
            row["quantity"].Length == 0 ? 0 : (double)((WrittenShop.Amount(row, "quantity") * WrittenShop.Amount(row, "unit_price")) - WrittenShop.Amount(row, "discount")),
            row["quantity"].Length == 0 ? 0 : (double)((WrittenShop.Amount(row, "quantity") * (WrittenShop.Amount(row, "unit_price") - WrittenShop.Amount(row, "unit_cost"))) - WrittenShop.Amount(row, "discount")),
            row["query"], row["slate"])).ToList();
        var shown = shop.Exposures.Select(row => new Shown(
            row.GetProperty("slate").GetString() ?? "", row.GetProperty("shopper").GetString() ?? "", row.GetProperty("session").GetString() ?? "", row.GetProperty("product").GetString() ?? "",
            row.GetProperty("rank").GetInt32(), row.GetProperty("is_viewed").GetBoolean(), row.GetProperty("occurred_at").GetDateTimeOffset().ToUnixTimeMilliseconds())).ToList();
        var lines = events.Where(e => e.Kind == "purchase").ToList();
        var returns = events.Where(e => e.Kind == "return").ToList();
        var views = events.Where(e => e.Kind == "view").ToList();
        var searches = events.Where(e => e.Kind == "search").ToList();
        var visits = events.Where(e => e.Session.Length > 0).GroupBy(e => e.Session).ToDictionary(g => g.Key, g => g.ToList());
        var sessions = visits.Keys.Union(shown.Select(s => s.Session)).ToList();
        var shoppers = events.Select(e => e.Shopper).Union(shown.Select(s => s.Shopper)).ToList();
        double Count(IEnumerable<Row> rows) => rows.Count();
        double revenue = lines.Sum(e => e.Revenue), orders = lines.Select(e => e.Order).Distinct().Count(), buyers = lines.Select(e => e.Shopper).Distinct().Count();
        double Share(Func<List<Row>, bool> isSuch) => (double)visits.Values.Count(isSuch) / sessions.Count;
        bool Has(List<Row> visit, string kind) => visit.Exists(e => e.Kind == kind);

        var slates = shown.GroupBy(s => s.Slate).ToDictionary(g => g.Key, g => g.ToList());
        var clicks = views.Where(e => e.Slate.Length > 0 && e.Product.Length > 0).DistinctBy(e => (e.Slate, e.Product)).ToList();
        var after = lines.Where(l => clicks.Exists(c => c.Session == l.Session && c.Product == l.Product && c.At < l.At)).ToList();
        var carts = events.Where(e => e.Kind == "cart").ToList();
        var withSlate = shown.Select(s => s.Session).ToHashSet();
        var sold = lines.CountBy(l => l.Product).ToDictionary();
        string[] products = [.. shop.Products.Select(p => p["id"]).Distinct().Order(StringComparer.Ordinal)];
        var head = products.OrderByDescending(p => sold.GetValueOrDefault(p)).Take((int)Math.Ceiling(0.2 * products.Length)).Where(p => sold.ContainsKey(p)).ToHashSet();
        var categories = shop.Products.Where(p => p["locale"] == "en").ToDictionary(p => p["id"], p => p["category"]);
        var times = shown.CountBy(s => s.Product).ToDictionary();
        double[] counts = [.. products.Select(p => (double)times.GetValueOrDefault(p)).Order()];

        var moments = events.Select(e => (e.Shopper, e.At)).Concat(slates.Values.Select(s => (s[0].Shopper, s[0].At))).GroupBy(m => m.Shopper).ToDictionary(g => g.Key, g => g.Select(m => m.At).Order().ToList());
        const long Day = 86_400_000;
        var end = moments.Values.Max(at => at[^1]);
        var seen = moments.Values.Where(at => at[0] <= end - (28 * Day)).ToList();
        var dwell = visits.Values.SelectMany(v => v.Zip(v.Skip(1)).Where(pair => pair.First.Kind == "view").Select(pair => Math.Min(1800, (pair.Second.At - pair.First.At) / 1000.0))).ToList();
        var toFirst = visits.Where(v => Has(v.Value, "view")).Select(v => (v.Value.First(e => e.Kind == "view").At - Math.Min(v.Value[0].At, shown.Where(s => s.Session == v.Key).Select(s => s.At).DefaultIfEmpty(long.MaxValue).Min())) / 1000.0).ToList();
        var next = visits.Values.SelectMany(v => v.Select((e, i) => (Event: e, Later: v.Skip(i + 1).ToList()))).Where(pair => pair.Event.Kind == "search").ToList();
        return new()
        {
            ["conversion_rate"] = Share(v => Has(v, "purchase")),
            ["buyer_rate"] = buyers / shoppers.Count,
            ["revenue_per_visitor"] = revenue / shoppers.Count,
            ["margin_per_visitor"] = lines.Sum(e => e.Margin) / shoppers.Count,
            ["order_value"] = revenue / orders,
            ["lines_per_order"] = lines.Count / orders,
            ["repeat_purchase_rate"] = lines.GroupBy(e => e.Shopper).Count(g => g.Select(e => e.Order).Distinct().Count() >= 2) / buyers,
            ["retention_28d"] = (double)seen.Count(at => at.Exists(m => m - at[0] is >= Day and <= 28 * Day)) / seen.Count,
            ["return_rate"] = Count(returns) / lines.Count,
            ["returned_revenue_share"] = returns.Sum(e => e.Revenue) / revenue,
            ["click_through_rate"] = Count(clicks) / shown.Count,
            ["slate_click_rate"] = (double)clicks.Select(c => c.Slate).Distinct().Count() / slates.Count,
            ["seen_click_rate"] = Count(clicks) / shown.Count(s => s.IsViewed),
            ["first_rank_click_share"] = clicks.Count(c => slates[c.Slate].Exists(s => s.Rank == 1 && s.Product == c.Product)) / Count(clicks),
            ["slate_cart_rate"] = carts.Where(k => clicks.Exists(c => c.Session == k.Session && c.Product == k.Product && c.At < k.At)).DistinctBy(k => (k.Session, k.Product)).Count() / Count(clicks),
            ["slate_purchase_rate"] = after.DistinctBy(l => (l.Session, l.Product)).Count() / Count(clicks),
            ["slate_revenue_share"] = after.Sum(l => l.Revenue) / lines.Where(l => withSlate.Contains(l.Session)).Sum(l => l.Revenue),
            ["margin_per_1000_exposures"] = 1000 * after.Sum(l => l.Margin) / shown.Count,
            ["product_coverage"] = (double)times.Count / products.Length,
            ["exposure_gini"] = counts.Select((x, i) => ((2 * (i + 1)) - counts.Length - 1) * x).Sum() / (counts.Length * counts.Sum()),
            ["tail_exposure_share"] = (double)shown.Count(s => !head.Contains(s.Product)) / shown.Count,
            ["slate_diversity"] = slates.Values.Average(s => (double)s.Select(e => categories[e.Product]).Distinct().Count() / s.Count),
            ["views_per_session"] = Count(views) / sessions.Count,
            ["sessions_without_view_share"] = 1 - Share(v => Has(v, "view")),
            ["dwell_seconds"] = dwell.Average(),
            ["session_seconds"] = visits.Values.Where(v => v.Count >= 2).Average(v => (v[^1].At - v[0].At) / 1000.0),
            ["seconds_to_first_view"] = toFirst.Average(),
            ["add_to_cart_rate"] = Count(carts) / views.Count,
            ["cart_completion_rate"] = visits.Values.Count(v => Has(v, "cart") && Has(v, "purchase")) / (double)visits.Values.Count(v => Has(v, "cart")),
            ["search_rate"] = Share(v => Has(v, "search")),
            ["search_click_rate"] = next.Count(pair => pair.Later.TakeWhile(e => e.Kind != "search").Any(e => e.Kind == "view")) / Count(searches),
            ["reformulation_rate"] = next.Count(pair => pair.Later.Count > 0 && pair.Later[0].Kind == "search" && pair.Later[0].Query != pair.Event.Query) / Count(searches),
            ["search_exit_rate"] = next.Count(pair => pair.Later.Count == 0) / Count(searches),
            ["zero_result_rate"] = shop.Searches.Count(row => row.GetProperty("results").GetInt32() == 0) / (double)shop.Searches.Count,
        };
    }

    private sealed record Row(string Kind, string Shopper, string Session, string Product, long At, string Order, double Revenue, double Margin, string Query, string Slate);

    private sealed record Shown(string Slate, string Shopper, string Session, string Product, int Rank, bool IsViewed, long At);
}
