using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Which column of one file gives which field.</summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly RowReader _reader;
    private readonly SourceFile _file;
    private readonly SourceDefinition _source;
    private readonly ShopConfiguration _shop;

    /// <summary>Resolves all columns that shop.yaml names.</summary>
    /// <exception cref="SourceException">One of them is not in the file (names the nearest).</exception>
    public ColumnMap(RowReader reader, SourceFile file, SourceDefinition source, ShopConfiguration shop, IReadOnlyList<string> fields)
    {
        (_reader, _file, _source, _shop) = (reader, file, source, shop);
        var taken = new HashSet<string>(source.Future, StringComparer.Ordinal);
        foreach (var (field, column) in source.Columns)
        {
            if (column.Length > 0) _columns[field] = Find(column);
            taken.Add(column);
        }

        foreach (var field in fields)
        {
            if (source.Columns.ContainsKey(field) || taken.Contains(field)) continue;
            var at = IndexOf(field);
            if (at >= 0) _columns[field] = at;
        }

        foreach (var column in source.Future) Find(column);
        Attributes = [.. source.Attributes.Where(column => !source.Future.Contains(column)).Select(column => (column, Find(column)))];
        ReturnColumn = source.ReturnWhen is { } rule ? Find(rule.Column) : -1;
    }

    /// <summary>Columns kept as attributes, with their indexes.</summary>
    public IReadOnlyList<(string Name, int Column)> Attributes { get; }

    /// <summary>Column of the rule for returns, or -1.</summary>
    public int ReturnColumn { get; }

    /// <summary>Column of a field, or -1.</summary>
    public int this[string field] => _columns.GetValueOrDefault(field, -1);

    /// <summary>Refuses a file that has none of the fields.</summary>
    public void Require(string what, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (this[field] >= 0) return;
        }

        CheckDelimiter(fields[0]);
        throw Fault($"has no column that says {what}{SourceFiles.At(_source, _shop)}; map one, such as columns: {{{fields[0]}: NAME}}. It has: {Listed()}.");
    }

    private int Find(string column)
    {
        var at = IndexOf(column);
        if (at >= 0) return at;
        CheckDelimiter(column);
        throw Fault($"has no column \"{column}\"{SourceFiles.At(_source, _shop, column)}{(NearestName.Of(column, _reader.Columns) is { } near ? $"; did you mean \"{near}\"?" : $"; it has: {Listed()}.")}");
    }

    private void CheckDelimiter(string column)
    {
        if (_reader is not DelimitedReader || _reader.Columns.Count != 1 || DelimiterGuess.Of(_reader.Columns[0]) is not { } delimiter) return;
        throw Fault($"has one column, \"{_reader.Columns[0]}\", and none named \"{column}\"{SourceFiles.At(_source, _shop, column)}: the delimiter looks like {DelimiterGuess.Yaml(delimiter)}; set delimiter: {DelimiterGuess.Yaml(delimiter)}.");
    }

    private int IndexOf(string column)
    {
        for (var i = 0; i < _reader.Columns.Count; i++)
        {
            if (string.Equals(_reader.Columns[i], column, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private string Listed() => string.Join(", ", _reader.Columns.Take(30)) + (_reader.Columns.Count > 30 ? ", …" : "");

    private SourceException Fault(string problem) => new(_file.Name, _reader.HeaderLineNumber, problem);
}
