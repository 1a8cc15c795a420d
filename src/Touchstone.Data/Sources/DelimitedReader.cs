namespace Touchstone.Data.Sources;

/// <summary>Delimited text with a header (RFC 4180; blank lines are passed over).</summary>
internal sealed class DelimitedReader : RowReader
{
    private readonly Stream _stream;
    private readonly RowFramer _framer;
    private readonly char _delimiter;
    private readonly bool _hasQuotes;
    private readonly string? _transcodedFrom;
    private readonly string[] _columns;
    private readonly long _headerLineNumber;
    private char[] _characters = new char[1024];
    private Range[] _cells = new Range[16];
    private int _cellCount;

    /// <summary>Reads the header; no columns where there is none.</summary>
    public DelimitedReader(Stream stream, char delimiter, bool hasQuotes, string? transcodedFrom)
    {
        _stream = stream;
        _framer = new RowFramer(stream, hasQuotes ? (byte)delimiter : (byte)0);
        _hasQuotes = hasQuotes;
        _delimiter = delimiter;
        _transcodedFrom = transcodedFrom;
        _columns = [];
        if (!Advance()) return;
        _headerLineNumber = LineNumber;
        HeaderFault = Fault;
        if (Fault is not null) return;
        _columns = new string[_cellCount];
        for (var i = 0; i < _cellCount; i++) _columns[i] = _characters.AsSpan()[_cells[i]].Trim().ToString();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => _columns;

    /// <inheritdoc/>
    public override long HeaderLineNumber => _headerLineNumber;

    /// <summary>Why the header cannot be read; null where it can.</summary>
    public string? HeaderFault { get; }

    /// <inheritdoc/>
    public override bool Read()
    {
        if (!Advance()) return false;
        if (Fault is null && _cellCount != _columns.Length)
            Fault = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_cellCount} cells where the header has {_columns.Length}");
        return true;
    }

    /// <inheritdoc/>
    public override bool TryCell(int column, out ReadOnlySpan<char> text)
    {
        text = _characters.AsSpan()[_cells[column]];
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    private bool Advance()
    {
        ReadOnlySpan<byte> row;
        do
        {
            if (!_framer.Next(out row)) return false;
        }
        while (row.IsEmpty && _framer.Fault is null);
        LineNumber = _framer.LineNumber;
        Fault = _framer.Fault ?? TextRows.Fault(row, _transcodedFrom);
        if (Fault is null) Split(TextRows.Decode(row, ref _characters), _hasQuotes && row.Contains((byte)'"'));
        return true;
    }

    private void Split(int length, bool hasQuotes)
    {
        _cellCount = 0;
        var at = 0;
        while (true)
        {
            int start, end;
            if (hasQuotes && at < length && _characters[at] == '"')
            {
                (start, end, at) = Unquote(at + 1, length);
            }
            else
            {
                var next = _characters.AsSpan(at, length - at).IndexOf(_delimiter);
                start = at;
                end = next < 0 ? length : at + next;
                at = end;
            }

            if (_cellCount == _cells.Length) Array.Resize(ref _cells, _cells.Length * 2);
            _cells[_cellCount++] = start..end;
            if (at >= length) return;
            at++;
        }
    }

    /// <summary>Unescapes in place (the text only gets shorter); text behind the closing quote belongs to the cell.</summary>
    private (int Start, int End, int At) Unquote(int start, int length)
    {
        var write = start;
        var at = start;
        while (at < length)
        {
            if (_characters[at] != '"')
            {
                _characters[write++] = _characters[at++];
                continue;
            }

            if (at + 1 >= length || _characters[at + 1] != '"')
            {
                at++;
                break;
            }

            _characters[write++] = '"';
            at += 2;
        }

        while (at < length && _characters[at] != _delimiter) _characters[write++] = _characters[at++];
        return (start, write, at);
    }
}
