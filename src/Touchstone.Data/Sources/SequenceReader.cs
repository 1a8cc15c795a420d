using System.Globalization;

namespace Touchstone.Data.Sources;

/// <summary>"One user a line": <c>user item item …</c>, oldest first; one row an item, with its place from 0.</summary>
internal sealed class SequenceReader(Stream stream, string? transcodedFrom) : RowReader
{
    private readonly RowFramer _framer = new(stream, 0);
    private readonly char[] _ordinalText = new char[20];
    private char[] _characters = new char[1024];
    private int _length;
    private int _at;
    private int _ordinal;
    private int _ordinalLength;
    private Range _user;
    private Range _item;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } = ["shopper", "product", "ordinal"];

    /// <inheritdoc/>
    public override bool Read()
    {
        if (_at < _length && Next(out _item))
        {
            _ordinal++;
            return true;
        }

        while (_framer.Next(out var line))
        {
            LineNumber = _framer.LineNumber;
            _length = _at = _ordinal = 0;
            Fault = _framer.Fault ?? TextRows.Fault(line, transcodedFrom);
            if (Fault is not null) return true;
            _length = TextRows.Decode(line, ref _characters);
            if (!Next(out _user)) continue;
            if (Next(out _item)) return true;
            Fault = "a user without items";
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override bool TryCell(int column, out ReadOnlySpan<char> text)
    {
        if (column == 2) _ordinal.TryFormat(_ordinalText, out _ordinalLength, provider: CultureInfo.InvariantCulture);
        text = column switch
        {
            0 => _characters.AsSpan()[_user],
            1 => _characters.AsSpan()[_item],
            _ => _ordinalText.AsSpan(0, _ordinalLength),
        };
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => stream.Dispose();

    private bool Next(out Range word)
    {
        while (_at < _length && _characters[_at] is (' ' or '\t')) _at++;
        var start = _at;
        while (_at < _length && _characters[_at] is not (' ' or '\t')) _at++;
        word = start.._at;
        return _at > start;
    }
}
