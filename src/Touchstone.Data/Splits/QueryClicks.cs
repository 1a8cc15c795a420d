using Touchstone.Data.Cleaning;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>What shoppers typed and then took, as far as training may know it.</summary>
public static class QueryClicks
{
    /// <summary>A product counts for the query that came before it in the session, if no longer ago than this.</summary>
    public const int WindowMinutes = 10;

    /// <summary>
    /// Pairs of query and product, ordered by query, product and time: each view, cart or purchase after a search of the same session, before the next
    /// search. Of a shopper who is judged, only what lies before the first judged row counts.
    /// </summary>
    /// <param name="cleanFolder">Where <see cref="Splitter"/> wrote.</param>
    /// <param name="products">The products that the pairs point into.</param>
    /// <exception cref="IOException">A file is not there, or is damaged.</exception>
    public static IReadOnlyList<(string Query, int Product)> Read(string cleanFolder, ProductTable products)
    {
        ArgumentException.ThrowIfNullOrEmpty(cleanFolder);
        ArgumentNullException.ThrowIfNull(products);
        using var database = DuckDatabase.InMemory();
        var interactions = DuckDatabase.Literal(Path.Combine(cleanFolder, CleanFiles.Interactions));
        var behaviour = DuckDatabase.Literal(Path.Combine(cleanFolder, SplitFiles.Behaviour));
        List<(string, int)> pairs = [];
        // Units are named as the split names them; where sites stand before them, they end with the shopper.
        foreach (var row in database.Query($"""
            WITH judged AS (
                SELECT unit, min(occurred_at_ms) AS from_ms FROM read_parquet({behaviour}) WHERE part <> 'train' GROUP BY unit),
            rows AS (
                SELECT *, coalesce(nullif(shopper, ''), 'client:' || nullif(client, ''), 'session:' || session) AS unit, epoch_ms(occurred_at) AS at_ms
                FROM read_parquet({interactions}) WHERE occurred_at IS NOT NULL AND coalesce(session, '') <> ''),
            searched AS (
                SELECT *,
                    last_value(CASE WHEN kind = 'search' THEN query END IGNORE NULLS) OVER walk AS words,
                    last_value(CASE WHEN kind = 'search' THEN at_ms END IGNORE NULLS) OVER walk AS searched_ms
                FROM rows WINDOW walk AS (PARTITION BY site, unit, session ORDER BY at_ms, source, line ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))
            SELECT words, product FROM searched s
            WHERE kind IN ('view', 'cart', 'purchase') AND product <> '' AND coalesce(words, '') <> '' AND at_ms - searched_ms <= {WindowMinutes * 60_000}
                AND NOT EXISTS (
                    SELECT 1 FROM judged j WHERE s.at_ms >= j.from_ms AND (j.unit = s.unit OR j.unit = s.site || '/' || s.unit OR j.unit = s.session OR ends_with(j.unit, '/' || s.session)))
            ORDER BY words, product, at_ms
            """))
        {
            var product = products.IndexOf(row.Text(1));
            if (product >= 0) pairs.Add((row.Text(0), product));
        }

        return pairs;
    }
}
