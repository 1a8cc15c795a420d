using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>A file, or facts of a workspace, as a relation of the engine, with the columns that it has. Text files are read as text: what a value is, is decided here and told by row.</summary>
internal sealed class DataRelation
{
    private readonly Dictionary<string, string> _types;

    private DataRelation(string file, string sql, Dictionary<string, string> types)
    {
        File = file;
        Sql = sql;
        _types = types;
    }

    /// <summary>Name for messages: of the file, or of the facts.</summary>
    public string File { get; }

    /// <summary>What stands after FROM.</summary>
    public string Sql { get; }

    /// <summary>Whether times without a zone are of UTC, as facts keep them, and not of the session's zone.</summary>
    public bool AreTimesUtc { get; private init; }

    /// <summary>Opens a file.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="path">The file.</param>
    /// <param name="scratch">Folder for what is unpacked; lives as long as the relation.</param>
    /// <exception cref="SourceException">It is not there, its packing is damaged, or its name does not tell its format.</exception>
    public static DataRelation Open(DuckDatabase database, string path, string scratch)
    {
        var name = Path.GetFileName(path);
        if (Directory.Exists(path)) throw new SourceException(path, 0, "is a folder; name a file.");
        if (!System.IO.File.Exists(path)) throw new SourceException(path, 0, "is not there.");
        var file = Plain(new SourceFile(Path.GetFullPath(path), name), scratch);
        var literal = DuckDatabase.Literal(file.Path);
        switch (SourceStreams.FormatOf(path))
        {
            case SourceFormat.Csv or SourceFormat.Tsv:
                var (table, columns) = TextTable.Open(file, new SourceDefinition { Path = path, Format = SourceStreams.FormatOf(path) ?? SourceFormat.Csv });
                return new DataRelation(name, table, columns.ToDictionary(column => column, _ => "VARCHAR", StringComparer.Ordinal));
            case SourceFormat.Jsonl:
                // Every value as text: a first number and a later "n/a" are then told by row, like in a table.
                var from = $"{literal}, format = 'newline_delimited', compression = 'uncompressed'";
                var keys = Describe(database, $"read_json({from})").Keys.ToList();
                var texts = string.Join(", ", keys.Select(column => $"{Quote(column)}: 'VARCHAR'"));
                return new DataRelation(name, $"read_json({from}, columns = {{{texts}}})", keys.ToDictionary(column => column, _ => "VARCHAR", StringComparer.Ordinal));
            case SourceFormat.Parquet:
                var sql = $"read_parquet({literal})";
                try
                {
                    return new DataRelation(name, sql, Describe(database, sql));
                }
                catch (WarehouseException fault)
                {
                    throw new SourceException(name, 0, $"cannot be read as Parquet ({fault.Message.Split('\n')[0].TrimEnd('.')}); write it again, or name it by what it is.", fault);
                }

            default: throw new SourceException(name, 0, "has a format that its name does not tell; name it .csv, .tsv, .jsonl or .parquet (.gz after it where packed).");
        }
    }

    /// <summary>Facts that the engine holds.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="sql">What stands after FROM.</param>
    public static DataRelation OfFacts(DuckDatabase database, string name, string sql) => new(name, sql, Describe(database, sql)) { AreTimesUtc = true };

    /// <summary>A name as an SQL identifier.</summary>
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Whether the column is there.</summary>
    public bool Has(string column) => _types.ContainsKey(column);

    /// <summary>Whether the column holds text.</summary>
    public bool IsText(string column) => _types[column] == "VARCHAR";

    /// <summary>Whether the column holds times without a zone.</summary>
    public bool IsTimestamp(string column) => _types[column] == "TIMESTAMP";

    /// <summary>A column as text; null where it is empty.</summary>
    /// <exception cref="SourceException">There is no such column (names those there are).</exception>
    public string Text(string column)
    {
        Require(column);
        return IsText(column) ? $"nullif({Quote(column)}, '')" : $"CAST({Quote(column)} AS VARCHAR)";
    }

    /// <summary>A column as it is, to group by.</summary>
    public string Key(string column)
    {
        Require(column);
        return IsText(column) ? $"nullif({Quote(column)}, '')" : Quote(column);
    }

    /// <summary>A column as a number: true and false are 1 and 0, an empty value is <paramref name="missing"/>, what is no number is NaN.</summary>
    /// <param name="column">The column.</param>
    /// <param name="missing">SQL of what stands for an empty value.</param>
    public string Number(string column, string missing)
    {
        Require(column);
        var name = Quote(column);
        return _types[column] switch
        {
            "VARCHAR" => $"CASE WHEN {name} IS NULL OR trim({name}) = '' OR lower(trim({name})) = 'nan' THEN {missing} ELSE coalesce(TRY_CAST({name} AS DOUBLE), CASE lower(trim({name})) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 ELSE 'NaN'::DOUBLE END) END",
            "DOUBLE" or "FLOAT" when missing is not ("NULL" or "'NaN'::DOUBLE") => $"CASE WHEN {name} IS NULL OR isnan({name}) THEN {missing} ELSE CAST({name} AS DOUBLE) END",
            "DOUBLE" or "FLOAT" or "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT"
                => missing == "NULL" ? $"CAST({name} AS DOUBLE)" : $"coalesce(CAST({name} AS DOUBLE), {missing})",
            var type when type.StartsWith("DECIMAL", StringComparison.Ordinal) => missing == "NULL" ? $"CAST({name} AS DOUBLE)" : $"coalesce(CAST({name} AS DOUBLE), {missing})",
            var type => throw new SourceException(File, 0, $"has in column \"{column}\" values of the type {type}, which are no numbers; choose a column of numbers."),
        };
    }

    /// <summary>The file, unpacked where it is packed: the engine would read one that was cut off to where it ends, without a word.</summary>
    private static SourceFile Plain(SourceFile file, string scratch)
    {
        try
        {
            // A folder of its own each: the engine names the file in its faults.
            var target = Path.Combine(Directory.CreateDirectory(Path.Combine(scratch, Guid.CreateVersion7().ToString("N"))).FullName, file.Name);
            return SourceStreams.Unpacked(file, target) ? new SourceFile(target, file.Name) : file;
        }
        catch (InvalidDataException fault)
        {
            throw RowReaders.Damaged(file, 0, fault);
        }
    }

    private void Require(string column)
    {
        if (!Has(column)) throw new SourceException(File, 0, $"has no column \"{column}\"; it has {string.Join(", ", _types.Keys)}.");
    }

    private static Dictionary<string, string> Describe(DuckDatabase database, string sql)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in database.Query($"DESCRIBE SELECT * FROM {sql}")) types[row.Text(0)] = row.Text(1);
        return types;
    }
}
