using System.Globalization;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Segments;

/// <summary>
/// The workspace's facts as SQL tables: a DuckDB file that is derived from the segments, may be deleted at any time, and is built again.
/// One process owns <c>warehouse.duckdb</c>; another one makes a file of its own, which goes when it is closed.
/// </summary>
public sealed class FactWarehouse : IDisposable
{
    private readonly string _workspace;
    private readonly DuckDatabase _database;
    private readonly FileStream? _owner;

    private FactWarehouse(string workspace, string path, DuckDatabase database, FileStream? owner)
    {
        (_workspace, Path, _database, _owner) = (workspace, path, database, owner);
        _database.Execute("CREATE TABLE IF NOT EXISTS loaded_batches (fact VARCHAR, batch VARCHAR, rows BIGINT, form VARCHAR)");
    }

    /// <summary>The DuckDB file.</summary>
    public string Path { get; }

    /// <summary>Whether this process owns the workspace's own file, which stays for the next run.</summary>
    public bool IsOwner => _owner is not null;

    /// <summary>Opens the warehouse of a workspace. Call <see cref="Refresh"/> before asking it.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="memoryLimit">Most memory that DuckDB takes, e.g. <c>2GB</c>; beyond it spills to the workspace.</param>
    /// <param name="threads">Threads of a query.</param>
    /// <exception cref="WarehouseException">The file cannot be made (full disk, no permission).</exception>
    public static FactWarehouse Open(string workspace, string memoryLimit = "2GB", int threads = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        workspace = System.IO.Path.GetFullPath(workspace);
        var path = System.IO.Path.Combine(workspace, "warehouse.duckdb");
        var owner = TryOwn(workspace, path + ".lock");
        if (owner is null)
            path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("touchstone-").FullName, $"warehouse-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.duckdb");
        var spill = owner is null ? path + ".spill" : System.IO.Path.Combine(workspace, "spill");
        try
        {
            return new FactWarehouse(workspace, path, OpenOrRebuild(path, spill, memoryLimit, threads), owner);
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Loads what the segments have gained: tables <c>interaction</c>, <c>product</c>, <c>exposure</c>, <c>assignment</c>,
    /// <c>identity_link</c>, <c>ledger_entry</c>, each row with its <c>batch</c>. A live segment is loaded anew as it grows.
    /// </summary>
    /// <returns>Rows loaded.</returns>
    /// <exception cref="SegmentException">A damaged segment (names file and byte).</exception>
    /// <exception cref="WarehouseException">DuckDB cannot write.</exception>
    public long Refresh(CancellationToken cancellationToken = default) =>
        Refresh<Interaction>("events", cancellationToken)
        + Refresh<Product>("products", cancellationToken)
        + Refresh<Exposure>("exposures", cancellationToken)
        + Refresh<Assignment>("assignments", cancellationToken)
        + Refresh<IdentityLink>("identities", cancellationToken)
        + Refresh<LedgerEntry>("ledger", cancellationToken);

    /// <summary>Rows of a query as plain .NET values (null where absent), in the query's order.</summary>
    /// <param name="sql">DuckDB's SQL.</param>
    /// <exception cref="WarehouseException">The query is wrong, or needs more than there is.</exception>
    public IEnumerable<IReadOnlyList<object?>> Query(string sql)
    {
        ArgumentException.ThrowIfNullOrEmpty(sql);
        return _database.Query(sql).Select(row => (IReadOnlyList<object?>)[.. Enumerable.Range(0, row.ColumnCount).Select(row.Value)]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _database.Dispose();
        if (_owner is null) Directory.Delete(System.IO.Path.GetDirectoryName(Path) ?? Path, recursive: true);
        _owner?.Dispose();
    }

    private long Refresh<T>(string folder, CancellationToken cancellationToken)
    {
        var schema = FactSchema<T>.Instance;
        var store = new FactStore<T>(System.IO.Path.Combine(_workspace, folder));
        DropWhereColumnsChanged(schema.Name, schema.Columns);
        _database.Execute($"CREATE TABLE IF NOT EXISTS {schema.Name} ({WarehouseSink.Columns(schema.Columns)}, batch VARCHAR)");
        var known = _database.Query($"SELECT batch, rows FROM loaded_batches WHERE fact = '{schema.Name}' AND form = 'whole'")
            .Select(r => r.Text(0)).ToHashSet(StringComparer.Ordinal);
        var batches = store.ListBatches();
        foreach (var gone in known.Except(batches).ToArray()) Forget(schema.Name, gone);
        var loaded = 0L;
        foreach (var batch in batches.Where(b => !known.Contains(b)))
        {
            Forget(schema.Name, batch);
            var isLive = store.IsLive(batch);
            var rows = Load(store, schema, batch, cancellationToken);
            _database.Execute($"INSERT INTO loaded_batches VALUES ('{schema.Name}', {DuckDatabase.Literal(batch)}, {rows.ToString(CultureInfo.InvariantCulture)}, '{(isLive ? "live" : "whole")}')");
            loaded += rows;
        }

        return loaded;
    }

    private long Load<T>(FactStore<T> store, FactSchema<T> schema, string batch, CancellationToken cancellationToken)
    {
        using var appender = _database.Append(schema.Name);
        var sink = new WarehouseSink(appender);
        var rows = 0L;
        foreach (var row in store.Read([batch]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            appender.BeginRow();
            schema.Write(row, sink);
            appender.Text(batch);
            appender.EndRow();
            rows++;
        }

        return rows;
    }

    private void Forget(string fact, string batch)
    {
        _database.Execute($"DELETE FROM {fact} WHERE batch = {DuckDatabase.Literal(batch)}");
        _database.Execute($"DELETE FROM loaded_batches WHERE fact = '{fact}' AND batch = {DuckDatabase.Literal(batch)}");
    }

    // A build with other columns fills its tables anew: they are only derived.
    private void DropWhereColumnsChanged(string fact, IReadOnlyList<FactColumn> columns)
    {
        string[] stored = [.. _database.Query($"SELECT column_name FROM duckdb_columns() WHERE table_name = '{fact}' ORDER BY column_index").Select(r => r.Text(0))];
        if (stored.Length == 0 || stored.SequenceEqual([.. columns.Select(c => c.Name), "batch"])) return;
        _database.Execute($"DROP TABLE {fact}");
        _database.Execute($"DELETE FROM loaded_batches WHERE fact = '{fact}'");
    }

    private static DuckDatabase OpenOrRebuild(string path, string spill, string memoryLimit, int threads)
    {
        try
        {
            return DuckDatabase.File(path, spill, memoryLimit, threads);
        }
        catch (WarehouseException) when (File.Exists(path))
        {
            // Damaged, or of another DuckDB: it is derived, so it is made anew.
            File.Delete(path);
            File.Delete(path + ".wal");
            return DuckDatabase.File(path, spill, memoryLimit, threads);
        }
    }

    private static FileStream? TryOwn(string workspace, string lockPath)
    {
        try
        {
            Directory.CreateDirectory(workspace);
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
