using System.Data.Common;
using ClickHouse.Driver.ADO;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>
/// ClickHouse over HTTP, held against version 26.7: sources are tables or views, read in one session that writes temporary tables only. There is no one
/// view of the data: rows that are inserted meanwhile may be in one query and not in the one before.
/// </summary>
internal sealed class ClickHouseEngine : ISqlEngine, IDisposable
{
    // As the other engines do it: joins fill with NULL, a column goes before an alias of its name, a NULL stays one when cast.
    private const string Settings = "SET join_use_nulls = 1, prefer_column_name_to_alias = 1, cast_keep_nullable = 1, count_distinct_implementation = 'uniqExact', session_timezone = 'UTC'";

    private readonly ClickHouseConnection _connection;
    private readonly string _timeZone;
    private readonly List<string> _made = [];

    /// <summary>Connects.</summary>
    /// <param name="connectionString">As ClickHouse.Driver takes it, e.g. <c>Host=localhost;Database=shop;Username=me</c>.</param>
    /// <param name="timeZone">IANA zone in which days of columns of dates begin.</param>
    /// <exception cref="WarehouseException">The server cannot be reached (the message is its own; the connection string is not told).</exception>
    public ClickHouseEngine(string connectionString, string timeZone)
    {
        _timeZone = timeZone;
        try
        {
            // Temporary tables live in a session; without a time limit, since one query may read for hours.
            var settings = new ClickHouseConnectionStringBuilder(connectionString) { UseSession = true, SessionId = Guid.CreateVersion7().ToString("N"), Timeout = TimeSpan.FromDays(1) };
            _connection = new ClickHouseConnection(settings.ConnectionString);
            _connection.Open();
            Execute(Settings);
        }
        catch (Exception error) when (error is DbException or HttpRequestException or ArgumentException or FormatException or WarehouseException)
        {
            _connection?.Dispose();
            throw new WarehouseException($"ClickHouse cannot be reached: {error.Message.TrimEnd('.')}. Check --clickhouse, e.g. \"Host=localhost;Port=8123;Database=shop;Username=me\".", error);
        }
    }

    /// <inheritdoc/>
    public void Make(string table, string select)
    {
        // On disk: the server's memory need not hold a row a unit.
        Execute($"CREATE TEMPORARY TABLE {table} ENGINE = MergeTree ORDER BY tuple() AS {select}");
        _made.Add(table);
    }

    /// <inheritdoc/>
    public IEnumerable<DuckRow> Query(string sql)
    {
        using var command = _connection.CreateCommand(sql);
        using var reader = Guard(command.ExecuteReader);
        var row = new DuckRow(reader, hasOtherWholes: true);
        while (Guard(reader.Read)) yield return row;
    }

    /// <inheritdoc/>
    public ISqlRelation Open(string source) => new Relation(this, source);

    /// <inheritdoc/>
    public string Literal(string text) => $"'{Escape(text, '\'')}'";

    /// <inheritdoc/>
    public string Sum(string expression) => $"sumKahan({expression})";

    /// <inheritdoc/>
    public string NormalForm(string expression) => $"normalizeUTF8NFC({expression})";

    /// <inheritdoc/>
    public string IsBeyondAscii(string expression) => $"length({expression}) <> lengthUTF8({expression})";

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            // Over HTTP a session outlives its last request.
            foreach (var table in _made) Execute($"DROP TEMPORARY TABLE {table}");
        }
        catch (WarehouseException)
        {
            // The server is gone, or drops them when the session times out.
        }

        _connection.Dispose();
    }

    private static string Escape(string text, char quote) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace($"{quote}", $"\\{quote}", StringComparison.Ordinal);

    private static string Quote(string name) => $"\"{Escape(name, '"')}\"";

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand(sql);
        Guard(command.ExecuteNonQuery);
    }

    private static T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception error) when (error is DbException or HttpRequestException)
        {
            throw new WarehouseException(error.Message, error);
        }
    }

    private sealed class Relation : ISqlRelation
    {
        private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
        private readonly string _timeZone;

        public Relation(ClickHouseEngine engine, string table)
        {
            Name = table;
            _timeZone = engine.Literal(engine._timeZone);
            var parts = table.Split('.', 2);
            var database = parts.Length > 1 ? engine.Literal(parts[0]) : "currentDatabase()";
            var found = "";
            foreach (var row in engine.Query($"SELECT name, type, database FROM system.columns WHERE database = {database} AND table = {engine.Literal(parts[^1])} ORDER BY position"))
                (_types[row.Text(0)], found) = (Bare(row.Text(1)), row.Text(2));
            // With its database: a temporary table of that name must not stand in for it.
            Sql = $"{Quote(found)}.{Quote(parts[^1])}";
            if (_types.Count == 0) throw new SourceException(table, 0, "is no table or view of the database; name it as DATABASE.TABLE where it is not in the connection's database.");
        }

        public string Name { get; }

        public string Sql { get; }

        public string Text(string column) => Type(column).StartsWith("FixedString", StringComparison.Ordinal)
            ? $"nullif(CAST(toStringCutToZero({Quote(column)}) AS Nullable(String)), '')"
            : $"nullif(CAST({Quote(column)} AS Nullable(String)), '')";

        public string Number(string column) => Type(column) is var type && IsNumber(type)
            ? $"CAST({Quote(column)} AS Nullable(Float64))"
            : throw new SourceException(Name, 0, $"has in column \"{column}\" values of the type {type}, which are no numbers; choose a column of numbers, or make a view that casts it.");

        public string Seconds(string column) => Type(column) switch
        {
            // Moments whatever zone they are shown in; a day begins in the definition's zone.
            var type when type.StartsWith("DateTime", StringComparison.Ordinal) => Micros($"toDateTime64({Quote(column)}, 6)"),
            "Date" or "Date32" => Micros($"toDateTime64(toString({Quote(column)}), 6, {_timeZone})"),
            var type => throw new SourceException(Name, 0, $"has in column \"{column}\" values of the type {type}, which are no times; choose a DateTime, or make a view that casts it."),
        };

        public string? HasOffset(string column) => null;

        private static string Micros(string moment) => $"CAST(toUnixTimestamp64Micro({moment}) / 1e6 AS Nullable(Float64))";

        private static bool IsNumber(string type) =>
            type is "Bool" || type.StartsWith("Int", StringComparison.Ordinal) && !type.StartsWith("Interval", StringComparison.Ordinal)
            || type.StartsWith("UInt", StringComparison.Ordinal) || type.StartsWith("Float", StringComparison.Ordinal) || type.StartsWith("Decimal", StringComparison.Ordinal);

        /// <summary>The type without what says how it is kept: <c>LowCardinality(Nullable(String))</c> is a String.</summary>
        private static string Bare(string type)
        {
            foreach (var wrapper in (string[])["LowCardinality(", "Nullable("])
                if (type.StartsWith(wrapper, StringComparison.Ordinal)) return Bare(type[wrapper.Length..^1]);
            return type;
        }

        private string Type(string column) => _types.TryGetValue(column, out var type)
            ? type
            : throw new SourceException(Name, 0, $"has no column \"{column}\"; it has {string.Join(", ", _types.Keys)}.");
    }
}
