using Touchstone.Domain;
using Touchstone.Recommendation.Content;
using Touchstone.Recommendation.ItemToItem;
using Touchstone.Recommendation.Popularity;
using Touchstone.Recommendation.Sessions;

namespace Touchstone.Recommendation;

/// <summary>The recommenders that train here, by name.</summary>
public static class Recommenders
{
    /// <summary>Names that <see cref="Fit"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        PopularityRecommender.ModelName, ItemKnnRecommender.ModelName, CooccurrenceRecommender.ModelName, VectorSessionKnnRecommender.ModelName, ContentRecommender.ModelName,
    ];

    /// <summary>The model that every workspace's first champion is: nothing beats it by default, everything is compared with it.</summary>
    public const string FirstChampion = PopularityRecommender.ModelName;

    /// <summary>Trains one.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="histories">Training rows.</param>
    /// <param name="options">Options as text; those left out have their defaults.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="OptionException">An unknown name or option, or a value out of range.</exception>
    /// <exception cref="TrainingDataException">No training rows.</exception>
    public static StoredRecommender Fit(string name, TrainingHistories histories, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken) => name switch
    {
        PopularityRecommender.ModelName => PopularityRecommender.Fit(histories, PopularityOptions.FromOptions(options), cancellationToken),
        ItemKnnRecommender.ModelName => ItemKnnRecommender.Fit(histories, ItemKnnOptions.FromOptions(options), cancellationToken),
        CooccurrenceRecommender.ModelName => CooccurrenceRecommender.Fit(histories, CooccurrenceOptions.FromOptions(options), cancellationToken),
        VectorSessionKnnRecommender.ModelName => VectorSessionKnnRecommender.Fit(histories, VectorSessionKnnOptions.FromOptions(options), cancellationToken),
        ContentRecommender.ModelName => ContentRecommender.Fit(histories, ContentOptions.FromOptions(options), cancellationToken),
        _ => throw new OptionException($"There is no recommender \"{name}\"; known: {string.Join(", ", Names)}."),
    };

    /// <summary>Checks options before anything is trained.</summary>
    /// <exception cref="OptionException">An unknown name or option, or a value out of range.</exception>
    public static void CheckOptions(string name, IReadOnlyDictionary<string, string> options) => _ = name switch
    {
        PopularityRecommender.ModelName => (object)PopularityOptions.FromOptions(options),
        ItemKnnRecommender.ModelName => ItemKnnOptions.FromOptions(options),
        CooccurrenceRecommender.ModelName => CooccurrenceOptions.FromOptions(options),
        VectorSessionKnnRecommender.ModelName => VectorSessionKnnOptions.FromOptions(options),
        ContentRecommender.ModelName => ContentOptions.FromOptions(options),
        _ => throw new OptionException($"There is no recommender \"{name}\"; known: {string.Join(", ", Names)}."),
    };

    /// <summary>Combinations of options to choose from on validation: the defaults first (nothing stated), at most 30.</summary>
    /// <exception cref="OptionException">An unknown name.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid(string name) => name switch
    {
        PopularityRecommender.ModelName => PopularityOptions.Grid,
        ItemKnnRecommender.ModelName => ItemKnnOptions.Grid,
        CooccurrenceRecommender.ModelName => CooccurrenceOptions.Grid,
        VectorSessionKnnRecommender.ModelName => VectorSessionKnnOptions.Grid,
        ContentRecommender.ModelName => ContentOptions.Grid,
        _ => throw new OptionException($"There is no recommender \"{name}\"; known: {string.Join(", ", Names)}."),
    };
}
