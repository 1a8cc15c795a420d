using Touchstone.Data.Cleaning;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Indicators;

/// <summary>Reads what cleaning left, and the slates beside it, as the columns that indicators are computed from.</summary>
public static class ShopLogReader
{
    private const string Columns = "shopper, client, session, product, occurred_at, quantity, unit_price, discount, unit_cost, \"order\", slate, query, rating, currency, ordinal, source, line, part";

    /// <summary>Reads the log.</summary>
    /// <param name="cleanFolder">Where the stage clean wrote.</param>
    /// <param name="exposures">Products shown, in any order; empty where no slates are logged.</param>
    /// <param name="marginRate">Margin as a share of revenue where unit cost is unknown, in [0, 1].</param>
    /// <param name="searches">Searches with their number of results; null or empty where none are logged.</param>
    /// <exception cref="IOException">A file is not there, or is damaged.</exception>
    /// <exception cref="SourceException">Order lines are in several currencies.</exception>
    public static ShopLog Read(string cleanFolder, IEnumerable<ShownProduct> exposures, double marginRate, IEnumerable<LoggedSearch>? searches = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(cleanFolder);
        ArgumentNullException.ThrowIfNull(exposures);
        using var database = DuckDatabase.InMemory();
        RefuseSeveralCurrencies(database, cleanFolder);
        var builder = new Builder();
        foreach (var row in database.Query($"SELECT id, category FROM read_parquet({PathOf(cleanFolder, CleanFiles.Products)}) ORDER BY id"))
            builder.Categories[builder.Product(row.Text(0))] = row.TextOrNull(1) is { Length: > 0 } category ? builder.Category(category) : -1;
        // Slates first: an event names its slate only where the slate is logged.
        var shown = exposures.ToList();
        foreach (var product in shown) builder.Slates.TryAdd(product.Slate, builder.Slates.Count);
        foreach (var row in database.Query(Sql(cleanFolder))) builder.Add(row, marginRate);
        return builder.Build(shown, searches ?? []);
    }

    // The stage clean refuses a currency other than the shop's; where the shop names none, several would be summed here.
    private static void RefuseSeveralCurrencies(DuckDatabase database, string folder)
    {
        List<string> currencies = [.. database.Query($"{Everything(folder)} SELECT DISTINCT currency FROM everything WHERE kind IN ('purchase', 'return') AND unit_price IS NOT NULL AND currency <> '' ORDER BY 1").Select(row => row.Text(0))];
        if (currencies.Count > 1)
            throw new SourceException(folder, 0, $"has order lines in {string.Join(", ", currencies)}. Amounts of several currencies are not summed, and there is no table of rates yet: export them in one, or leave the lines' currency unmapped (columns: {{currency: }}) where it is wrong.");
    }

    // Returns, and what was done with a product that the row does not name, are no training rows: cleaning set them aside.
    private static string Everything(string folder) => $"""
        WITH everything AS (
            SELECT kind, {Columns} FROM read_parquet({PathOf(folder, CleanFiles.Interactions)})
            UNION ALL
            SELECT CASE WHEN rule = 'returned' THEN 'return' ELSE kind END, {Columns} FROM read_parquet({PathOf(folder, CleanFiles.SetAside)})
            WHERE outcome = 'reject' AND rule IN ('returned', 'no-product'))
        """;

    private static string Sql(string folder) => $"""
        {Everything(folder)}
        SELECT kind, coalesce(nullif(shopper, ''), nullif(client, '')), nullif(session, ''), nullif(product, ''), epoch_ms(occurred_at),
            CAST(quantity AS DOUBLE), CAST(unit_price AS DOUBLE), CAST(discount AS DOUBLE), CAST(unit_cost AS DOUBLE), nullif("order", ''), nullif(slate, ''), query, CAST(rating AS DOUBLE)
        FROM everything
        ORDER BY nullif(session, '') NULLS FIRST, occurred_at NULLS FIRST, ordinal NULLS FIRST, source, line, part
        """;

    private static string PathOf(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? DuckDatabase.Literal(path) : throw new FileNotFoundException($"{path} is not there; run the stage clean first.", path);
    }

    private sealed class Builder
    {
        private readonly Dictionary<string, int> _products = new(StringComparer.Ordinal), _categories = new(StringComparer.Ordinal), _units = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _sessions = new(StringComparer.Ordinal), _orders = new(StringComparer.Ordinal), _queries = new(StringComparer.Ordinal);
        private readonly List<int> _sessionUnits = [], _eventUnits = [], _eventSessions = [], _eventProducts = [], _eventOrders = [], _eventSlates = [], _eventQueries = [];
        private readonly List<InteractionKind> _kinds = [];
        private readonly List<long> _atMs = [];
        private readonly List<double> _revenues = [], _margins = [], _ratings = [];
        private int _nobody;

        internal List<int> Categories { get; } = [];

