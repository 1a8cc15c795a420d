using System.Globalization;
using System.Text.Json;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>Reads the catalogue's other columns.</summary>
public static class ProductAttributes
{
    /// <summary>Columns that hold a number for at least one product, ascending by name.</summary>
    /// <param name="cleanFolder">Where cleaning wrote.</param>
    /// <param name="products">The table that the values are aligned to.</param>
    /// <exception cref="IOException">No clean folder.</exception>
    public static IReadOnlyList<AttributeColumn> ReadNumeric(string cleanFolder, ProductTable products)
    {
        ArgumentNullException.ThrowIfNull(products);
        var path = Path.Combine(cleanFolder, CleanFiles.Products);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} is not there; run the stage clean first.", path);
        SortedDictionary<string, double[]> columns = new(StringComparer.Ordinal);
        using var database = DuckDatabase.InMemory();
        foreach (var row in database.Query($"SELECT id, attributes FROM read_parquet({DuckDatabase.Literal(path)}) WHERE attributes IS NOT NULL"))
        {
            var product = products.IndexOf(row.Text(0));
            if (product < 0) continue;
            using var json = JsonDocument.Parse(row.Text(1));
            foreach (var field in json.RootElement.EnumerateObject())
            {
                if (!double.TryParse(field.Value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) continue;
                if (!columns.TryGetValue(field.Name, out var values))
                {
                    columns.Add(field.Name, values = new double[products.Count]);
                    Array.Fill(values, double.NaN);
                }

                values[product] = value;
            }
        }

        return [.. columns.Select(c => new AttributeColumn(c.Key, c.Value))];
    }
}
