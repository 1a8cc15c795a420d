using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.ItemToItem;

/// <summary>
/// Products that are taken by the same units as the shopper's products: cosine or Jaccard with shrinkage, k neighbours a product
/// (Sarwar et al. 2001; Deshpande and Karypis 2004). The order within histories doesn't train it; recency weighs at ranking.
/// </summary>
public sealed class ItemKnnRecommender : StoredRecommender
{
    /// <summary>Its name and model type.</summary>
    public const string ModelName = "item-knn";

    private const string PriorTensor = "prior";
    private readonly SparseRows _rows;
    private readonly ItemKnnOptions _options;

    private ItemKnnRecommender(IReadOnlyList<string> productIds, float[] prior, SparseRows rows, ItemKnnOptions options)
        : base(ModelName, productIds, prior) => (_rows, _options) = (rows, options);

    /// <summary>Finds the neighbours; bit-identical at any thread count.</summary>
    /// <exception cref="TrainingDataException">No training rows.</exception>
    public static ItemKnnRecommender Fit(TrainingHistories histories, ItemKnnOptions options, CancellationToken cancellationToken) =>
        Fit(histories, options, -1, cancellationToken);

    internal static ItemKnnRecommender Fit(TrainingHistories histories, ItemKnnOptions options, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PopularityPrior.RequireRows(histories, ModelName);
        var matrix = UnitMatrix.Binary(histories);
        var sizes = ItemSimilarity.Sizes(matrix, options.Similarity);
        var neighbours = RowSelection.Make(
            matrix.ProductCount,
            options.Neighbours,
            threads,
            (product, scratch) => ItemSimilarity.Fill(matrix, product, options.Similarity, options.Shrinkage, sizes, scratch),
            cancellationToken);
        // A row holds the neighbours that speak for a product; ranking walks from the products of a history.
        return new ItemKnnRecommender(histories.Products.Ids, PopularityPrior.Of(histories, options.PopularityWeight), neighbours.Transpose(), options);
    }

    /// <summary>Reads a saved folder.</summary>
    /// <exception cref="CheckpointException">Not such a folder.</exception>
    public static ItemKnnRecommender Load(string folder) => From(ModelFolder.Read(folder));

    internal static ItemKnnRecommender From(ModelFolder folder) => new(
        folder.ProductIds,
        folder.Checkpoint[PriorTensor].Singles().ToArray(),
        SparseRows.From(folder.Checkpoint, folder.ProductIds.Count),
        ItemKnnOptions.FromOptions(folder.Options));

    private protected override void AddScores(ReadOnlySpan<int> history, Span<float> scores) =>
        HistoryDecay.AddRows(_rows, history, _options.HistoryPower, _options.HistoryLength, scores);

    private protected override ModelFolder ToFolder() => new()
    {
        ModelType = ModelName,
        Name = Name,
        Options = _options.ToOptions(),
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint { Tensors = [.. _rows.ToTensors(), NamedTensor.Of(PriorTensor, Prior)] },
    };
}