        internal Dictionary<string, int> Slates { get; } = new(StringComparer.Ordinal);

        internal int Product(string id)
        {
            if (_products.TryGetValue(id, out var product)) return product;
            _products.Add(id, product = _products.Count);
            Categories.Add(-1);
            return product;
        }

        internal int Category(string name) => Number(_categories, name);

        internal void Add(DuckRow row, double marginRate)
        {
            var (session, unit) = Place(row.TextOrNull(1), row.TextOrNull(2));
            _kinds.Add(FactEnum<InteractionKind>.FromText(row.Text(0)));
            _eventUnits.Add(unit);
            _eventSessions.Add(session);
            _eventProducts.Add(row.TextOrNull(3) is { } product ? Product(product) : -1);
            _atMs.Add(row.WholeOrNull(4) ?? long.MinValue);
            var quantity = Math.Abs(row.RealOrNull(5) ?? 1);
            var revenue = row.RealOrNull(6) is { } price ? (quantity * price) - Math.Abs(row.RealOrNull(7) ?? 0) : double.NaN;
            _revenues.Add(revenue);
            _margins.Add(row.RealOrNull(8) is { } cost ? revenue - (quantity * cost) : revenue * marginRate);
            _eventOrders.Add(row.TextOrNull(9) is { } order ? Number(_orders, order) : -1);
            _eventSlates.Add(row.TextOrNull(10) is { } slate && Slates.TryGetValue(slate, out var at) ? at : -1);
            _eventQueries.Add(row.TextOrNull(11) is { } query ? Number(_queries, query) : -1);
            _ratings.Add(row.RealOrNull(12) ?? double.NaN);
        }

        internal ShopLog Build(List<ShownProduct> shown, IEnumerable<LoggedSearch> searches)
        {
            var (slateSessions, slateUnits, slateAtMs) = (new int[Slates.Count], new int[Slates.Count], new long[Slates.Count]);
            Array.Fill(slateUnits, -1);
            ShownProduct[] sorted = [.. shown.OrderBy(row => Slates[row.Slate]).ThenBy(row => row.Rank).ThenBy(row => row.Product, Utf8Ordinal.Comparer)];
            foreach (var row in sorted)
            {
                var slate = Slates[row.Slate];
                if (slateUnits[slate] >= 0) continue;
                (slateSessions[slate], slateUnits[slate]) = Place(row.Shopper, row.Session);
                slateAtMs[slate] = new DateTimeOffset(row.OccurredAt).ToUnixTimeMilliseconds();
            }

            var (searchUnits, searchResults) = (new List<int>(), new List<int>());
            foreach (var search in searches)
            {
                searchUnits.Add(Place(search.Shopper, search.Session).Unit);
                searchResults.Add(search.ResultCount);
            }

            int[] products = [.. sorted.Select(row => Product(row.Product))];
            return new ShopLog
            {
                UnitCount = _units.Count,
                SessionCount = _sessions.Count,
                SlateCount = Slates.Count,
                OrderCount = _orders.Count,
                Categories = [.. Categories],
                SessionUnits = [.. _sessionUnits],
                Kinds = [.. _kinds],
                Units = [.. _eventUnits],
                Sessions = [.. _eventSessions],
                Products = [.. _eventProducts],
                AtMs = [.. _atMs],
                Revenues = [.. _revenues],
                Margins = [.. _margins],
                Orders = [.. _eventOrders],
                Slates = [.. _eventSlates],
                Queries = [.. _eventQueries],
                Ratings = [.. _ratings],
                ExposureSlates = [.. sorted.Select(row => Slates[row.Slate])],
                ExposureProducts = products,
                ExposureRanks = [.. sorted.Select(row => row.Rank)],
                IsViewed = sorted.Length > 0 && sorted.All(row => row.IsViewed is not null) ? [.. sorted.Select(row => row.IsViewed == true)] : [],
                SlateSessions = slateSessions,
                SlateUnits = slateUnits,
                SlateAtMs = slateAtMs,
                SearchUnits = [.. searchUnits],
                SearchResults = [.. searchResults],
            };
        }

        // A session belongs to whom its first row names; a row without shopper and session is a unit of its own.
        private (int Session, int Unit) Place(string? shopper, string? session)
        {
            if (session is null) return (-1, Unit(shopper is null ? $"n/{_nobody++}" : "s/" + shopper));
            if (_sessions.TryGetValue(session, out var number)) return (number, _sessionUnits[number]);
            _sessions.Add(session, number = _sessions.Count);
            _sessionUnits.Add(Unit(shopper is null ? "v/" + session : "s/" + shopper));
            return (number, _sessionUnits[number]);
        }

        private int Unit(string key) => Number(_units, key);

        private static int Number(Dictionary<string, int> numbers, string key)
        {
            if (!numbers.TryGetValue(key, out var number)) numbers.Add(key, number = numbers.Count);
            return number;
        }
    }
}
