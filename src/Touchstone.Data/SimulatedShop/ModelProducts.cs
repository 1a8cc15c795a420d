using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Turns the world's product indexes into a model's: a model may know fewer products, or others beside them.</summary>
internal sealed class ModelProducts
{
    private readonly int[]? _indexes;

    /// <summary>Matches ids.</summary>
    public ModelProducts(IRecommender model, ProductTable products)
    {
        Count = model.ProductIds.Count;
        if (model.ProductIds.SequenceEqual(products.Ids, StringComparer.Ordinal)) return;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Count; i++) known[model.ProductIds[i]] = i;
        _indexes = [.. products.Ids.Select(id => known.GetValueOrDefault(id, -1))];
    }

    /// <summary>How many products the model scores.</summary>
    public int Count { get; }

    /// <summary>The model's index, or -1.</summary>
    public int Of(int product) => _indexes is null ? product : _indexes[product];

    /// <summary>A history in the model's indexes; what it does not know is left out.</summary>
    /// <returns>How many were written.</returns>
    public int Map(ReadOnlySpan<int> products, ReadOnlySpan<long> times, Span<int> mapped, Span<long> mappedTimes)
    {
        var count = 0;
        for (var i = 0; i < products.Length; i++)
        {
            var index = Of(products[i]);
            if (index < 0) continue;
            mapped[count] = index;
            mappedTimes[count++] = times[i];
        }

        return count;
    }
}
