using System.Buffers.Binary;

namespace Touchstone.Data.Segments;

/// <summary>
/// Reads one segment, oldest row first, also while another process appends to it: it sees the file as long as it was when opened.
/// One pass, one thread.
/// </summary>
/// <typeparam name="T">The fact.</typeparam>
public sealed class SegmentReader<T> : IDisposable
{
    private readonly FileStream _stream;
    private readonly FactDecoder? _decoder;
    private readonly long _length;
    private readonly byte[] _window = new byte[1 << 16];
    private byte[] _buffer = new byte[4096];
    private long _windowStart;
    private int _windowCount;
    private long _position;

    private SegmentReader(FileStream stream)
    {
        _stream = stream;
        Path = stream.Name;
        _length = stream.Length;
        Columns = ReadHeader(out var headerBytes);
        if (headerBytes > 0) _decoder = new FactDecoder(Columns, FactSchema<T>.Instance.Columns);
        Tail = new SegmentTail { RowCount = 0, WholeBytes = headerBytes, TornBytes = _length - headerBytes, IsSealed = false };
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Columns that the file has.</summary>
    public IReadOnlyList<FactColumn> Columns { get; }

    /// <summary>How the file ended; known once <see cref="Read"/> has been read to its end.</summary>
    public SegmentTail Tail { get; private set; }

    internal static SegmentReader<T> Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            return new SegmentReader<T>(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            if (error is SegmentException or FileNotFoundException) throw;
            throw SegmentException.CannotRead(path, error);
        }
    }

    /// <summary>The rows. A torn tail ends them and is told by <see cref="Tail"/>.</summary>
    /// <exception cref="SegmentException">Damage before the last commit; names file and byte.</exception>
    public IEnumerable<T> Read()
    {
        if (_decoder is null) yield break;
        var (at, rows) = (Tail.WholeBytes, 0L);
        while (at < _length && !Tail.IsSealed)
        {
            var size = TakeRecord(at, rows, out var payloadLength);
            if (size == 0) break;
            if (payloadLength >= 0)
            {
                yield return Decode(at, payloadLength);
                rows++;
            }

            at += size;
            Tail = Tail with { RowCount = rows, WholeBytes = at, TornBytes = _length - at };
        }

        if (Tail.IsSealed && at < _length)
            throw new SegmentException(Path, at, $"{_length - at} bytes follow the seal; restore the file from a copy.");
    }

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    // Returns the bytes of the row or mark at the offset, 0 for a torn tail; payloadLength is -1 for a mark.
    private int TakeRecord(long at, long rows, out int payloadLength)
    {
        var size = TryTakeRecord(at, rows, out payloadLength);
        if (size > 0) return size;
        var mark = FindMark(at + 1);
        if (mark < 0) return 0;
        // A read beside a write may see the file's new length before all of its bytes. The commit was seen after it, so that by now
        // the row stands on the disk as it was written: look again, not at what was read ahead.
        (_position, _windowCount) = (at, 0);
        size = TryTakeRecord(at, rows, out payloadLength);
        if (size > 0) return size;
        // What is broken before a commit mark was acknowledged once: that is damage. Behind the last one it is a write that was cut off.
        throw new SegmentException(
            Path, at, FormattableString.Invariant($"row {rows + 1} is damaged though it was committed (a commit stands at byte {mark}); restore the file from a copy."));
    }

