using System.Runtime.CompilerServices;

namespace Touchstone.Data.Sources;

/// <summary>
/// Cuts a UTF-8 stream into rows that end in <c>\n</c> (or <c>\r\n</c>), with the physical line that each starts on, in bounded
/// memory. With a delimiter given, a quote at the start of a cell opens a quoted cell, in which line ends belong to the cell;
/// a quote anywhere else is text.
/// </summary>
internal sealed class RowFramer(Stream stream, byte delimiter)
{
    /// <summary>Rows longer than this are not read, only counted.</summary>
    public const int RowBytesMax = 16 << 20;

    private const string LongerThanMax = "longer than 16 MiB";
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private long _nextLine = 1;
    private bool _isStarted;
    private bool _isAtEnd;

    /// <summary>Line that the last row starts on, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Why the last row cannot be read; null where it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>The next row without its line end; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next(out ReadOnlySpan<byte> row)
    {
        if (!_isStarted) SkipByteOrderMark();
        LineNumber = _nextLine;
        Fault = null;
        var at = _start;
        var isQuoted = false;
        while (true)
        {
            if (Scan(ref at, ref isQuoted))
            {
                row = Take(at, at + 1);
                return true;
            }

            if (at - _start > RowBytesMax)
            {
                row = TooLong(isQuoted);
                return true;
            }

            if (!_isAtEnd)
            {
                at -= Fill();
                continue;
            }

            if (_start == _end)
            {
                row = default;
                return false;
            }

            row = isQuoted ? Unclosed() : Take(_end, _end);
            return true;
        }
    }

    /// <summary>Moves to the line end that closes the row; false where more bytes are needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Scan(ref int at, ref bool isQuoted)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(at, _end - at);
            if (isQuoted)
            {
                var quote = rest.IndexOf((byte)'"');
                if (quote < 0)
                {
                    at = _end;
                    return false;
                }

                if (quote + 1 == rest.Length && !_isAtEnd)
                {
                    at += quote;
                    return false;
                }

                isQuoted = quote + 1 < rest.Length && rest[quote + 1] == '"';
                at += quote + (isQuoted ? 2 : 1);
                continue;
            }

            var found = delimiter == 0 ? rest.IndexOf((byte)'\n') : rest.IndexOfAny((byte)'\n', (byte)'"');
            if (found < 0)
            {
                at = _end;
                return false;
            }

            at += found;
            if (_buffer[at] == '\n') return true;
            isQuoted = at == _start || _buffer[at - 1] == delimiter;
            at++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<byte> Take(int end, int next)
    {
        var row = _buffer.AsSpan(_start, end - _start);
        _nextLine += 1 + (delimiter == 0 ? 0 : row.Count((byte)'\n'));
        _start = next;
        if (row.Length > RowBytesMax)
        {
            Fault = LongerThanMax;
            return default;
        }

        return row.Length > 0 && row[^1] == '\r' ? row[..^1] : row;
    }

    // One stray quote must not swallow the file: its line is the unreadable row, and reading goes on behind it.
    private ReadOnlySpan<byte> Unclosed()
    {
        Fault = "quote never closed";
        var line = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        return line < 0 ? Take(_end, _end) : Take(_start + line, _start + line + 1);
    }

    private ReadOnlySpan<byte> TooLong(bool isQuoted)
    {
        if (isQuoted && _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n')) return Unclosed();
        Fault = LongerThanMax;
        _nextLine++;
        while (true)
        {
            var line = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (line >= 0)
            {
                _start += line + 1;
                return default;
            }

            _start = _end;
            if (_isAtEnd) return default;
            Fill();
        }
    }

    /// <summary>Reads more; returns how far the bytes moved towards the start.</summary>
    private int Fill()
    {
        var moved = 0;
        if (_end == _buffer.Length)
        {
            moved = _start;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (_end > _buffer.Length / 2) Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _isAtEnd = count == 0;
        return moved;
    }

    private void SkipByteOrderMark()
    {
        _isStarted = true;
        while (_end < 3 && !_isAtEnd) Fill();
        if (_buffer.AsSpan(0, _end).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start = 3;
    }
}
