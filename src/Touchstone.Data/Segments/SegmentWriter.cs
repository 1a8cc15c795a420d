using System.Buffers.Binary;
using System.Text;
using Touchstone.Domain;

namespace Touchstone.Data.Segments;

/// <summary>
/// Appends rows to one segment. Rows are acknowledged by <see cref="Commit"/>, for all rows since the last one together. One owner at a
/// time: a second writer is refused. Not safe from several threads.
/// </summary>
/// <typeparam name="T">The fact.</typeparam>
public sealed class SegmentWriter<T> : IFactAppender<T>
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _stream;
    private readonly FileStream? _lock;
    private readonly string? _sealedPath;
    private readonly FactEncoder _encoder = new(FactSchema<T>.Instance.Columns.Count);
    private byte[] _buffer = new byte[1 << 16];
    private int _buffered;
    private long _committedRows;
    private bool _isClosed;

    private SegmentWriter(FileStream stream, FileStream? lockFile, string? sealedPath, SegmentTail tail)
    {
        _stream = stream;
        _lock = lockFile;
        _sealedPath = sealedPath;
        Path = stream.Name;
        RowCount = _committedRows = tail.RowCount;
        TruncatedBytes = tail.TornBytes;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Rows in the segment, those not yet committed too.</summary>
    public long RowCount { get; private set; }

    /// <summary>Bytes of a torn tail that were cut off when the segment was opened again; 0 on a whole one.</summary>
    public long TruncatedBytes { get; }

    /// <summary>Appends one row. It is safe only after <see cref="Commit"/>.</summary>
    /// <exception cref="ArgumentException">A value that cannot be stored: a local time, text with half a surrogate pair.</exception>
    /// <exception cref="SegmentException">The disk is full or the file not writable.</exception>
    public void Append(T row)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            _encoder.Begin();
            FactSchema<T>.Instance.Write(row, _encoder);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException($"Row {RowCount + 1} has text that is not Unicode (half a surrogate pair); replace it by U+FFFD.", nameof(row), error);
        }

        var payload = _encoder.Payload;
        var target = Reserve(SegmentFormat.RecordHeaderBytes + payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], SegmentFormat.RecordCrc(target[..4], payload));
        payload.CopyTo(target[SegmentFormat.RecordHeaderBytes..]);
        RowCount++;
        if (_buffered >= BufferBytes) Write();
    }

    /// <summary>Makes all rows so far durable: one write, one sync of the disk. Does nothing where there are none.</summary>
    /// <exception cref="SegmentException">The disk is full or the file not writable; the rows since the last commit are not acknowledged.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (RowCount > _committedRows) Mark(isSeal: false);
    }

    /// <summary>Commits and closes the segment for good.</summary>
    /// <exception cref="SegmentException">The disk is full or the file not writable.</exception>
    public void Seal()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        Mark(isSeal: true);
        Close();
        if (_sealedPath is null) return;
        try
        {
            File.Move(Path, _sealedPath, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SegmentException.CannotWrite(_sealedPath, error);
        }
    }

    /// <summary>Closes the file as it is, without commit or seal.</summary>
    public void Abandon()
    {
        _buffered = 0;
        Close();
    }

    /// <summary>Seals, unless sealed or abandoned.</summary>
    public void Dispose()
    {
        if (!_isClosed) Seal();
    }

    internal static SegmentWriter<T> Start(string path, FileMode mode, FileStream? lockFile, string? sealedPath)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, mode, FileAccess.Write, lockFile is null ? FileShare.None : FileShare.ReadWrite | FileShare.Delete, 0);
            stream.Write(SegmentFormat.Header(FactSchema<T>.Instance.Name, FactSchema<T>.Instance.Columns));
            var tail = new SegmentTail { RowCount = 0, WholeBytes = stream.Length, TornBytes = 0, IsSealed = false };
            return new SegmentWriter<T>(stream, lockFile, sealedPath, tail);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            lockFile?.Dispose();
            throw SegmentException.CannotWrite(path, error);
        }
    }

    internal static SegmentWriter<T> OpenOrCreate(string path, string? sealedPath)
    {
        path = System.IO.Path.GetFullPath(path);
        var lockFile = Lock(path + ".lock");
        if (!File.Exists(path)) return Start(path, FileMode.CreateNew, lockFile, sealedPath);
        try
        {
            var tail = Check(path);
            if (tail.WholeBytes == 0)
            {
                var fresh = Start(path, FileMode.Create, lockFile, sealedPath);
                return new SegmentWriter<T>(fresh._stream, lockFile, sealedPath, tail with { WholeBytes = fresh._stream.Length });
            }

            var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
            stream.SetLength(tail.WholeBytes);
            stream.Position = tail.WholeBytes;
            return new SegmentWriter<T>(stream, lockFile, sealedPath, tail);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            lockFile.Dispose();
            throw error as SegmentException ?? SegmentException.CannotWrite(path, error);
        }
    }

    private static SegmentTail Check(string path)
    {
        using var reader = SegmentReader<T>.Open(path);
        foreach (var _ in reader.Read())
        {
            // Reading to the end finds the tail.
        }

        if (reader.Tail.IsSealed) throw new SegmentException(path, null, "the segment is sealed; append to a new one.");
        if (!reader.Columns.SequenceEqual(FactSchema<T>.Instance.Columns))
            throw new SegmentException(path, null, "the segment has an older set of columns; seal it and append to a new one.");
        return reader.Tail;
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(path)
                ? new SegmentException(path, null, "another process writes this segment; stop it, or write a segment of another name.", error)
                : SegmentException.CannotWrite(path, error);
        }
    }

    private void Mark(bool isSeal)
    {
        var at = _stream.Position + _buffered;
        SegmentFormat.WriteMark(Reserve(SegmentFormat.MarkBytes), isSeal, RowCount, at);
        Write();
        try
        {
            _stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SegmentException.CannotWrite(Path, error);
        }

        _committedRows = RowCount;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _buffered < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _buffered + count));
        var target = _buffer.AsSpan(_buffered, count);
        _buffered += count;
        return target;
    }

    // After a failed write the writer is of no more use: what it half wrote is a torn tail, cut off when the segment is opened again.
    private void Write()
    {
        try
        {
            _stream.Write(_buffer, 0, _buffered);
            _buffered = 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Abandon();
            throw SegmentException.CannotWrite(Path, error);
        }
    }

    private void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _stream.Dispose();
        _lock?.Dispose();
    }
}
