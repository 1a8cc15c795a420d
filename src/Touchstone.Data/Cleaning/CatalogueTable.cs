using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>
/// Merges catalogue rows to one a product: the first text that is not empty wins (by source and line), price, cost and availability are
/// the latest by valid-from. Texts are kept by language too.
/// </summary>
internal static class CatalogueTable
{
    private const decimal MostOfAPrice = 1e15m;

    private static readonly string[] Texts = ["site", "locale", "title", "brand", "category", "description", "attributes"];
    private static readonly string[] States = ["price", "unit_cost", "currency", "is_available", "valid_from"];

    public static void Load(DuckDatabase database, IEnumerable<Product> products, CancellationToken cancellationToken)
    {
        var schema = FactSchema<Product>.Instance;
        database.Execute($"CREATE TABLE catalogue ({WarehouseSink.Columns(schema.Columns)})");
        using (var appender = database.Append("catalogue"))
        {
            var sink = new WarehouseSink(appender);
            foreach (var row in products)
            {
                cancellationToken.ThrowIfCancellationRequested();
                appender.BeginRow();
                schema.Write(row with { Price = Countable(row.Price), UnitCost = Countable(row.UnitCost) }, sink);
                appender.EndRow();
            }
        }

        var merged = string.Join(", ", Texts.Select(First));
        var states = string.Join(", ", States.Select(Latest));
        database.Execute($"""
            CREATE TABLE products AS
            SELECT id, {merged}, {states}, count(*) AS rows, {First("source")}, min_by(line, (source, line)) AS line
            FROM catalogue WHERE id <> '' GROUP BY id
            """);
        database.Execute($"""
            CREATE TABLE texts AS
            SELECT id, coalesce(locale, '') AS locale, {First("title")}, {First("brand")}, {First("category")}, {First("description")}
            FROM catalogue WHERE id <> '' AND (title <> '' OR brand <> '' OR category <> '' OR description <> '')
            GROUP BY id, coalesce(locale, '')
            """);
        database.Execute("""
            CREATE TABLE prices AS
            SELECT id AS product, valid_from, last(price ORDER BY source, line) FILTER (price IS NOT NULL) AS price,
                last(unit_cost ORDER BY source, line) FILTER (unit_cost IS NOT NULL) AS unit_cost,
                last(currency ORDER BY source, line) FILTER (currency IS NOT NULL) AS currency,
                last(is_available ORDER BY source, line) FILTER (is_available IS NOT NULL) AS is_available
            FROM catalogue WHERE id <> '' AND (price IS NOT NULL OR unit_cost IS NOT NULL OR is_available IS NOT NULL)
            GROUP BY id, valid_from
            """);
    }

    private static string First(string column) => $"first({column} ORDER BY source, line) FILTER ({column} <> '') AS {column}";

    private static string Latest(string column) =>
        $"last({column} ORDER BY valid_from NULLS FIRST, source, line) FILTER ({column} IS NOT NULL) AS {column}";

    private static decimal? Countable(decimal? value) => value is { } v && Math.Abs(v) < MostOfAPrice ? v : null;
}
