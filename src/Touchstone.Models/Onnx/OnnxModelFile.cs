using Google.Protobuf;
using Onnx;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Models.Onnx;

/// <summary>ONNX files: their names in a model folder, reading and writing.</summary>
internal static class OnnxModelFile
{
    /// <summary>Version of the ONNX operators that our graphs use: the first with LayerNormalization.</summary>
    internal const long OperatorSet = 17;

    /// <summary>File of a precision in a model folder.</summary>
    internal static string NameOf(ModelPrecision precision) => precision switch
    {
        ModelPrecision.Single => "model.onnx",
        ModelPrecision.Int8 => "model.int8.onnx",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Unknown precision."),
    };

    /// <summary>Writes beside the file and renames over it, so that a reader never sees a part.</summary>
    internal static void Write(ModelProto model, string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write)) model.WriteTo(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads a graph.</summary>
    /// <exception cref="CheckpointException">Missing, or no ONNX file.</exception>
    internal static ModelProto Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Parse(stream, path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Reads a graph from a stream.</summary>
    /// <exception cref="CheckpointException">No ONNX file.</exception>
    internal static ModelProto Parse(Stream stream, string source)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(stream);
            return model.Graph is { Node.Count: > 0 } ? model : throw new CheckpointException($"{source}: holds no ONNX graph; write it again.");
        }
        catch (InvalidProtocolBufferException cause)
        {
            throw new CheckpointException($"{source}: is no ONNX file, or is damaged or cut off: write it again. ({cause.Message})", cause);
        }
    }
}
