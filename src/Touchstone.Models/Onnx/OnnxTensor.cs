using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using Touchstone.Models.Checkpoints;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Touchstone.Models.Onnx;

/// <summary>Stored tensors of an ONNX file.</summary>
internal static class OnnxTensor
{
    /// <summary>A tensor of bytes in the stored form: row-major, little-endian.</summary>
    internal static TensorProto Of(string name, DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("ONNX files are little-endian; this processor is not.");
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes.ToArray()) };
        foreach (var size in shape) tensor.Dims.Add(size);
        return tensor;
    }

    /// <summary>The singles of a tensor.</summary>
    /// <exception cref="CheckpointException">Another type, or fewer values than the shape says.</exception>
    internal static float[] Singles(TensorProto tensor, string source)
    {
        if (tensor.DataType != (int)DataType.Float)
            throw new CheckpointException($"{source}: tensor \"{tensor.Name}\" is of ONNX type {tensor.DataType}; expected singles.");
        float[] values = tensor.RawData.Length > 0 ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData];
        var wanted = tensor.Dims.Aggregate(1L, (product, size) => product * size);
        return values.Length == wanted
            ? values
            : throw new CheckpointException($"{source}: tensor \"{tensor.Name}\" {NamedTensor.Text(tensor.Dims)} needs {wanted} values, not {values.Length}.");
    }

    /// <summary>Turns [row, column] into [column, row].</summary>
    internal static float[] Transposed(ReadOnlySpan<float> values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) turned[(column * rows) + row] = values[(row * columns) + column];
        return turned;
    }
}
