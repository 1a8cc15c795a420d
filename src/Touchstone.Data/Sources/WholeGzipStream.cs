using System.Buffers.Binary;
using System.IO.Compression;

namespace Touchstone.Data.Sources;

/// <summary>
/// Unpacks gzip (RFC 1952) and throws <see cref="InvalidDataException"/> where the file was cut off: the framework's stream ends there
/// without a word. A whole file ends in the checksum and length of its last member.
/// </summary>
internal sealed class WholeGzipStream(string path, Stream packed) : Stream
{
    private readonly GZipStream _inner = new(packed, CompressionMode.Decompress);
    private long _count;
    private bool _isChecked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        _count += count;
        if (count > 0 || buffer.IsEmpty || _isChecked) return count;
        _isChecked = true;
        if (!EndsWhole()) throw new InvalidDataException("The gzip stream is cut off.");
        return 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private bool EndsWhole()
    {
        Span<byte> tail = stackalloc byte[8];
        using (var file = File.OpenRead(path))
        {
            if (file.Length < 18) return false;
            file.Seek(-8, SeekOrigin.End);
            file.ReadExactly(tail);
        }

        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]);
        if (length == (uint)_count) return true;
        // Several members in one file: the last one is as long as its tail says, and sums up to it.
        return length < _count && ChecksumFrom(_count - length) == checksum;
    }

    private uint ChecksumFrom(long start)
    {
        using var again = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        var sum = 0xFFFFFFFFu;
        long at = 0;
        int count;
        while ((count = again.Read(buffer)) > 0)
        {
            var skip = (int)Math.Clamp(start - at, 0, count);
            foreach (var value in buffer.AsSpan(skip, count - skip)) sum = Step(sum, value);
            at += count;
        }

        return ~sum;
    }

    private static uint Step(uint sum, byte value)
    {
        sum ^= value;
        for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320u;
        return sum;
    }
}
