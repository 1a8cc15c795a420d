using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>DuckDB over files and facts: the dialect of a workspace.</summary>
/// <param name="database">Empty, in memory; its owner's to dispose.</param>
/// <param name="folder">Folder that sources are named from.</param>
/// <param name="scratch">Folder for unpacked files.</param>
/// <param name="facts">Facts of the workspace; null where sources are files only.</param>
internal sealed class DuckEngine(DuckDatabase database, string folder, string scratch, WorkspaceFacts? facts = null) : ISqlEngine
{
    /// <inheritdoc/>
    public void Make(string table, string select) => database.Execute($"CREATE TEMP TABLE {table} AS {select}");

    /// <inheritdoc/>
    public IEnumerable<DuckRow> Query(string sql) => database.Query(sql);

    /// <inheritdoc/>
    public ISqlRelation Open(string source) => new Relation(facts?.Open(source) ?? DataRelation.Open(database, Path.Combine(folder, source), scratch));

    /// <inheritdoc/>
    public string Literal(string text) => DuckDatabase.Literal(text);

    /// <inheritdoc/>
    public string Sum(string expression) => $"fsum({expression})";

    /// <inheritdoc/>
    public string NormalForm(string expression) => $"nfc_normalize({expression})";

    /// <inheritdoc/>
    public string IsBeyondAscii(string expression) => $"strlen({expression}) <> length({expression})";

    private sealed class Relation(DataRelation relation) : ISqlRelation
    {
        public string Name => relation.File;

        public string Sql => relation.Sql;

        public string Text(string column) => relation.Text(column);

        public string Number(string column) => relation.Number(column, "NULL");

        public string Seconds(string column)
        {
            var text = relation.Text(column);
            // A text without an offset, and a time without one, is of the session's zone.
            return relation.AreTimesUtc && relation.IsTimestamp(column) ? $"epoch({DataRelation.Quote(column)})" : $"epoch(TRY_CAST({text} AS TIMESTAMPTZ))";
        }

        public string? HasOffset(string column) => relation.IsText(column)
            ? $"regexp_matches({DataRelation.Quote(column)}, '[0-9] *([zZ]|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$') AND length({DataRelation.Quote(column)}) > 10"
            : null;
    }
}
