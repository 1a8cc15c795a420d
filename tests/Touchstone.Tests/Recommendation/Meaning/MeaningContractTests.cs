using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Meaning;

namespace Touchstone.Tests.Recommendation.Meaning;

/// <summary>The contract of every recommender, with vectors drawn by product.</summary>
public sealed class MeaningContractTests : RecommenderContract
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads = 2)
    {
        const int Dimension = 8;
        var random = new Seed(7).NewRandom();
        var vectors = new float[histories.Products.Count * Dimension];
        for (var i = 0; i < vectors.Length; i++) vectors[i] = (float)random.NextNormal();
        return MeaningRecommender.Fit(histories, vectors, Dimension, new MeaningOptions());
    }
}
