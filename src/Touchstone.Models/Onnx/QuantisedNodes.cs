using System.Runtime.InteropServices;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Touchstone.Models.Onnx;

/// <summary>
/// Nodes that stand in for products with stored matrices and for lookups in stored tables; all are operators of the ONNX standard.
/// </summary>
/// <param name="source">The graph's file, for errors.</param>
internal sealed class QuantisedNodes(string source)
{
    private const string Suffix = ".int8";

    /// <summary>Largest integer of an activation or an embedding.</summary>
    private const int Limit = 127;

    /// <summary>The byte that stands for 0 among activations: ONNX Runtime multiplies unsigned bytes by signed ones fastest.</summary>
    private const byte Zero = 128;

    private readonly Dictionary<string, (string Bytes, string Scale)> _inputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);

    /// <summary>The nodes so far, in an order in which they can be run.</summary>
    internal List<NodeProto> Nodes { get; } = [];

    /// <summary>Stored tensors that they read.</summary>
    internal List<TensorProto> Tensors { get; } = [];

    /// <summary>x · W as (bytes of x · bytes of W) · scale of the channel · scale of the row.</summary>
    internal void AddProduct(NodeProto node, TensorProto weight)
    {
        var (inputs, outputs) = ((int)weight.Dims[0], (int)weight.Dims[1]);
        var (integers, scales) = RowQuantisation.Columns(OnnxTensor.Singles(weight, source), outputs, RowQuantisation.WeightLimit);
        var matrix = Store(weight.Name + Suffix, DataType.Int8, integers, inputs, outputs);
        var channelScales = Store($"{weight.Name}{Suffix}.scale", DataType.Float, MemoryMarshal.AsBytes<float>(scales), outputs);
        var (bytes, rowScale) = Quantised(node.Input[0], inputs);
        var name = node.Output[0];
        var product = Add(name + Suffix, "MatMulInteger", [], bytes, matrix, ZeroPoint());
        var single = Add($"{name}{Suffix}.single", "Cast", [GraphBuilder.Whole("to", (long)DataType.Float)], product);
        var channels = Add($"{name}{Suffix}.channels", "Mul", [], single, channelScales);
        Add(name, "Mul", [], channels, rowScale);
    }

    /// <summary>Rows of a table as bytes of the row · scale of the row.</summary>
    internal void AddLookup(NodeProto node, TensorProto table)
    {
        var (rows, columns) = ((int)table.Dims[0], (int)table.Dims[1]);
        var (integers, scales) = RowQuantisation.Rows(OnnxTensor.Singles(table, source), columns, Limit);
        var matrix = Store(table.Name + Suffix, DataType.Int8, integers, rows, columns);
        var rowScales = Store($"{table.Name}{Suffix}.scale", DataType.Float, MemoryMarshal.AsBytes<float>(scales), rows, 1);
        var name = node.Output[0];
        var found = Add(name + Suffix, "Gather", [], matrix, node.Input[1]);
        var single = Add($"{name}{Suffix}.single", "Cast", [GraphBuilder.Whole("to", (long)DataType.Float)], found);
        Add(name, "Mul", [], single, Add($"{name}{Suffix}.scale", "Gather", [], rowScales, node.Input[1]));
    }

    /// <summary>A value as bytes with a scale for every row of its last axis; made once for all who read it.</summary>
    private (string Bytes, string Scale) Quantised(string input, int width)
    {
        if (_inputs.TryGetValue(input, out var known)) return known;
        var name = input + Suffix;
        var size = Add($"{name}.size", "Abs", [], input);
        var largest = Add($"{name}.largest", "ReduceMax", [GraphBuilder.Wholes("axes", -1), GraphBuilder.Whole("keepdims", 1)], size);
        var step = Add($"{name}.step", "Mul", [], largest, Constant("int8.step", DataType.Float, MemoryMarshal.AsBytes<float>([1f / Limit])));
        // A row of zeros divides by this instead of by 0.
        var scale = Add($"{name}.scale", "Max", [], step, Constant("int8.floor", DataType.Float, MemoryMarshal.AsBytes<float>([1e-30f])));
        // QuantizeLinear has a scale for every entry of one axis, so all axes but the last become one.
        var rows = Add($"{name}.rows", "Reshape", [], input, Constant($"int8.rows.{width}", DataType.Int64, MemoryMarshal.AsBytes<long>([-1, width]), 2));
        var rowScales = Add($"{name}.rows.scale", "Reshape", [], scale, Constant("int8.flat", DataType.Int64, MemoryMarshal.AsBytes<long>([-1]), 1));
        var zeroPoints = Add($"{name}.rows.zero", "Expand", [], ZeroPoint(), Add($"{name}.rows.count", "Shape", [], rowScales));
        var quantised = Add($"{name}.rows.bytes", "QuantizeLinear", [GraphBuilder.Whole("axis", 0)], rows, rowScales, zeroPoints);
        var bytes = Add($"{name}.bytes", "Reshape", [], quantised, Add($"{name}.shape", "Shape", [], input));
        return _inputs[input] = (bytes, scale);
    }

    private string ZeroPoint() => Constant("int8.zero", DataType.Uint8, [Zero]);

    private string Constant(string name, DataType type, ReadOnlySpan<byte> bytes, params long[] shape) =>
        _constants.Add(name) ? Store(name, type, bytes, shape) : name;

    private string Store(string name, DataType type, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        Tensors.Add(OnnxTensor.Of(name, type, bytes, shape));
        return name;
    }

    private string Add(string output, string operation, AttributeProto[] attributes, params string[] inputs)
    {
        var node = new NodeProto { Name = output, OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(output);
        node.Attribute.Add(attributes);
        Nodes.Add(node);
        return output;
    }
}
