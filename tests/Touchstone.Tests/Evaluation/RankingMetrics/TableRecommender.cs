using Touchstone.Domain;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

/// <summary>A recommender that scores by a function of product and history length: enough to judge the judge.</summary>
internal sealed class TableRecommender(string name, string[] productIds, Func<int, int[], float> score) : IRecommender
{
    public string Name => name;

    public IReadOnlyList<string> ProductIds => productIds;

    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores)
    {
        var copy = history.ToArray();
        for (var product = 0; product < scores.Length; product++) scores[product] = score(product, copy);
    }
}
