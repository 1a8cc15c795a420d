using Touchstone.Domain;

namespace Touchstone.Tests.SimulatedShop;

/// <summary>The plainest popularity: how often each product stands in training rows.</summary>
internal sealed class CountedPopularity : IRecommender
{
    private readonly float[] _counts;

    public CountedPopularity(TrainingHistories histories)
    {
        ProductIds = histories.Products.Ids;
        _counts = new float[ProductIds.Count];
        foreach (var product in histories.ProductIndexes) _counts[product]++;
    }

    public string Name => "popularity";

    public IReadOnlyList<string> ProductIds { get; }

    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores) => _counts.CopyTo(scores);
}
