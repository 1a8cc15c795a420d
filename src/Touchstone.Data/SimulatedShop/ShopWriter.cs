using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Writes a world's log as the files a shop would have.</summary>
internal static class ShopWriter
{
    /// <summary>Simulates the log's shoppers and writes all files.</summary>
    public static SimulatedShopFiles Write(SimulatedWorld world, string folder, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (market, options) = (world.Market, world.Options);
        Directory.CreateDirectory(folder);
        CatalogueWriter.Write(Path.Combine(folder, "products.csv"), market, options);
        var log = new LogCollector(market, options);
        var process = new ShopperProcess(market);
        for (var shopper = 0; shopper < options.Shoppers; shopper++)
        {
            if (shopper % 256 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(0.2 * shopper / options.Shoppers);
            }

            log.Begin(shopper);
            process.Run(SimulatedWorld.ShopperSeed(world.LogSeed, shopper), log);
        }

        var events = new EventWriter(market, options, log);
        events.Write(folder, Part(progress, 0.2, 0.4), cancellationToken);
        var exposures = new ExposureWriter(market, options, log);
        exposures.Write(Path.Combine(folder, "exposures.jsonl"), Part(progress, 0.6, 0.4), cancellationToken);
        var searches = new SearchWriter(options, log);
        searches.Write(Path.Combine(folder, "searches.jsonl"), cancellationToken);
        var account = events.Account;
        var files = new SimulatedShopFiles
        {
            Folder = folder,
            CatalogueRowCount = 2 * market.Catalogue.Count,
            SearchCount = account.Rows(InteractionKind.Search),
            ViewCount = account.Rows(InteractionKind.View),
            CartCount = account.Rows(InteractionKind.Cart),
            PurchaseCount = account.Rows(InteractionKind.Purchase),
            ReturnCount = account.Rows(InteractionKind.Return),
            DuplicateLineCount = account.DuplicateLines,
            RowsWithoutProductCount = account.RowsWithoutProduct,
            ExposureCount = exposures.RowCount,
            SlateCount = exposures.SlateCount,
            LoggedSearchCount = searches.RowCount,
            ZeroResultCount = searches.ZeroResultCount,
            SessionCount = log.SessionCount,
            Revenue = account.RevenueCents / 100m,
            Margin = account.MarginCents / 100m,
            ReturnedRevenue = account.ReturnedRevenueCents / 100m,
            ReturnedMargin = account.ReturnedMarginCents / 100m,
        };
        WriteText(Path.Combine(folder, "truth.json"), TruthJson(files, options));
        WriteText(files.ConfigurationPath, ShopYamlText.Of(options));
        progress?.Report(1);
        return files;
    }

    private static PartProgress? Part(IProgress<double>? whole, double start, double share) =>
        whole is null ? null : new PartProgress(whole, start, share);

    private static void WriteText(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(false));

    private static string TruthJson(SimulatedShopFiles files, SimulatedShopOptions options)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("about", "What the simulated shop knows of its own files. Rows are counted without their duplicates; margins and revenues before returns.");
            json.WriteStartObject("options");
            json.WriteNumber("seed", options.Seed.Value);
            json.WriteNumber("shoppers", options.Shoppers);
            json.WriteNumber("products", options.Products);
            json.WriteNumber("days", options.Days);
            json.WriteString("first_day", options.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("currency", options.Currency);
            json.WriteNumber("dirt_rate", options.DirtRate);
            json.WriteNumber("exposure_rate", options.ExposureRate);
            json.WriteEndObject();
            json.WriteStartObject("rows");
            json.WriteNumber("catalogue", files.CatalogueRowCount);
            json.WriteNumber("search", files.SearchCount);
            json.WriteNumber("view", files.ViewCount);
            json.WriteNumber("cart", files.CartCount);
            json.WriteNumber("purchase", files.PurchaseCount);
            json.WriteNumber("return", files.ReturnCount);
            json.WriteNumber("exposures", files.ExposureCount);
            json.WriteNumber("slates", files.SlateCount);
            json.WriteNumber("searches", files.LoggedSearchCount);
            json.WriteNumber("searches_without_result", files.ZeroResultCount);
            json.WriteEndObject();
            json.WriteStartObject("dirt");
            json.WriteNumber("lines_written_twice", files.DuplicateLineCount);
            json.WriteNumber("view_rows_without_product", files.RowsWithoutProductCount);
            json.WriteEndObject();
            json.WriteStartObject("money");
            json.WriteNumber("revenue", files.Revenue);
            json.WriteNumber("margin", files.Margin);
            json.WriteNumber("returned_revenue", files.ReturnedRevenue);
            json.WriteNumber("returned_margin", files.ReturnedMargin);
            json.WriteEndObject();
            json.WriteStartArray("look_probability_by_rank");
            foreach (var probability in ShopperProcess.LookProbabilities) json.WriteNumberValue(probability);
            json.WriteEndArray();
            json.WriteString("marginal_propensity", "P(this product at this rank | surface, month, category) under the policy, over all slates; exact (recursion or quadrature, error below 1e-11).");
            json.WriteString("conditional_propensity", "P(this product at this rank | the products above it): its weight over the weights not yet shown; exact.");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
