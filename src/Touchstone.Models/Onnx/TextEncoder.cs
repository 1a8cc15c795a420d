using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>Turns texts into vectors of length 1 whose products say how near their meanings are. Safe from several threads.</summary>
public sealed class TextEncoder : IDisposable
{
    private readonly OnnxGraphSession _session;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly int _maximumPositions;

    private TextEncoder(OnnxGraphSession session, TransformerFolder folder) =>
        (_session, _tokenizer, _maximumPositions, Dimension, MaximumTokens) = (session, folder.Tokenizer, folder.Configuration.MaximumPositions, folder.Configuration.HiddenSize, folder.Task.MaximumTokens);

    /// <summary>Values of one embedding.</summary>
    public int Dimension { get; }

    /// <summary>Tokens, special ones included, behind which a text is cut.</summary>
    public int MaximumTokens { get; }

    /// <summary>Loads <c>config.json</c>, <c>task.json</c>, the vocabulary and the graph of a model folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="precision">Which graph.</param>
    /// <param name="threads">Threads that one call uses, at least 1.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged, or does not fit the others (names it).</exception>
    public static TextEncoder Load(string folder, ModelPrecision precision = ModelPrecision.Single, int threads = 2)
    {
        var parts = TransformerFolder.Read(folder, TransformerKind.TextEncoder);
        return new TextEncoder(OnnxGraphSession.Load(Path.Combine(folder, OnnxModelFile.NameOf(precision)), BertGraph.Embedding, threads), parts);
    }

    /// <summary>Embeds texts, in batches of like length; what else is embedded does not change a text's vector.</summary>
    /// <param name="texts">Any texts; what lies behind <see cref="MaximumTokens"/> is cut, and an empty text is <c>[CLS] [SEP]</c>.</param>
    /// <param name="progress">Share done, in (0, 1].</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>[text, dimension], row-major, in the given order; each row has length 1.</returns>
    public float[] Encode(IReadOnlyList<string> texts, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var sequences = new TokenSequence[texts.Count];
        for (var i = 0; i < sequences.Length; i++)
        {
            if (i % SequenceBatches.BatchSize == 0) cancellationToken.ThrowIfCancellationRequested();
            sequences[i] = Sequence(texts[i]);
        }

        return Encode(sequences, progress, cancellationToken);
    }

    /// <summary>The tokens of a text as the encoder reads them.</summary>
    public TokenSequence Sequence(string text) =>
        TokenSequence.Of(_tokenizer.Vocabulary, _tokenizer.Encode(text, MaximumTokens - 2), MaximumTokens);

    /// <summary>Embeds sequences, in batches of like length; what else is embedded does not change a sequence's vector.</summary>
    /// <param name="sequences">Of 1 to the configuration's most positions.</param>
    /// <param name="progress">Share done, in (0, 1].</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>[sequence, dimension], row-major, in the given order; each row has length 1.</returns>
    /// <exception cref="ArgumentException">A sequence without tokens, or with more than the network has positions (names it).</exception>
    public float[] Encode(IReadOnlyList<TokenSequence> sequences, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return SequenceBatches.Run(_session, sequences, _maximumPositions, Dimension, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
