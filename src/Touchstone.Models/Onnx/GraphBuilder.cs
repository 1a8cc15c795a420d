using System.Runtime.InteropServices;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Touchstone.Models.Onnx;

/// <summary>Builds an ONNX graph node by node; every value is named once and a node is named after what it gives.</summary>
internal sealed class GraphBuilder(string name)
{
    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    /// <summary>Declares an input; a text dimension is free.</summary>
    internal string Input(string name, DataType type, params string[] dimensions)
    {
        _graph.Input.Add(Value(name, type, dimensions));
        return name;
    }

    /// <summary>Declares an output.</summary>
    internal void Output(string name, DataType type, params string[] dimensions) => _graph.Output.Add(Value(name, type, dimensions));

    /// <summary>States the shape of a value that cannot be inferred, so that a runtime knows where it may fuse.</summary>
    internal string Shaped(string name, DataType type, params string[] dimensions)
    {
        _graph.ValueInfo.Add(Value(name, type, dimensions));
        return name;
    }

    /// <summary>Adds a stored tensor of singles.</summary>
    internal string Weight(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        _graph.Initializer.Add(OnnxTensor.Of(name, DataType.Float, MemoryMarshal.AsBytes(values), shape));
        return name;
    }

    /// <summary>A scalar of singles, stored once however often it is asked for.</summary>
    internal string Scalar(float value)
    {
        var key = FormattableString.Invariant($"scalar.{value:R}");
        if (_constants.TryGetValue(key, out var known)) return known;
        return _constants[key] = Weight(key, [value]);
    }

    /// <summary>A vector of whole numbers (axes, shapes), stored once.</summary>
    internal string Integers(params long[] values)
    {
        var key = $"integers.{string.Join('_', values)}";
        if (_constants.TryGetValue(key, out var known)) return known;
        _graph.Initializer.Add(OnnxTensor.Of(key, DataType.Int64, MemoryMarshal.AsBytes<long>(values), [values.Length]));
        return _constants[key] = key;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <param name="output">Name of its output.</param>
    /// <param name="operation">Operator of the ONNX standard.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="attributes">Attributes.</param>
    /// <returns>The output's name.</returns>
    internal string Node(string output, string operation, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Name = output, OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(output);
        node.Attribute.Add(attributes);
        _graph.Node.Add(node);
        return output;
    }

    /// <summary>Writes the graph to a file.</summary>
    internal void Write(string path)
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "touchstone", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OnnxModelFile.OperatorSet });
        OnnxModelFile.Write(model, path);
    }

    /// <summary>A whole-number attribute.</summary>
    internal static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A real attribute.</summary>
    internal static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>An attribute of several whole numbers.</summary>
    internal static AttributeProto Wholes(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    private static ValueInfoProto Value(string name, DataType type, string[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(long.TryParse(dimension, System.Globalization.CultureInfo.InvariantCulture, out var size)
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
