using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>Runs a graph over many sequences in batches of like length.</summary>
internal static class SequenceBatches
{
    /// <summary>Sequences of one run.</summary>
    internal const int BatchSize = 32;

    /// <summary>Runs all sequences, the short ones first, and puts the rows back in the given order.</summary>
    /// <param name="session">The graph.</param>
    /// <param name="sequences">Of at least one token each.</param>
    /// <param name="maximumLength">Positions of the network.</param>
    /// <param name="width">Values that the graph gives for one sequence.</param>
    /// <param name="progress">Share done, in (0, 1]; may be null.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>[sequence, width], row-major.</returns>
    /// <exception cref="ArgumentException">A sequence without tokens, or with more than the network has positions (names it).</exception>
    internal static float[] Run(OnnxGraphSession session, IReadOnlyList<TokenSequence> sequences, int maximumLength, int width, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        for (var i = 0; i < sequences.Count; i++)
        {
            if (sequences[i].Ids is null or { Length: 0 } || sequences[i].Length > maximumLength)
                throw new ArgumentException($"sequences[{i}] has {sequences[i].Ids?.Length ?? 0} tokens; expected 1 to {maximumLength}, the positions of the network.", nameof(sequences));
        }

        var rows = new float[sequences.Count * width];
        int[] order = [.. Enumerable.Range(0, sequences.Count).OrderBy(i => sequences[i].Length)];
        for (var start = 0; start < order.Length; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chosen = order.AsSpan(start, Math.Min(BatchSize, order.Length - start));
            var batch = new TokenSequence[chosen.Length];
            for (var i = 0; i < chosen.Length; i++) batch[i] = sequences[chosen[i]];
            // The mask hides padding, so any id serves for it.
            var values = session.Run(TokenBatch.Of(batch, paddingId: 0));
            for (var i = 0; i < chosen.Length; i++) values.AsSpan(i * width, width).CopyTo(rows.AsSpan(chosen[i] * width));
            progress?.Report((double)(start + chosen.Length) / order.Length);
        }

        return rows;
    }
}
