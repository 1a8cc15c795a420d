using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation;

/// <summary>A recommender that can be saved as a model folder and read again with the same scores to the last bit.</summary>
public abstract class StoredRecommender : IRecommender
{
    private readonly float[] _prior;

    /// <summary>Keeps what all have in common.</summary>
    /// <param name="name">The name that reports use.</param>
    /// <param name="productIds">[product] ids.</param>
    /// <param name="prior">[product] score before anything is known of the shopper; empty for zeros.</param>
    private protected StoredRecommender(string name, IReadOnlyList<string> productIds, float[] prior)
    {
        if (prior.Length != 0 && prior.Length != productIds.Count)
            throw new CheckpointException($"{name}: {prior.Length} prior scores for {productIds.Count} products; the model's files do not belong together.");
        (Name, ProductIds, _prior) = (name, productIds, prior);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ProductIds { get; }

    /// <summary>[product] score before anything is known of the shopper.</summary>
    private protected ReadOnlySpan<float> Prior => _prior;

    /// <inheritdoc/>
    /// <remarks>A history index of -1 is a product that the model does not know: it keeps its place in the order and adds nothing.</remarks>
    /// <exception cref="ArgumentException">Scores or times of another length, or a history index beyond the products (names it).</exception>
    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores)
    {
        if (scores.Length != ProductIds.Count)
            throw new ArgumentException($"scores has length {scores.Length}; the model has {ProductIds.Count} products.", nameof(scores));
        if (occurredAtMs.Length != 0 && occurredAtMs.Length != history.Length)
            throw new ArgumentException($"{occurredAtMs.Length} times for {history.Length} products of the history; give one each, or none.", nameof(occurredAtMs));
        for (var i = 0; i < history.Length; i++)
        {
            if (history[i] < -1 || history[i] >= scores.Length)
                throw new ArgumentException($"history[{i}] = {history[i]}; the model has products 0 to {scores.Length - 1}, and -1 for one that it does not know.", nameof(history));
        }

        if (_prior.Length == 0) scores.Clear();
        else _prior.CopyTo(scores);
        AddScores(history, scores);
    }

    /// <summary>Writes the model folder; the same model gives the same bytes.</summary>
    public void Save(string folder) => ToFolder().Write(folder);

    /// <summary>Adds what the history says to scores that hold the prior.</summary>
    private protected abstract void AddScores(ReadOnlySpan<int> history, Span<float> scores);

    /// <summary>The model as it is stored.</summary>
    private protected abstract ModelFolder ToFolder();
}
