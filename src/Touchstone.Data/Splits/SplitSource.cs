using Touchstone.Data.Cleaning;
using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>Reads clean rows for a split: what there is, and the rows themselves in their order and with their money.</summary>
internal sealed class SplitSource : IDisposable
{
    private readonly DuckDatabase _database;
    private readonly string _sitePrefix;

    public SplitSource(string cleanFolder)
    {
        var interactions = PathOf(cleanFolder, CleanFiles.Interactions);
        _database = DuckDatabase.InMemory();
        _database.Execute($"CREATE VIEW clean AS SELECT * FROM read_parquet({DuckDatabase.Literal(interactions)}) WHERE product <> ''");
        _database.Execute($"CREATE VIEW prices AS SELECT * FROM read_parquet({DuckDatabase.Literal(PathOf(cleanFolder, CleanFiles.Prices))})");
        _sitePrefix = _database.Count("SELECT count(DISTINCT site) FROM clean") > 1 ? "site || '/' || " : "";
    }

    /// <summary>Target where none is stated: purchases if there are any, else ratings, else views; null where there is none of them.</summary>
    public InteractionKind? DefaultTarget() => new InteractionKind?[] { InteractionKind.Purchase, InteractionKind.Rating, InteractionKind.View }
        .FirstOrDefault(kind => kind is { } k && _database.Count($"SELECT count(*) FROM clean WHERE {Where(k)}") > 0);

    public SplitEvidence Evidence(InteractionKind target)
    {
        var counts = _database.Query($"""
            SELECT count(*), count(occurred_at), epoch_ms(min(occurred_at)), epoch_ms(max(occurred_at)), count(session) FILTER (session <> ''),
                count(*) FILTER (occurred_at IS NOT NULL AND session <> '')
            FROM clean WHERE {Where(target)}
            """);
        return counts.Select(r => new SplitEvidence
        {
            Target = target,
            Rows = (int)r.Whole(0),
            TimedRows = (int)r.Whole(1),
            FirstMs = r.WholeOrNull(2) ?? SplitRows.NoTime,
            LastMs = r.WholeOrNull(3) ?? SplitRows.NoTime,
            SessionRows = (int)r.Whole(4),
            TimedSessionRows = (int)r.Whole(5),
        }).First();
    }

    /// <summary>Rows by shopper (else client, else session).</summary>
    public SplitRows ByShopper(InteractionKind target, double marginRate, bool needsTime) => Read(
        $"{_sitePrefix}coalesce(nullif(shopper, ''), 'client:' || nullif(client, ''), 'session:' || session)",
        $"{Where(target)}{(needsTime ? " AND occurred_at IS NOT NULL" : "")}",
        marginRate);

    /// <summary>
    /// Rows by session. Where more than a hundredth of the session ids have several clients or shoppers, ids are theirs, and the unit is
    /// both together.
    /// </summary>
    public SplitRows BySession(InteractionKind target, double marginRate)
    {
        const string Owner = "coalesce(nullif(client, ''), nullif(shopper, ''))";
        var where = $"{Where(target)} AND session <> '' AND occurred_at IS NOT NULL";
        var isShared = _database.Count($"""
            SELECT CAST(100 * count(*) FILTER (owners > 1) > count(*) AS BIGINT)
            FROM (SELECT count(DISTINCT {Owner}) AS owners FROM clean WHERE {where} GROUP BY session)
            """) > 0;
        return Read($"{_sitePrefix}{(isShared ? $"coalesce({Owner} || '/', '') || " : "")}session", where, marginRate);
    }

    public void Dispose() => _database.Dispose();

