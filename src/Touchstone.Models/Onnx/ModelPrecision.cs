using System.Diagnostics.CodeAnalysis;

namespace Touchstone.Models.Onnx;

/// <summary>Which numbers a graph multiplies.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the number types that the graph computes in.")]
public enum ModelPrecision
{
    /// <summary>Single precision, <c>model.onnx</c>.</summary>
    Single,

    /// <summary>8-bit integers with a scale for every output channel and every token, <c>model.int8.onnx</c>.</summary>
    Int8,
}
