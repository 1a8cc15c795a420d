using Touchstone.Models.Checkpoints;
using Touchstone.Recommendation.Content;
using Touchstone.Recommendation.ItemToItem;
using Touchstone.Recommendation.Meaning;
using Touchstone.Recommendation.Popularity;
using Touchstone.Recommendation.Sessions;

namespace Touchstone.Recommendation;

/// <summary>Reads any saved recommender.</summary>
public static class RecommenderFolder
{
    /// <summary>Reads a model folder by the model type that its config.json states.</summary>
    /// <exception cref="CheckpointException">Not a model folder, or a model type that no loader reads (names the folder).</exception>
    public static StoredRecommender Load(string folder)
    {
        var stored = ModelFolder.Read(folder);
        try
        {
            return From(stored, folder);
        }
        catch (OptionException cause)
        {
            throw new CheckpointException($"{Path.Combine(folder, ModelFolder.ConfigFile)}: {cause.Message}", cause);
        }
    }

    private static StoredRecommender From(ModelFolder stored, string folder) =>
        stored.ModelType switch
        {
            PopularityRecommender.ModelName => PopularityRecommender.From(stored),
            CooccurrenceRecommender.ModelName => CooccurrenceRecommender.From(stored),
            ItemKnnRecommender.ModelName => ItemKnnRecommender.From(stored),
            VectorSessionKnnRecommender.ModelName => VectorSessionKnnRecommender.From(stored),
            ContentRecommender.ModelName => ContentRecommender.From(stored),
            MeaningRecommender.ModelName => MeaningRecommender.From(stored),
            ItemToItemRecommender.ModelName => ItemToItemRecommender.From(stored),
            var other => throw new CheckpointException($"{folder}: model type \"{other}\" is unknown; train it again with this version, or read it with the one that wrote it."),
        };
}
