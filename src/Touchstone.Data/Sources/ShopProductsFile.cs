using System.Globalization;
using System.Text;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads the products that could be shown: a table with <c>product</c>, and perhaps <c>buyers</c> (shoppers who bought it) and <c>category</c>.</summary>
public static class ShopProductsFile
{
    private const string Form = "product,buyers,category";
    private static readonly string[] s_buyers = ["buyers", "purchases", "popularity", "count"];
    private static readonly string[] s_category = ["category", "genre", "brand"];

    /// <summary>Products with what is known of them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file is not there, or a line of it cannot be read (says line and remedy).</exception>
    public static ShopProducts Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (hasBuyers, hasCategory) = (RankingTable.HasColumn(path, s_buyers), RankingTable.HasColumn(path, s_category));
        List<string[]> columns = [JudgmentColumns.Product];
        List<string> names = ["product"];
        if (hasBuyers) (columns, names) = ([.. columns, s_buyers], [.. names, "buyers"]);
        if (hasCategory) (columns, names) = ([.. columns, s_category], [.. names, "category"]);
        var (products, buyers, categories) = (new Utf8Ids(), new List<int>(), new List<int>());
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        foreach (var (line, cells) in RankingTable.Rows(path, columns, [.. names], Form, cancellationToken))
        {
            if (!lines.TryAdd(cells[0], line)) throw new SourceException(path, line, $"product \"{cells[0]}\" stands twice (first on line {lines[cells[0]]}); list each once.");
            products.Add(Encoding.UTF8.GetBytes(cells[0]));
            if (hasBuyers)
            {
                if (!int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) throw new SourceException(path, line, $"buyers \"{cells[1]}\" is not a whole number from 0.");
                buyers.Add(count);
            }

            if (hasCategory)
            {
                if (!known.TryGetValue(cells[^1], out var category)) known.Add(cells[^1], category = known.Count);
                categories.Add(category);
            }
        }

        if (products.Count == 0) throw new SourceException(path, 0, $"holds no products; write {Form}.");
        return new ShopProducts { Products = products, Buyers = hasBuyers ? [.. buyers] : null, Categories = hasCategory ? [.. categories] : null };
    }
}
