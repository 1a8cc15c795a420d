using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>Gives the probability that a pair of texts belongs together, e.g. that this shopper buys this product. Safe from several threads.</summary>
public sealed class PairClassifier : IDisposable
{
    private readonly OnnxGraphSession _session;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly int _maximumPositions;

    private PairClassifier(OnnxGraphSession session, TransformerFolder folder) =>
        (_session, _tokenizer, _maximumPositions, MaximumTokens) = (session, folder.Tokenizer, folder.Configuration.MaximumPositions, folder.Task.MaximumTokens);

    /// <summary>Tokens of a pair, special ones included, beyond which it is cut.</summary>
    public int MaximumTokens { get; }

    /// <summary>Loads <c>config.json</c>, <c>task.json</c>, the vocabulary and the graph of a model folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="precision">Which graph.</param>
    /// <param name="threads">Threads that one call uses, at least 1.</param>
    /// <exception cref="CheckpointException">A file is missing, damaged, or does not fit the others (names it).</exception>
    public static PairClassifier Load(string folder, ModelPrecision precision = ModelPrecision.Single, int threads = 2)
    {
        var parts = TransformerFolder.Read(folder, TransformerKind.PairClassifier);
        return new PairClassifier(OnnxGraphSession.Load(Path.Combine(folder, OnnxModelFile.NameOf(precision)), BertGraph.Probability, threads), parts);
    }

    /// <summary>The tokens of two texts as the classifier reads them; where both do not fit, the end of the longer one is cut first.</summary>
    /// <param name="first">E.g. what a shopper bought before.</param>
    /// <param name="second">E.g. the text of a product.</param>
    public TokenSequence Pair(string first, string second) =>
        TokenSequence.Of(_tokenizer.Vocabulary, _tokenizer.Encode(first, MaximumTokens - 3), _tokenizer.Encode(second, MaximumTokens - 3), MaximumTokens);

    /// <summary>Scores pairs, in batches of like length; what else is scored does not change a pair's probability.</summary>
    /// <param name="pairs">Of 1 to the configuration's most positions.</param>
    /// <param name="progress">Share done, in (0, 1].</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>[pair] probabilities, in the given order.</returns>
    /// <exception cref="ArgumentException">A sequence without tokens, or with more than the network has positions (names it).</exception>
    public float[] Score(IReadOnlyList<TokenSequence> pairs, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return SequenceBatches.Run(_session, pairs, _maximumPositions, 1, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
