namespace Touchstone.Data.Sources;

/// <summary>Contexts of a table: the texts of some of its columns together, numbered as they come.</summary>
internal sealed class ContextKeys(IReadOnlyList<string> names)
{
    private const char Apart = '\u001F';
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];
    private char[] _buffer = new char[256];

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Contexts so far.</summary>
    public int Count => _keys.Count;

    /// <summary>The context's columns in a table.</summary>
    /// <exception cref="SourceException">A column is not there.</exception>
    public int[] ColumnsIn(TableFile table) =>
    [
        .. names.Select(name => table.Find(name) is var at and >= 0 ? at
            : throw new SourceException(table.Path, 1, $"has no column \"{name}\" of the context; it has: {string.Join(", ", table.Columns)}.")),
    ];

    /// <summary>Number of the row's context.</summary>
    /// <param name="table">The table, at a row.</param>
    /// <param name="columns">The context's columns there.</param>
    /// <param name="isAdded">Whether a new context gets a number; else it is −1.</param>
    public int Of(TableFile table, int[] columns, bool isAdded)
    {
        var length = 0;
        foreach (var column in columns)
        {
            var text = table.Text(column, "write the context of every row.").Trim();
            if (length + text.Length + 1 > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, length + text.Length + 1));
            if (column != columns[0]) _buffer[length++] = Apart;
            text.CopyTo(_buffer.AsSpan(length));
            length += text.Length;
        }

        var key = _buffer.AsSpan(0, length);
        if (_indexOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var known)) return known;
        if (!isAdded) return -1;
        _keys.Add(key.ToString());
        _indexOf.Add(_keys[^1], _keys.Count - 1);
        return _keys.Count - 1;
    }

    /// <summary>A context in words: <c>position=3</c>.</summary>
    public string NameOf(int context) => names.Count == 0 ? "(all rounds)" : string.Join(", ", names.Zip(_keys[context].Split(Apart), (name, text) => $"{name}={text}"));
}
