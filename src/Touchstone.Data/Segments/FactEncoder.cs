using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Data.Segments;

/// <summary>Writes one row's payload: presence bits (lowest bit first), then the present values in column order.</summary>
internal sealed class FactEncoder(int columnCount) : IFactSink
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    private readonly int _presenceBytes = (columnCount + 7) / 8;
    private byte[] _buffer = new byte[1024];
    private int _length;
    private int _column;

    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(0, _length);

    public void Begin()
    {
        _column = 0;
        _length = 0;
        Reserve(_presenceBytes)[.._presenceBytes].Clear();
        _length = _presenceBytes;
    }

    public void Text(string? value)
    {
        if (!Mark(value is not null) || value is null) return;
        var count = Utf8.GetByteCount(value);
        Variable((ulong)count);
        _length += Utf8.GetBytes(value, Reserve(count));
    }

    public void Whole(long? value)
    {
        if (Mark(value.HasValue)) Variable((ulong)((value.GetValueOrDefault() << 1) ^ (value.GetValueOrDefault() >> 63)));
    }

    public void Exact(decimal? value)
    {
        if (!Mark(value.HasValue)) return;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value.GetValueOrDefault(), bits);
        var target = Reserve(16);
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteInt32LittleEndian(target[(4 * i)..], bits[i]);
        _length += 16;
    }

    public void Real(double? value)
    {
        if (!Mark(value.HasValue)) return;
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value.GetValueOrDefault());
        _length += 8;
    }

    public void Flag(bool? value)
    {
        if (!Mark(value.HasValue)) return;
        Reserve(1)[0] = value.GetValueOrDefault() ? (byte)1 : (byte)0;
        _length++;
    }

    public void Time(DateTime? value)
    {
        if (!Mark(value.HasValue)) return;
        if (value.GetValueOrDefault().Kind == DateTimeKind.Local)
            throw new ArgumentException($"A local time ({value:O}) cannot be stored; convert it to UTC first.");
        BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value.GetValueOrDefault().Ticks);
        _length += 8;
    }

    private bool Mark(bool isPresent)
    {
        if (isPresent) _buffer[_column >> 3] |= (byte)(1 << (_column & 7));
        _column++;
        return isPresent;
    }

    private void Variable(ulong value)
    {
        var target = Reserve(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7) target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
        _length += at;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        return _buffer.AsSpan(_length);
    }
}
