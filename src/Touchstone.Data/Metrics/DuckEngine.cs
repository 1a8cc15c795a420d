using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>DuckDB over files: the dialect of a workspace.</summary>
/// <param name="database">Empty, in memory; its owner's to dispose.</param>
/// <param name="folder">Folder that sources are named from.</param>
/// <param name="scratch">Folder for unpacked files.</param>
internal sealed class DuckEngine(DuckDatabase database, string folder, string scratch) : ISqlEngine
{
    /// <inheritdoc/>
    public void Execute(string sql) => database.Execute(sql);

    /// <inheritdoc/>
    public IEnumerable<DuckRow> Query(string sql) => database.Query(sql);

    /// <inheritdoc/>
    public ISqlRelation Open(string source) => new Relation(DataRelation.Open(database, Path.Combine(folder, source), scratch));

    /// <inheritdoc/>
    public string Sum(string expression) => $"fsum({expression})";

    /// <inheritdoc/>
    public string Quantile(string expression, string probability) => $"quantile_cont({expression}, {probability})";

    /// <inheritdoc/>
    public string NormalForm(string expression) => $"nfc_normalize({expression})";

    /// <inheritdoc/>
    public string Bytes(string expression) => $"encode({expression})";

    private sealed class Relation(DataRelation relation) : ISqlRelation
    {
        public string Name => relation.File;

        public string Sql => relation.Sql;

        public string Text(string column) => relation.Text(column);

        public string Number(string column) => relation.Number(column, "NULL");

        // A text without an offset, and a time without one, is of the session's zone.
        public string Seconds(string column) => $"epoch(TRY_CAST({relation.Text(column)} AS TIMESTAMPTZ))";

        public string? HasOffset(string column) => relation.IsText(column)
            ? $"regexp_matches({DataRelation.Quote(column)}, '[0-9] *([zZ]|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$') AND length({DataRelation.Quote(column)}) > 10"
            : null;
    }
}
