using DuckDB.NET.Data;

namespace Touchstone.Data.Warehouse;

/// <summary>One DuckDB database with bounded memory and threads: in memory, or a file that is thrown away.</summary>
internal sealed class DuckDatabase : IDisposable
{
    private readonly DuckDBConnection _connection;

    private DuckDatabase(string source, string? spillFolder, string memory, int threads)
    {
        _connection = new DuckDBConnection($"DataSource={source}");
        try
        {
            _connection.Open();
            Execute($"SET memory_limit = {Literal(memory)}");
            Execute($"SET threads = {threads.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
            Execute("SET preserve_insertion_order = true");
            Execute("SET TimeZone = 'UTC'");
            if (spillFolder is not null) Execute($"SET temp_directory = {Literal(spillFolder)}");
        }
        catch (Exception error) when (error is DuckDBException or WarehouseException)
        {
            _connection.Dispose();
            throw error as WarehouseException ?? new WarehouseException($"{source}: {error.Message}", error);
        }
    }

    /// <summary>Text as an SQL literal.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    public static DuckDatabase InMemory(string? spillFolder = null) => new(":memory:", spillFolder, "2GB", 2);

    public static DuckDatabase File(string path, string spillFolder, string memory = "2GB", int threads = 2) =>
        new(path, spillFolder, memory, threads);

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DuckDBException error)
        {
            throw new WarehouseException(error.Message, error);
        }
    }

    /// <summary>Rows one after another; the same row object serves them all.</summary>
    public IEnumerable<DuckRow> Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = Guard(command.ExecuteReader);
        var row = new DuckRow(reader);
        while (Guard(reader.Read)) yield return row;
    }

    public long Count(string sql) => Query(sql).Select(r => r.WholeOrNull(0) ?? 0).First();

    public DuckAppender Append(string table) => new(_connection.CreateAppender(table));

    public void Dispose() => _connection.Dispose();

    private static TResult Guard<TResult>(Func<TResult> act)
    {
        try
        {
            return act();
        }
        catch (DuckDBException error)
        {
            throw new WarehouseException(error.Message, error);
        }
    }
}
