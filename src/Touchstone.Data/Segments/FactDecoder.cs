using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Data.Segments;

/// <summary>Reads one row's payload by the columns of its file into the columns that this build knows; others are passed over.</summary>
internal sealed class FactDecoder : IFactSource
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    private readonly FactType[] _types;
    private readonly int[] _targets;
    private readonly Value[] _values;
    private readonly byte[][] _lastTexts;

    /// <param name="stored">Columns of the file.</param>
    /// <param name="known">Columns of the fact in this build.</param>
    public FactDecoder(IReadOnlyList<FactColumn> stored, IReadOnlyList<FactColumn> known)
    {
        _types = [.. stored.Select(c => c.Type)];
        _targets = [.. stored.Select(c => IndexOf(known, c))];
        _values = new Value[known.Count];
        _lastTexts = new byte[known.Count][];
        Array.Fill(_lastTexts, []);
    }

    /// <summary>Takes one payload apart.</summary>
    /// <exception cref="FormatException">It does not hold what its columns say.</exception>
    public void Decode(ReadOnlySpan<byte> payload)
    {
        for (var i = 0; i < _values.Length; i++) _values[i].IsPresent = false;
        var presenceBytes = (_types.Length + 7) / 8;
        if (payload.Length < presenceBytes) throw new FormatException("The row is shorter than its presence bits.");
        var at = presenceBytes;
        for (var i = 0; i < _types.Length; i++)
        {
            if ((payload[i >> 3] & (1 << (i & 7))) == 0) continue;
            var target = _targets[i];
            if (target < 0) Skip(payload, _types[i], ref at);
            else Read(payload, _types[i], ref at, target);
        }

        if (at != payload.Length) throw new FormatException("The row is longer than its columns.");
    }

    public string? Text(int column) => _values[column].IsPresent ? _values[column].Text : null;

    public long? Whole(int column) => _values[column].IsPresent ? _values[column].Bits : null;

    public decimal? Exact(int column) => _values[column].IsPresent ? _values[column].Number : null;

    public double? Real(int column) => _values[column].IsPresent ? BitConverter.Int64BitsToDouble(_values[column].Bits) : null;

    public bool? Flag(int column) => _values[column].IsPresent ? _values[column].Bits != 0 : null;

    public DateTime? Time(int column) => _values[column].IsPresent ? new DateTime(_values[column].Bits, DateTimeKind.Utc) : null;

    private static int IndexOf(IReadOnlyList<FactColumn> known, FactColumn column)
    {
        for (var i = 0; i < known.Count; i++)
        {
            if (known[i] == column) return i;
        }

        return -1;
    }

    private void Read(ReadOnlySpan<byte> payload, FactType type, ref int at, int target)
    {
        ref var value = ref _values[target];
        value.IsPresent = true;
        switch (type)
        {
            case FactType.Text:
                value.Text = TextOf(Take(payload, ref at, Length(payload, ref at)), target, value.Text);
                break;
            case FactType.Whole:
                var bits = Variable(payload, ref at);
                value.Bits = (long)(bits >> 1) ^ -(long)(bits & 1);
                break;
            case FactType.Exact:
                value.Number = DecimalOf(Take(payload, ref at, 16));
                break;
            case FactType.Real:
                value.Bits = BinaryPrimitives.ReadInt64LittleEndian(Take(payload, ref at, 8));
                break;
            case FactType.Flag:
                value.Bits = Take(payload, ref at, 1)[0];
                break;
            case FactType.Time:
                value.Bits = BinaryPrimitives.ReadInt64LittleEndian(Take(payload, ref at, 8));
                if ((ulong)value.Bits > (ulong)DateTime.MaxValue.Ticks) throw new FormatException("A time is out of range.");
                break;
            default:
                throw new FormatException($"Unknown column type {type}.");
        }
    }

    private static void Skip(ReadOnlySpan<byte> payload, FactType type, ref int at)
    {
        switch (type)
        {
            case FactType.Text:
                Take(payload, ref at, Length(payload, ref at));
                break;
            case FactType.Whole:
                Variable(payload, ref at);
                break;
            case FactType.Exact:
                Take(payload, ref at, 16);
                break;
            case FactType.Real or FactType.Time:
                Take(payload, ref at, 8);
                break;
            case FactType.Flag:
                Take(payload, ref at, 1);
                break;
            default:
                throw new FormatException($"Unknown column type {type}.");
        }
    }

    // Neighbouring rows mostly share site, source, session: one string serves them all.
    private string TextOf(ReadOnlySpan<byte> bytes, int column, string? last)
    {
        if (last is not null && bytes.Length > 0 && bytes.SequenceEqual(_lastTexts[column])) return last;
        _lastTexts[column] = bytes.Length <= 256 ? bytes.ToArray() : [];
        return Utf8.GetString(bytes);
    }

    private static decimal DecimalOf(ReadOnlySpan<byte> bytes)
    {
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < 4; i++) bits[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
        try
        {
            return new decimal(bits);
        }
        catch (ArgumentException error)
        {
            throw new FormatException("A decimal is not one.", error);
        }
    }

    private static int Length(ReadOnlySpan<byte> payload, ref int at)
    {
        var length = Variable(payload, ref at);
        return length <= int.MaxValue ? (int)length : throw new FormatException("A text is too long.");
    }

    private static ulong Variable(ReadOnlySpan<byte> payload, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var b = Take(payload, ref at, 1)[0];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        throw new FormatException("A number is too long.");
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> payload, ref int at, int count)
    {
        if (count > payload.Length - at) throw new FormatException("The row is shorter than its columns.");
        var bytes = payload.Slice(at, count);
        at += count;
        return bytes;
    }

    private struct Value
    {
        public bool IsPresent;
        public string? Text;
        public long Bits;
        public decimal Number;
    }
}
