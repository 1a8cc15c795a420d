using DuckDB.NET.Data;

namespace Touchstone.Data.Sources;

/// <summary>Parquet through DuckDB, row numbers as line numbers; every value as its invariant text.</summary>
internal sealed class ParquetReader : RowReader
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly string[] _columns;
    private readonly string? _temporaryFile;
    private readonly string?[] _cells;

    /// <param name="path">The file.</param>
    /// <param name="temporaryFile">An unpacked copy to delete at the end, or null.</param>
    public ParquetReader(string path, string? temporaryFile)
    {
        _temporaryFile = temporaryFile;
        _connection.Open();
        Execute("SET TimeZone = 'UTC'");
        Execute("SET threads = 1");
        var from = $"read_parquet('{path.Replace("'", "''", StringComparison.Ordinal)}', file_row_number = true)";
        var types = Types(from);
        _columns = [.. types.Select(type => type.Name)];
        _cells = new string?[_columns.Length];
        _command = _connection.CreateCommand();
        _command.UseStreamingMode = true;
        _command.CommandText = $"SELECT {string.Concat(types.Select(type => Text(type) + ", "))}file_row_number FROM {from}";
        _reader = _command.ExecuteReader();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => _columns;

    /// <inheritdoc/>
    public override bool Read()
    {
        if (!_reader.Read()) return false;
        Fault = null;
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i] = _reader.IsDBNull(i) ? null : _reader.GetString(i);
            if (_cells[i]?.Contains('\0', StringComparison.Ordinal) == true) Fault = "holds a NUL byte";
        }

        LineNumber = _reader.GetInt64(_cells.Length) + 1;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryCell(int column, out ReadOnlySpan<char> text)
    {
        text = _cells[column];
        return _cells[column] is not null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
        _connection.Dispose();
        if (_temporaryFile is not null) File.Delete(_temporaryFile);
    }

    private List<(string Name, string Type)> Types(string from)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {from}";
        using var reader = command.ExecuteReader();
        var types = new List<(string, string)>();
        while (reader.Read()) types.Add((reader.GetString(0), reader.GetString(1)));
        return types;
    }

    private static string Text((string Name, string Type) column)
    {
        var name = $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        if (column.Type == "BLOB") return $"decode({name})";
        return column.Type.EndsWith("[]", StringComparison.Ordinal) ? $"array_to_string({name}, ' > ')" : $"CAST({name} AS VARCHAR)";
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
