using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Meaning;

namespace Touchstone.Tests.Recommendation.Meaning;

/// <summary>The contract of every recommender, with vectors drawn by title.</summary>
public sealed class MeaningContractTests : RecommenderContract
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads = 2)
    {
        const int Dimension = 8;
        var vectors = new float[histories.Products.Count * Dimension];
        for (var product = 0; product < histories.Products.Count; product++)
        {
            // As an encoder's, the vector of a product follows from its text.
            var random = new Seed(7).For(histories.Products.Titles[product]).NewRandom();
            foreach (ref var value in vectors.AsSpan(product * Dimension, Dimension)) value = (float)random.NextNormal();
        }

        return MeaningRecommender.Fit(histories, vectors, Dimension, new MeaningOptions());
    }
}
