namespace Touchstone.Models.Checkpoints;

/// <summary>Element types that our checkpoints hold; names as safetensors writes them.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 single precision, <c>F32</c>.</summary>
    F32,

    /// <summary>IEEE 754 double precision, <c>F64</c>.</summary>
    F64,

    /// <summary>Signed 32 bits, <c>I32</c>.</summary>
    I32,

    /// <summary>Signed 64 bits, <c>I64</c>.</summary>
    I64,

    /// <summary>A byte, <c>U8</c>.</summary>
    U8,
}