    private SplitRows Read(string unit, string where, double marginRate)
    {
        var rows = new SplitRows
        {
            Units = [],
            Offsets = [0],
            Products = [],
            TimesMs = [],
            Sessions = [],
            Quantities = [],
            Revenues = [],
            Margins = [],
            RowsAtListPrice = 0,
            RowsWithAssumedMargin = 0,
        };
        var (listPrices, assumed) = (0, 0);
        Dictionary<string, int> sessions = new(StringComparer.Ordinal);
        foreach (var row in _database.Query(Sql(unit, where)))
        {
            var name = row.Text(0);
            if (rows.Units.Count == 0 || rows.Units[^1] != name)
            {
                if (rows.Units.Count > 0) rows.Offsets.Add(rows.Count);
                rows.Units.Add(name);
                sessions.Clear();
            }

            rows.Products.Add(row.Text(1));
            rows.TimesMs.Add(row.WholeOrNull(2) ?? SplitRows.NoTime);
            rows.Sessions.Add(row.TextOrNull(3) is { } session ? Number(sessions, session) : -1);
            rows.Quantities.Add(row.RealOrNull(4) ?? double.NaN);
            var quantity = row.RealOrNull(4) ?? 1;
            var price = row.RealOrNull(5) ?? row.RealOrNull(7);
            var revenue = price is { } p ? (quantity * p) - (row.RealOrNull(6) ?? 0) : double.NaN;
            rows.Revenues.Add(revenue);
            if (row.IsAbsent(5) && price is not null) listPrices++;
            var cost = row.RealOrNull(8);
            if (cost is null && price is not null) assumed++;
            rows.Margins.Add(cost is { } c ? revenue - (quantity * c) : revenue * marginRate);
        }

        if (rows.Units.Count > 0) rows.Offsets.Add(rows.Count);
        return new SplitRows
        {
            Units = rows.Units,
            Offsets = rows.Offsets,
            Products = rows.Products,
            TimesMs = rows.TimesMs,
            Sessions = rows.Sessions,
            Quantities = rows.Quantities,
            Revenues = rows.Revenues,
            Margins = rows.Margins,
            RowsAtListPrice = listPrices,
            RowsWithAssumedMargin = assumed,
        };
    }

    // List price and cost are those that held at the time of the row; a row without a time takes the latest.
    private static string Sql(string unit, string where) => $"""
        WITH timed AS (
            SELECT {unit} AS unit, product, occurred_at, coalesce(occurred_at, TIMESTAMP '9999-12-31') AS at, ordinal, source, line, part,
                coalesce(nullif(session, ''), nullif("order", '')) AS visit,
                CAST(quantity AS DOUBLE) AS quantity, CAST(unit_price AS DOUBLE) AS unit_price, CAST(discount AS DOUBLE) AS discount,
                CAST(unit_cost AS DOUBLE) AS unit_cost
            FROM clean WHERE {where}),
        listed AS (SELECT product, coalesce(valid_from, TIMESTAMP '0001-01-01') AS valid_from, CAST(price AS DOUBLE) AS price FROM prices WHERE price IS NOT NULL),
        costed AS (SELECT product, coalesce(valid_from, TIMESTAMP '0001-01-01') AS valid_from, CAST(unit_cost AS DOUBLE) AS cost FROM prices WHERE unit_cost IS NOT NULL)
        SELECT t.unit, t.product, epoch_ms(t.occurred_at), t.visit, t.quantity, t.unit_price, t.discount, l.price, coalesce(t.unit_cost, c.cost)
        FROM timed t
        ASOF LEFT JOIN listed l ON t.product = l.product AND t.at >= l.valid_from
        ASOF LEFT JOIN costed c ON t.product = c.product AND t.at >= c.valid_from
        WHERE t.unit IS NOT NULL
        ORDER BY t.unit, t.occurred_at NULLS FIRST, t.ordinal NULLS FIRST, t.source, t.line, t.part
        """;

    private static int Number(Dictionary<string, int> sessions, string session)
    {
        if (!sessions.TryGetValue(session, out var number)) sessions.Add(session, number = sessions.Count);
        return number;
    }

    private static string Where(InteractionKind target) => $"kind = '{FactEnum<InteractionKind>.ToText(target)}'";

    private static string PathOf(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there; run the stage clean first.", path);
    }
}
