namespace Touchstone.Domain;

/// <summary>A trained recommender: scores every product for one history. Instances are immutable and safe from many threads.</summary>
public interface IRecommender
{
    /// <summary>The name that shop.yaml, the registry and reports use, e.g. <c>item-knn</c>.</summary>
    string Name { get; }

    /// <summary>[product] ids that the scores stand for, ascending by ordinal UTF-8.</summary>
    IReadOnlyList<string> ProductIds { get; }

    /// <summary>Scores all products; higher is better, 0 is no opinion, NaN never. Does not remove the history: the ranker does.</summary>
    /// <param name="history">Product indexes that the shopper had, oldest first; may be empty (then popularity, or zeros).</param>
    /// <param name="occurredAtMs">Times of the history, ms since 1970 UTC; empty where unknown.</param>
    /// <param name="scores">[product] overwritten in full.</param>
    void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores);
}
