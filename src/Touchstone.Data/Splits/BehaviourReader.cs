using Touchstone.Data.Cleaning;
using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Splits;

/// <summary>Reads what cleaning and splitting left, as the columns that everything later works on.</summary>
public static class BehaviourReader
{
    /// <summary>Behaviour with the product table: all products of the catalogue and all that anybody had to do with.</summary>
    /// <param name="cleanFolder">Where <see cref="Splitter"/> wrote.</param>
    /// <exception cref="IOException">A file is not there, or is damaged.</exception>
    public static Behaviour Read(string cleanFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(cleanFolder);
        using var database = DuckDatabase.InMemory();
        var products = ReadProducts(database, cleanFolder);
        var path = PathOf(cleanFolder, SplitFiles.Behaviour);
        var count = (int)database.Count($"SELECT count(*) FROM read_parquet({path})");
        List<string> units = [];
        List<int> offsets = [0];
        var (indexes, parts, times, sessions) = (new int[count], new SplitPart[count], new long[count], new int[count]);
        var (quantities, revenues, margins) = (new double[count], new double[count], new double[count]);
        var (noTime, noSession, anyQuantity, anyRevenue) = (false, false, false, false);
        var at = 0;
        foreach (var row in database.Query($"SELECT unit, product, part, occurred_at_ms, session, quantity, revenue, margin FROM read_parquet({path}) ORDER BY row"))
        {
            var unit = row.Text(0);
            if (units.Count == 0 || units[^1] != unit)
            {
                if (units.Count > 0) offsets.Add(at);
                units.Add(unit);
            }

            indexes[at] = products.IndexOf(row.Text(1));
            parts[at] = FactEnum<SplitPart>.FromText(row.Text(2));
            times[at] = row.WholeOrNull(3) ?? 0;
            sessions[at] = (int)(row.WholeOrNull(4) ?? 0);
            quantities[at] = row.RealOrNull(5) ?? 1;
            revenues[at] = row.RealOrNull(6) ?? double.NaN;
            margins[at] = row.RealOrNull(7) ?? double.NaN;
            noTime |= row.IsAbsent(3);
            noSession |= row.IsAbsent(4);
            anyQuantity |= !row.IsAbsent(5);
            anyRevenue |= !row.IsAbsent(6);
            at++;
        }

        if (units.Count > 0) offsets.Add(at);
        return new Behaviour
        {
            Products = products,
            Units = [.. units],
            Offsets = [.. offsets],
            ProductIndexes = indexes,
            Parts = parts,
            OccurredAtMs = noTime ? [] : times,
            Sessions = noSession ? [] : sessions,
            Quantities = anyQuantity ? quantities : [],
            Revenues = anyRevenue ? revenues : [],
            Margins = anyRevenue ? margins : [],
        };
    }

    private static ProductTable ReadProducts(DuckDatabase database, string cleanFolder)
    {
        var products = PathOf(cleanFolder, CleanFiles.Products);
        string[] ids =
        [
            .. database.Query($"SELECT id FROM read_parquet({products}) UNION SELECT product FROM read_parquet({PathOf(cleanFolder, CleanFiles.Interactions)}) WHERE product <> ''")
                .Select(r => r.Text(0))
                .Order(Utf8Ordinal.Comparer),
        ];
        var table = new ProductTable(ids);
        foreach (var row in database.Query($"SELECT id, title, brand, category, description, CAST(price AS DOUBLE), CAST(unit_cost AS DOUBLE) FROM read_parquet({products})"))
        {
            var at = table.IndexOf(row.Text(0));
            table.Titles[at] = row.TextOrNull(1) ?? "";
            table.Brands[at] = row.TextOrNull(2) ?? "";
            table.Categories[at] = row.TextOrNull(3) ?? "";
            table.Descriptions[at] = row.TextOrNull(4) ?? "";
            table.Prices[at] = row.RealOrNull(5) ?? double.NaN;
            table.UnitCosts[at] = row.RealOrNull(6) ?? double.NaN;
        }

        return table;
    }

    private static string PathOf(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? DuckDatabase.Literal(path)
            : throw new FileNotFoundException($"{path} is not there; run the stage clean first.", path);
    }
}
