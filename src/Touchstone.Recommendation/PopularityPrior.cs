using Touchstone.Domain;

namespace Touchstone.Recommendation;

/// <summary>Orders products that a model has no opinion on by how often they were taken, instead of by id.</summary>
internal static class PopularityPrior
{
    /// <summary>[product] weight × count / largest count; empty where the weight is 0.</summary>
    internal static float[] Of(TrainingHistories histories, double weight)
    {
        if (weight == 0) return [];
        var counts = new int[histories.Products.Count];
        foreach (var product in histories.ProductIndexes) counts[product]++;
        var largest = counts.Max();
        var prior = new float[counts.Length];
        for (var i = 0; i < prior.Length; i++) prior[i] = (float)(weight * counts[i] / largest);
        return prior;
    }

    /// <summary>Checks that there is something to learn from.</summary>
    /// <exception cref="TrainingDataException">No products or no rows.</exception>
    internal static void RequireRows(TrainingHistories histories, string model)
    {
        ArgumentNullException.ThrowIfNull(histories);
        if (histories.Products.Count == 0) throw new TrainingDataException($"{model}: there are no products to learn about; check that the catalogue was read.");
        if (histories.ProductIndexes.Length == 0) throw new TrainingDataException($"{model}: there are no training rows; check that cleaning and the split left some.");
    }
}
