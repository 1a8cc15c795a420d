using Microsoft.ML.OnnxRuntime;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>A loaded BERT graph. Safe from several threads.</summary>
internal sealed class OnnxGraphSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string _path;
    private readonly string[] _outputs;

    private OnnxGraphSession(InferenceSession session, string path, string output) => (_session, _path, _outputs) = (session, path, [output]);

    /// <summary>Loads a graph.</summary>
    /// <param name="path">ONNX file.</param>
    /// <param name="output">Its output of singles.</param>
    /// <param name="threads">Threads that one run uses. They sleep between runs: a server shares its cores.</param>
    /// <exception cref="CheckpointException">Missing, damaged, or without the output.</exception>
    internal static OnnxGraphSession Load(string path, string output, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (!File.Exists(path)) throw new CheckpointException($"{path}: there is no such file. Export the model again, or ask for another precision.");
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        InferenceSession session;
        try
        {
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException cause)
        {
            throw new CheckpointException($"{path}: is no ONNX file that can be run, or is damaged or cut off: export it again. ({cause.Message})", cause);
        }

        if (session.OutputMetadata.ContainsKey(output)) return new OnnxGraphSession(session, path, output);
        session.Dispose();
        throw new CheckpointException($"{path}: has no output \"{output}\"; it is the graph of another task.");
    }

    /// <summary>Runs the graph on a batch.</summary>
    /// <returns>The output's values, row-major.</returns>
    /// <exception cref="CheckpointException">The graph cannot be run on it.</exception>
    internal float[] Run(TokenBatch batch)
    {
        long[] shape = [batch.Count, batch.Length];
        using var ids = OrtValue.CreateTensorValueFromMemory(batch.InputIds, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(batch.AttentionMask, shape);
        using var segments = OrtValue.CreateTensorValueFromMemory(batch.TokenTypeIds, shape);
        try
        {
            using var results = _session.Run(_runOptions, BertGraph.Inputs, [ids, mask, segments], _outputs);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException cause)
        {
            throw new CheckpointException($"{_path}: cannot be run on {batch.Count} sequences of {batch.Length} tokens: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }
}