    // As TakeRecord, but 0 for whatever is not whole.
    private int TryTakeRecord(long at, long rows, out int payloadLength)
    {
        payloadLength = -1;
        var left = _length - at;
        if (left < SegmentFormat.RecordHeaderBytes) return 0;
        Fill(0, SegmentFormat.RecordHeaderBytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer);
        if (length == SegmentFormat.MarkLength)
        {
            if (left < SegmentFormat.MarkBytes) return 0;
            Fill(SegmentFormat.RecordHeaderBytes, SegmentFormat.MarkBytes - SegmentFormat.RecordHeaderBytes);
            if (!SegmentFormat.TryReadMark(_buffer, at, out var isSeal, out var marked)) return 0;
            if (marked != rows)
                throw new SegmentException(Path, at, $"{rows} rows stand before a mark of {marked}; restore the file from a copy.");
            Tail = Tail with { IsSealed = isSeal };
            return SegmentFormat.MarkBytes;
        }

        if (length > left - SegmentFormat.RecordHeaderBytes) return 0;
        Fill(SegmentFormat.RecordHeaderBytes, (int)length);
        var payload = _buffer.AsSpan(SegmentFormat.RecordHeaderBytes, (int)length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(4)) != SegmentFormat.RecordCrc(_buffer.AsSpan(0, 4), payload)) return 0;
        payloadLength = (int)length;
        return SegmentFormat.RecordHeaderBytes + payloadLength;
    }

    private T Decode(long at, int payloadLength)
    {
        if (_decoder is null) throw new InvalidOperationException("No header was read.");
        try
        {
            _decoder.Decode(_buffer.AsSpan(SegmentFormat.RecordHeaderBytes, payloadLength));
            return FactSchema<T>.Instance.Read(_decoder);
        }
        catch (Exception error) when (error is FormatException or System.Text.DecoderFallbackException)
        {
            throw new SegmentException(Path, at, error.Message, error);
        }
    }

    private long FindMark(long from)
    {
        var window = new byte[1 << 16];
        for (var start = from; start + SegmentFormat.MarkBytes <= _length; start += window.Length - SegmentFormat.MarkBytes + 1)
        {
            var count = RandomAccess.Read(_stream.SafeFileHandle, window.AsSpan(0, (int)Math.Min(window.Length, _length - start)), start);
            for (var i = 0; i + SegmentFormat.MarkBytes <= count; i++)
            {
                if (SegmentFormat.TryReadMark(window.AsSpan(i, SegmentFormat.MarkBytes), start + i, out _, out _)) return start + i;
            }
        }

        return -1;
    }

    private void Fill(int at, int count)
    {
        if (_buffer.Length < at + count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, at + count));
        try
        {
            while (count > 0)
            {
                var ahead = (int)(_windowStart + _windowCount - _position);
                if (_position < _windowStart || ahead <= 0)
                {
                    (_windowStart, _windowCount) = (_position, RandomAccess.Read(_stream.SafeFileHandle, _window, _position));
                    if (_windowCount == 0) throw new EndOfStreamException();
                    continue;
                }

                var taken = Math.Min(count, ahead);
                _window.AsSpan((int)(_position - _windowStart), taken).CopyTo(_buffer.AsSpan(at));
                (at, count, _position) = (at + taken, count - taken, _position + taken);
            }
        }
        catch (Exception error) when (error is IOException or EndOfStreamException)
        {
            throw SegmentException.CannotRead(Path, error);
        }
    }

    // A header that is cut off is a torn tail at byte 0: its writer was killed before the first row.
    private IReadOnlyList<FactColumn> ReadHeader(out int headerBytes)
    {
        headerBytes = 0;
        var schema = FactSchema<T>.Instance;
        var start = (int)Math.Min(_length, SegmentFormat.FixedHeaderBytes);
        Fill(0, start);
        var magic = Math.Min(start, SegmentFormat.Magic.Length);
        if (!_buffer.AsSpan(0, magic).SequenceEqual(SegmentFormat.Magic[..magic]))
            throw new SegmentException(Path, 0, "this is not a segment of facts; move the file out of the folder.");
        if (start < SegmentFormat.FixedHeaderBytes) return schema.Columns;
        var version = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(8));
        if (version > SegmentFormat.Version)
        {
            throw new SegmentException(
                Path, 8, $"format version {version} is newer than {SegmentFormat.Version}, the newest that this build reads; update Touchstone.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(12));
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(16));
        if (version < 1 || length < 2) throw new SegmentException(Path, 0, "the header is damaged; restore the file from a copy.");
        if (length > _length - SegmentFormat.FixedHeaderBytes)
            return FindMark(SegmentFormat.FixedHeaderBytes) < 0 ? schema.Columns : throw new SegmentException(Path, 0, "the header is damaged; restore the file from a copy.");
        Fill(0, length);
        if (Crc32C.Of(_buffer.AsSpan(0, length)) != crc) throw new SegmentException(Path, 0, "the header is damaged; restore the file from a copy.");
        try
        {
            var (fact, columns) = SegmentFormat.ParseSchema(_buffer.AsMemory(0, length));
            if (fact != schema.Name)
                throw new SegmentException(Path, SegmentFormat.FixedHeaderBytes, $"the file holds facts of kind {fact}, not {schema.Name}; move it to their folder.");
            headerBytes = SegmentFormat.FixedHeaderBytes + length;
            return columns;
        }
        catch (FormatException error)
        {
            throw new SegmentException(Path, SegmentFormat.FixedHeaderBytes, error.Message, error);
        }
    }
}
