using System.Text.Json;

namespace Touchstone.Data.Sources;

/// <summary>
/// One JSON object a line, split on <c>\n</c> only. A nested object gives columns <c>outer.inner</c>, a list of plain values is one
/// text joined by <c> &gt; </c>, a list of objects is its JSON text.
/// </summary>
internal sealed class JsonLinesReader : RowReader
{
    private const int ColumnCountMax = 10_000;
    private readonly Stream _stream;
    private readonly RowFramer _framer;
    private readonly string? _transcodedFrom;
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private char[] _characters = new char[1024];
    private char[] _path = new char[256];
    private Range[] _cells = [];
    private long[] _rowOfCell = [];
    private int _characterCount;
    private long _row;

    public JsonLinesReader(Stream stream, string? transcodedFrom, IReadOnlyList<string> columns)
    {
        _stream = stream;
        _framer = new RowFramer(stream, 0);
        _transcodedFrom = transcodedFrom;
        _lookup = _indexes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var column in columns) Add(column);
    }

    /// <summary>Columns met so far, in the order in which they were met.</summary>
    public override IReadOnlyList<string> Columns => _columns;

    /// <inheritdoc/>
    public override bool Read()
    {
        ReadOnlySpan<byte> row;
        do
        {
            if (!_framer.Next(out row)) return false;
        }
        while (row.IsEmpty && _framer.Fault is null);
        _row++;
        _characterCount = 0;
        LineNumber = _framer.LineNumber;
        Fault = _framer.Fault ?? TextRows.Fault(row, _transcodedFrom) ?? Parse(row);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryCell(int column, out ReadOnlySpan<char> text)
    {
        if (_rowOfCell[column] != _row)
        {
            text = default;
            return false;
        }

        text = _characters.AsSpan()[_cells[column]];
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    private string? Parse(ReadOnlySpan<byte> row)
    {
        // An unescaped character is never longer than its bytes, and " > " joins at least what a comma parted.
        if (_characters.Length < row.Length * 3) _characters = new char[row.Length * 3];
        var json = new Utf8JsonReader(row);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return "not a JSON object";
            Object(ref json, row, 0);
            return json.Read() ? "not one JSON object" : null;
        }
        catch (JsonException)
        {
            return "not a JSON object";
        }
        catch (InvalidOperationException)
        {
            return "holds half a surrogate pair";
        }
    }

    private void Object(ref Utf8JsonReader json, ReadOnlySpan<byte> row, int prefix)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (_path.Length < prefix + json.ValueSpan.Length + 1) Array.Resize(ref _path, (prefix + json.ValueSpan.Length + 1) * 2);
            var length = prefix + json.CopyString(_path.AsSpan(prefix));
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                _path[length] = '.';
                Object(ref json, row, length + 1);
                continue;
            }

            var start = _characterCount;
            if (!Value(ref json, row)) continue;
            var column = _lookup.TryGetValue(_path.AsSpan(0, length), out var known) ? known : Add(new string(_path, 0, length));
            if (column < 0) continue;
            _cells[column] = start.._characterCount;
            _rowOfCell[column] = _row;
        }
    }

    private bool Value(ref Utf8JsonReader json, ReadOnlySpan<byte> row)
    {
        if (json.TokenType == JsonTokenType.Null) return false;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            Append(ref json);
            return true;
        }

        var from = (int)json.TokenStartIndex;
        var start = _characterCount;
        var isPlain = true;
        var depth = json.CurrentDepth;
        while (json.Read() && !(json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == depth))
        {
            isPlain &= json.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;
            if (!isPlain) continue;
            if (_characterCount > start) " > ".CopyTo(_characters.AsSpan(_characterCount..(_characterCount += 3)));
            Append(ref json);
        }

        if (!isPlain) _characterCount = start + System.Text.Encoding.UTF8.GetChars(row[from..(int)json.BytesConsumed], _characters.AsSpan(start));
        return true;
    }

    private void Append(ref Utf8JsonReader json) => _characterCount += json.TokenType == JsonTokenType.String
        ? json.CopyString(_characters.AsSpan(_characterCount))
        : System.Text.Encoding.UTF8.GetChars(json.ValueSpan, _characters.AsSpan(_characterCount));

    private int Add(string column)
    {
        if (_columns.Count == ColumnCountMax) return -1;
        _columns.Add(column);
        _indexes.Add(column, _columns.Count - 1);
        if (_cells.Length < _columns.Count)
        {
            Array.Resize(ref _cells, Math.Max(16, _columns.Count * 2));
            Array.Resize(ref _rowOfCell, _cells.Length);
        }

        return _columns.Count - 1;
    }
}
