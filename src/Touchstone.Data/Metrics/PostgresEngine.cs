using System.Data.Common;
using Npgsql;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>PostgreSQL 13 and later: sources are tables or views, read in one transaction that writes temporary tables only.</summary>
internal sealed class PostgresEngine : ISqlEngine, IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _timeZone;

    /// <summary>Connects.</summary>
    /// <param name="connectionString">As Npgsql takes it, e.g. <c>Host=localhost;Database=shop;Username=me</c>.</param>
    /// <param name="timeZone">IANA zone of times that state no offset.</param>
    /// <exception cref="WarehouseException">The server cannot be reached (the message is its own; the connection string is not told).</exception>
    public PostgresEngine(string connectionString, string timeZone)
    {
        _timeZone = timeZone;
        try
        {
            _connection = new NpgsqlConnection(connectionString);
            _connection.Open();
            // One view of the data for all queries, whatever is written meanwhile.
            _transaction = _connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        }
        catch (Exception error) when (error is NpgsqlException or ArgumentException or System.Net.Sockets.SocketException)
        {
            _connection?.Dispose();
            throw new WarehouseException($"PostgreSQL cannot be reached: {error.Message.TrimEnd('.')}. Check --postgres, e.g. \"Host=localhost;Database=shop;Username=me\".", error);
        }
    }

    /// <inheritdoc/>
    public void Make(string table, string select) => Execute($"CREATE TEMP TABLE {table} AS {select}");

    /// <inheritdoc/>
    public IEnumerable<DuckRow> Query(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0 };
        using var reader = Guard(command.ExecuteReader);
        var row = new DuckRow(reader);
        while (Guard(reader.Read)) yield return row;
    }

    /// <inheritdoc/>
    public ISqlRelation Open(string source) => new Relation(this, source);

    /// <inheritdoc/>
    public string Literal(string text) => DuckDatabase.Literal(text);

    /// <inheritdoc/>
    public string Sum(string expression) => $"sum({expression})";

    /// <inheritdoc/>
    public string NormalForm(string expression) => $"normalize({expression}, NFC)";

    /// <inheritdoc/>
    public string IsBeyondAscii(string expression) => $"octet_length({expression}) <> length({expression})";

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0 };
        Guard(command.ExecuteNonQuery);
    }

    private static T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (DbException error)
        {
            throw new WarehouseException(error.Message, error);
        }
    }

    private sealed class Relation : ISqlRelation
    {
        private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
        private readonly string _timeZone;

        public Relation(PostgresEngine engine, string table)
        {
            Name = table;
            _timeZone = engine._timeZone;
            var (schema, name) = ("", "");
            var stated = DuckDatabase.Literal(string.Join('.', table.Split('.').Select(DataRelation.Quote)));
            foreach (var row in engine.Query($"SELECT attname::text, format_type(atttypid, NULL), nspname::text, relname::text FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE attrelid = to_regclass({stated}) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"))
                (_types[row.Text(0)], schema, name) = (row.Text(1), row.Text(2), row.Text(3));
            // With its schema: a temporary table of that name must not stand in for it.
            Sql = $"{DataRelation.Quote(schema)}.{DataRelation.Quote(name)}";
            if (_types.Count == 0) throw new SourceException(table, 0, "is no table or view of the database; name it with its schema where it is not in the search path.");
        }

        public string Name { get; }

        public string Sql { get; }

        public string Text(string column) => Type(column) is "text" or "character varying" ? $"nullif({DataRelation.Quote(column)}, '')" : $"{DataRelation.Quote(column)}::text";

        public string Number(string column) => Type(column) switch
        {
            "boolean" => $"({DataRelation.Quote(column)}::int)::double precision",
            "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" => $"{DataRelation.Quote(column)}::double precision",
            var type => throw new SourceException(Name, 0, $"has in column \"{column}\" values of the type {type}, which are no numbers; choose a column of numbers, or make a view that casts it."),
        };

        public string Seconds(string column) => Type(column) switch
        {
            "timestamp with time zone" => $"extract(epoch FROM {DataRelation.Quote(column)})::double precision",
            "timestamp without time zone" or "date" => $"extract(epoch FROM {DataRelation.Quote(column)}::timestamp AT TIME ZONE {DuckDatabase.Literal(_timeZone)})::double precision",
            var type => throw new SourceException(Name, 0, $"has in column \"{column}\" values of the type {type}, which are no times; choose a timestamp, or make a view that casts it."),
        };

        public string? HasOffset(string column) => null;

        private string Type(string column) => _types.TryGetValue(column, out var type)
            ? type
            : throw new SourceException(Name, 0, $"has no column \"{column}\"; it has {string.Join(", ", _types.Keys)}.");
    }
}
