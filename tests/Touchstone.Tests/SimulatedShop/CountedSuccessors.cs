using Touchstone.Domain;

namespace Touchstone.Tests.SimulatedShop;

/// <summary>The plainest order-aware co-occurrence: what came after, the nearer the more; popularity breaks the rest.</summary>
internal sealed class CountedSuccessors : IRecommender
{
    private readonly float[] _base;
    private readonly int[] _offsets;
    private readonly int[] _products;
    private readonly float[] _weights;

    public CountedSuccessors(TrainingHistories histories)
    {
        ProductIds = histories.Products.Ids;
        var count = ProductIds.Count;
        _base = new float[count];
        foreach (var product in histories.ProductIndexes) _base[product] += 1e-4f;
        var after = new SortedDictionary<int, float>[count];
        for (var product = 0; product < count; product++) after[product] = [];
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            var rows = histories.ProductIndexes.AsSpan(histories.Offsets[unit]..histories.Offsets[unit + 1]);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = i + 1; j < rows.Length; j++)
                    after[rows[i]][rows[j]] = after[rows[i]].GetValueOrDefault(rows[j]) + (1f / (j - i));
            }
        }

        _offsets = new int[count + 1];
        for (var product = 0; product < count; product++) _offsets[product + 1] = _offsets[product] + after[product].Count;
        _products = [.. after.SelectMany(next => next.Keys)];
        _weights = [.. after.SelectMany(next => next.Values)];
    }

    public string Name => "cooccurrence";

    public IReadOnlyList<string> ProductIds { get; }

    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores)
    {
        _base.CopyTo(scores);
        for (var i = 0; i < history.Length; i++)
        {
            var nearness = 1f / (history.Length - i);
            for (var at = _offsets[history[i]]; at < _offsets[history[i] + 1]; at++) scores[_products[at]] += nearness * _weights[at];
        }
    }
}
