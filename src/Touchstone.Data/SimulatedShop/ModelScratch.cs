using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>One model with the buffers of one thread.</summary>
internal sealed class ModelScratch(IRecommender model, ModelProducts products)
{
    private readonly float[] _scores = new float[products.Count];
    private int[] _history = new int[64];
    private long[] _times = new long[64];

    /// <summary>Scores all products for a history and takes the history out.</summary>
    /// <param name="history">[line] the world's product indexes, oldest first.</param>
    /// <param name="occurredAtMs">[line] when.</param>
    /// <returns>[product of the model] scores; negative infinity for the history.</returns>
    public ReadOnlySpan<float> Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs)
    {
        if (history.Length > _history.Length)
        {
            _history = new int[2 * history.Length];
            _times = new long[2 * history.Length];
        }

        var count = products.Map(history, occurredAtMs, _history, _times);
        model.Score(_history.AsSpan(0, count), _times.AsSpan(0, count), _scores);
        foreach (var product in _history.AsSpan(0, count)) _scores[product] = float.NegativeInfinity;
        return _scores;
    }

    /// <summary>The model's index of a product, or -1.</summary>
    public int IndexOf(int product) => products.Of(product);
}
