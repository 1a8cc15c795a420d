using System.Runtime.InteropServices;

namespace Touchstone.Models.Checkpoints;

/// <summary>A dense array with a name, as a checkpoint holds it: row-major, little-endian.</summary>
public sealed class NamedTensor
{
    private readonly ReadOnlyMemory<byte> _data;

    /// <summary>A tensor over bytes that are already in the stored form.</summary>
    /// <param name="name">Any text but <c>__metadata__</c>.</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">[dimension] sizes; empty for a scalar.</param>
    /// <param name="data">Row-major, little-endian; shared, not copied.</param>
    /// <exception cref="ArgumentException">A reserved name, or bytes that do not fill the shape.</exception>
    public NamedTensor(string name, TensorType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (name == Safetensors.MetadataKey) throw new ArgumentException($"A tensor cannot be named \"{name}\": safetensors reserves it.", nameof(name));
        var wanted = ByteCount(type, shape);
        if (wanted != data.Length)
            throw new ArgumentException($"Tensor \"{name}\" {type} {Text(shape)} needs {wanted} bytes, not {data.Length}.", nameof(data));
        (Name, Type, Shape, _data) = (name, type, [.. shape], data);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Element type.</summary>
    public TensorType Type { get; }

    /// <summary>[dimension] sizes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The bytes as stored.</summary>
    public ReadOnlySpan<byte> Bytes => _data.Span;

    /// <summary>Copies singles; without a shape it is a vector.</summary>
    public static NamedTensor Of(string name, ReadOnlySpan<float> values, params long[] shape) => Of(name, TensorType.F32, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Copies doubles; without a shape it is a vector.</summary>
    public static NamedTensor Of(string name, ReadOnlySpan<double> values, params long[] shape) => Of(name, TensorType.F64, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Copies 32-bit integers; without a shape it is a vector.</summary>
    public static NamedTensor Of(string name, ReadOnlySpan<int> values, params long[] shape) => Of(name, TensorType.I32, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Copies 64-bit integers; without a shape it is a vector.</summary>
    public static NamedTensor Of(string name, ReadOnlySpan<long> values, params long[] shape) => Of(name, TensorType.I64, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Copies bytes; without a shape it is a vector.</summary>
    public static NamedTensor Of(string name, ReadOnlySpan<byte> values, params long[] shape) => Of(name, TensorType.U8, values, values.Length, shape);

    /// <summary>The elements as singles.</summary>
    /// <exception cref="CheckpointException">Another type.</exception>
    public ReadOnlySpan<float> Singles() => Elements<float>(TensorType.F32);

    /// <summary>The elements as doubles.</summary>
    /// <exception cref="CheckpointException">Another type.</exception>
    public ReadOnlySpan<double> Doubles() => Elements<double>(TensorType.F64);

    /// <summary>The elements as 32-bit integers.</summary>
    /// <exception cref="CheckpointException">Another type.</exception>
    public ReadOnlySpan<int> Int32s() => Elements<int>(TensorType.I32);

    /// <summary>The elements as 64-bit integers.</summary>
    /// <exception cref="CheckpointException">Another type.</exception>
    public ReadOnlySpan<long> Int64s() => Elements<long>(TensorType.I64);

    /// <summary>Size of one element in bytes.</summary>
    internal static int ElementSize(TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 => 8,
        TensorType.F32 or TensorType.I32 => 4,
        TensorType.U8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    /// <summary>Bytes that a shape takes.</summary>
    /// <exception cref="ArgumentException">A negative size, or more than 64 bits can count.</exception>
    internal static long ByteCount(TensorType type, IReadOnlyList<long> shape)
    {
        long count = ElementSize(type);
        foreach (var size in shape)
        {
            if (size < 0) throw new ArgumentException($"Shape {Text(shape)} has a negative size.", nameof(shape));
            try
            {
                count = checked(count * size);
            }
            catch (OverflowException)
            {
                throw new ArgumentException($"Shape {Text(shape)} is larger than 64 bits can count.", nameof(shape));
            }
        }

        return count;
    }

    internal static string Text(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";

    private static NamedTensor Of(string name, TensorType type, ReadOnlySpan<byte> bytes, int count, long[] shape)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Checkpoints are little-endian; this processor is not.");
        return new NamedTensor(name, type, shape.Length == 0 ? [count] : shape, bytes.ToArray());
    }

    private ReadOnlySpan<T> Elements<T>(TensorType type) where T : struct =>
        Type == type
            ? MemoryMarshal.Cast<byte, T>(_data.Span)
            : throw new CheckpointException($"Tensor \"{Name}\" holds {Type}, not {type}; write it again with the type that the model expects.");
}
