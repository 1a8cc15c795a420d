using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>Turns texts into vectors of length 1 whose products say how near their meanings are. Safe from several threads.</summary>
public sealed class TextEncoder : IDisposable
{
    private readonly OnnxGraphSession _session;

    private TextEncoder(OnnxGraphSession session, BertConfiguration configuration, TransformerTask task) =>
        (_session, Dimension, MaximumTokens) = (session, configuration.HiddenSize, task.MaximumTokens);

    /// <summary>Values of one embedding.</summary>
    public int Dimension { get; }

    /// <summary>Tokens, special ones included, behind which a text is cut.</summary>
    public int MaximumTokens { get; }

    /// <summary>Loads <c>config.json</c>, <c>task.json</c> and the graph of a model folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="precision">Which graph.</param>
    /// <param name="threads">Threads that one call uses, at least 1.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged, or does not fit the others (names it).</exception>
    public static TextEncoder Load(string folder, ModelPrecision precision = ModelPrecision.Single, int threads = 2)
    {
        var parts = TransformerFolder.Read(folder, TransformerKind.TextEncoder);
        return new TextEncoder(OnnxGraphSession.Load(Path.Combine(folder, OnnxModelFile.NameOf(precision)), BertGraph.Embedding, threads), parts.Configuration, parts.Task);
    }

    /// <summary>Embeds sequences, in batches of like length; what else is embedded does not change a sequence's vector.</summary>
    /// <param name="sequences">Of 1 to the configuration's most positions.</param>
    /// <param name="progress">Share done, in (0, 1].</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>[sequence, dimension], row-major, in the given order.</returns>
    public float[] Encode(IReadOnlyList<TokenSequence> sequences, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return SequenceBatches.Run(_session, sequences, Dimension, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
