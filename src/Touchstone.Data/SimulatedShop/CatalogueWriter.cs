using System.Text;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Writes products.csv: an English and a Chinese row a product.</summary>
internal static class CatalogueWriter
{
    private const string Header = "id,locale,title,brand,category,description,price,unit_cost,currency,available,valid_from";

    /// <summary>Writes the file.</summary>
    public static void Write(string path, Market market, SimulatedShopOptions options)
    {
        var catalogue = market.Catalogue;
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(Header);
        var line = new CsvLine();
        for (var product = 0; product < catalogue.Count; product++)
        {
            var brand = Vocabulary.Brands[catalogue.BrandOf[product]];
            var month = options.FirstDay.AddDays(1 - options.FirstDay.Day).AddMonths(catalogue.FirstMonths[product]);
            var from = month < options.FirstDay ? options.FirstDay : month;
            foreach (var chinese in (ReadOnlySpan<bool>)[false, true])
            {
                line.Add(catalogue.Table.Ids[product]).Add(chinese ? "zh" : "en").Add(ProductText.Title(catalogue, product, chinese))
                    .Add(chinese ? brand.Chinese : brand.English).Add(ProductText.Category(catalogue, product, chinese))
                    .Add(ProductText.Description(catalogue, product, chinese)).AddCents(catalogue.PriceCents[product]).AddCents(catalogue.CostCents[product])
                    .Add(options.Currency).Add(catalogue.Available[^1][product] ? "true" : "false")
                    .Add(from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                writer.WriteLine(line.Take());
            }
        }
    }
}
