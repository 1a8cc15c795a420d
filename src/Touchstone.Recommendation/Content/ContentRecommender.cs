using System.Collections.Concurrent;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.Content;

/// <summary>Products whose title, brand and category read like those of the history: TF-IDF and cosine (Salton and Buckley 1988).</summary>
public sealed class ContentRecommender : StoredRecommender
{
    /// <summary>Its name and model type.</summary>
    public const string ModelName = "content";

    private const string PriorTensor = "prior";
    private readonly ContentVectors _vectors;
    private readonly ContentOptions _options;
    private readonly ConcurrentBag<ContentProfile.Scratch> _scratches = [];

    private ContentRecommender(IReadOnlyList<string> productIds, float[] prior, ContentVectors vectors, ContentOptions options)
        : base(ModelName, productIds, prior) => (_vectors, _options) = (vectors, options);

    /// <summary>Reads the products' text; behaviour gives the popularity prior only.</summary>
    /// <exception cref="TrainingDataException">No training rows, or no product has text.</exception>
    public static ContentRecommender Fit(TrainingHistories histories, ContentOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PopularityPrior.RequireRows(histories, ModelName);
        cancellationToken.ThrowIfCancellationRequested();
        return new ContentRecommender(histories.Products.Ids, PopularityPrior.Of(histories, options.PopularityWeight), ContentVectors.Of(histories.Products, options, cancellationToken), options);
    }

    /// <summary>Reads a saved folder.</summary>
    /// <exception cref="CheckpointException">Not such a folder.</exception>
    public static ContentRecommender Load(string folder) => From(ModelFolder.Read(folder));

    internal static ContentRecommender From(ModelFolder folder) => new(
        folder.ProductIds,
        folder.Checkpoint[PriorTensor].Singles().ToArray(),
        ContentVectors.From(folder.Checkpoint, folder.ProductIds.Count),
        ContentOptions.FromOptions(folder.Options));

    private protected override void AddScores(ReadOnlySpan<int> history, Span<float> scores)
    {
        if (!_scratches.TryTake(out var scratch)) scratch = new ContentProfile.Scratch(_vectors.TermCount);
        ContentProfile.AddCosines(_vectors, history, _options.HistoryPower, _options.HistoryLength, scratch, scores);
        _scratches.Add(scratch);
    }

    private protected override ModelFolder ToFolder() => new()
    {
        ModelType = ModelName,
        Name = Name,
        Options = _options.ToOptions(),
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint { Tensors = [.. _vectors.ToTensors(), NamedTensor.Of(PriorTensor, Prior)] },
    };
}
