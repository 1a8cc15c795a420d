using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.Popularity;

/// <summary>The same score for everyone: how often a product was taken. Every workspace's first champion.</summary>
public sealed class PopularityRecommender : StoredRecommender
{
    /// <summary>Its name and model type.</summary>
    public const string ModelName = "popularity";

    private const string CountsTensor = "counts";
    private readonly PopularityOptions _options;

    private PopularityRecommender(IReadOnlyList<string> productIds, float[] counts, PopularityOptions options)
        : base(ModelName, productIds, counts) => _options = options;

    /// <summary>Counts the rows; windowed and decayed where the options say so and times are known.</summary>
    /// <exception cref="TrainingDataException">No training rows.</exception>
    public static PopularityRecommender Fit(TrainingHistories histories, PopularityOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PopularityPrior.RequireRows(histories, ModelName);
        cancellationToken.ThrowIfCancellationRequested();
        var counts = new double[histories.Products.Count];
        if (histories.OccurredAtMs.Length == 0) PopularityCounts.Add(histories.ProductIndexes, counts);
        else PopularityCounts.AddDecayed(histories.ProductIndexes, histories.OccurredAtMs, options.WindowDays, options.HalfLifeDays, counts);
        return new PopularityRecommender(histories.Products.Ids, Array.ConvertAll(counts, count => (float)count), options);
    }

    /// <summary>Reads a saved folder.</summary>
    /// <exception cref="CheckpointException">Not such a folder.</exception>
    public static PopularityRecommender Load(string folder) => From(ModelFolder.Read(folder));

    internal static PopularityRecommender From(ModelFolder folder) =>
        new(folder.ProductIds, folder.Checkpoint[CountsTensor].Singles().ToArray(), PopularityOptions.FromOptions(folder.Options));

    private protected override void AddScores(ReadOnlySpan<int> history, Span<float> scores)
    {
        // The prior is the whole model.
    }

    private protected override ModelFolder ToFolder() => new()
    {
        ModelType = ModelName,
        Name = Name,
        Options = _options.ToOptions(),
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint { Tensors = [NamedTensor.Of(CountsTensor, Prior)] },
    };
}
