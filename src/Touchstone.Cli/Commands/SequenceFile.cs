using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Cli.Commands;

/// <summary>Reads "one user a line" files straight into behaviour under leave-one-out, for benchmarks that need no workspace.</summary>
internal static class SequenceFile
{
    /// <summary>Last row of each shopper test, the one before validation, where there are three or more; the rest train.</summary>
    /// <param name="path">The sequences.</param>
    /// <param name="products">A table of products with titles; may be null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="SourceException">The file cannot be read, or a row of it.</exception>
    public static Behaviour Read(string path, string? products, CancellationToken cancellation)
    {
        var shop = new ShopConfiguration { FilePath = Path.Combine(Directory.GetCurrentDirectory(), "benchmark") };
        var source = new SourceDefinition { Path = Path.GetFullPath(path), Format = SourceFormat.Sequences, Kind = InteractionKind.Purchase };
        var rows = new SortedDictionary<string, List<string>>(Utf8Ordinal.Comparer);
        foreach (var row in EventSource.Read(source, shop, null, null, cancellation))
        {
            if (row.Shopper is not { } shopper || row.Product is not { } product)
                throw new SourceException(path, row.Line, $"is no sequence ({row.Unreadable ?? "a shopper without products"}); write: user item item ..., oldest first.");
            if (!rows.TryGetValue(shopper, out var sequence)) rows.Add(shopper, sequence = []);
            sequence.Add(product);
        }

        var table = Table(rows, products, shop, cancellation);
        List<int> offsets = [0];
        List<int> indexes = [];
        List<SplitPart> parts = [];
        foreach (var sequence in rows.Values)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                indexes.Add(table.IndexOf(sequence[i]));
                parts.Add(sequence.Count < 3 || i < sequence.Count - 2 ? SplitPart.Train : i == sequence.Count - 2 ? SplitPart.Validation : SplitPart.Test);
            }

            offsets.Add(indexes.Count);
        }

        return new Behaviour { Products = table, Units = [.. rows.Keys], Offsets = [.. offsets], ProductIndexes = [.. indexes], Parts = [.. parts] };
    }

    private static ProductTable Table(SortedDictionary<string, List<string>> rows, string? products, ShopConfiguration shop, CancellationToken cancellation)
    {
        var table = new ProductTable([.. rows.Values.SelectMany(sequence => sequence).Distinct(StringComparer.Ordinal).Order(Utf8Ordinal.Comparer)]);
        if (products is null) return table;
        var source = new SourceDefinition
        {
            Path = Path.GetFullPath(products),
            Columns = new Dictionary<string, string> { ["id"] = "item_id", ["title"] = "title", ["brand"] = "brand", ["category"] = "categories" },
            CategorySeparator = "|",
        };
        foreach (var product in CatalogueSource.Read(source, shop, null, cancellation))
        {
            if (product.Id is null || table.IndexOf(product.Id) is not (>= 0 and var at)) continue;
            table.Titles[at] = product.Title ?? "";
            table.Brands[at] = product.Brand ?? "";
            table.Categories[at] = product.Category ?? "";
        }

        return table;
    }
}
