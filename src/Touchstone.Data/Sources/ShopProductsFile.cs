using System.Text;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads the products that could be shown: a table with <c>product</c>, and perhaps <c>buyers</c> (shoppers who bought it) and <c>category</c>.</summary>
public static class ShopProductsFile
{
    private const string Form = "product,buyers,category.";
    private const string Remedy = "write " + Form;
    private static readonly string[] s_buyers = ["buyers", "purchases", "popularity", "count"];
    private static readonly string[] s_category = ["category", "genre", "brand"];

    /// <summary>Products with what is known of them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file is not there, or a line of it cannot be read (says line and remedy).</exception>
    public static ShopProducts Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var table = TableFile.Open(path, cancellationToken);
        var (id, bought, group) = (table.Need("Write " + Form, JudgmentColumns.Product), table.Find(s_buyers), table.Find(s_category));
        var (products, buyers, categories) = (new Utf8Ids(), new List<int>(), new List<int>());
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        while (table.Read())
        {
            var product = table.Text(id, Remedy).ToString();
            if (!lines.TryAdd(product, table.LineNumber)) throw table.Fault($"product \"{product}\" stands twice (first on line {lines[product]}); list each once.");
            products.Add(Encoding.UTF8.GetBytes(product));
            if (bought >= 0) buyers.Add(table.Whole(bought, 0, Remedy));
            if (group < 0) continue;
            var category = table.Text(group, Remedy).ToString();
            if (!known.TryGetValue(category, out var number)) known.Add(category, number = known.Count);
            categories.Add(number);
        }

        if (products.Count == 0) throw new SourceException(path, 0, "holds no products; " + Remedy);
        return new ShopProducts { Products = products, Buyers = bought >= 0 ? [.. buyers] : null, Categories = group >= 0 ? [.. categories] : null };
    }
}
