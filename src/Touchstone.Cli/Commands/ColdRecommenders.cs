using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Cli.Commands;

/// <summary>Scores that depend on nothing but product, history and seed: what chance reaches.</summary>
internal sealed class RandomRecommender(IReadOnlyList<string> productIds, Seed seed) : IRecommender
{
    public string Name => "random";

    public IReadOnlyList<string> ProductIds => productIds;

    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores)
    {
        var stream = seed.For("random scores").Value;
        foreach (var product in history) stream = StableHash.Mix(stream ^ (uint)product);
        for (var i = 0; i < scores.Length; i++) scores[i] = (StableHash.Mix(stream + (ulong)i) >> 40) * (1f / (1 << 24));
    }
}

/// <summary>Another recommender asked for cold products only.</summary>
internal sealed class AmongCold(IRecommender inner, bool[] isCold) : IRecommender
{
    public string Name => inner.Name;

    public IReadOnlyList<string> ProductIds => inner.ProductIds;

    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores)
    {
        inner.Score(history, occurredAtMs, scores);
        for (var i = 0; i < scores.Length; i++)
            if (!isCold[i]) scores[i] = float.MinValue;
    }
}
