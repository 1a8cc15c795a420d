using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.ItemToItem;

/// <summary>
/// Serves item-to-item weights that were trained elsewhere (EASE, SLIM): the score of a product is the sum of the weights in the rows
/// of the history's products. The folder holds CSR tensors <c>indptr</c> [product + 1], <c>indices</c> [entry], <c>values</c> [entry],
/// and may hold <c>prior</c> [product], which is added to every score.
/// </summary>
public sealed class ItemToItemRecommender : StoredRecommender
{
    /// <summary>Its model type; its name is what the folder states, e.g. <c>ease</c>.</summary>
    public const string ModelName = "item-to-item";

    private const string PriorTensor = "prior";
    private readonly SparseRows _rows;
    private readonly ItemToItemOptions _options;
    private readonly IReadOnlyDictionary<string, string> _stated;

    private ItemToItemRecommender(ModelFolder folder, float[] prior, SparseRows rows)
        : base(folder.Name, folder.ProductIds, prior) => (_rows, _options, _stated) = (rows, ItemToItemOptions.FromOptions(folder.Options), folder.Options);

    /// <summary>Reads a saved folder.</summary>
    /// <exception cref="CheckpointException">Not such a folder.</exception>
    public static ItemToItemRecommender Load(string folder) => From(ModelFolder.Read(folder));

    internal static ItemToItemRecommender From(ModelFolder folder) => new(
        folder,
        folder.Checkpoint.Find(PriorTensor) is { } prior ? prior.Singles().ToArray() : [],
        SparseRows.From(folder.Checkpoint, folder.ProductIds.Count));

    private protected override void AddScores(ReadOnlySpan<int> history, Span<float> scores) =>
        HistoryDecay.AddRows(_rows, history, _options.HistoryPower, _options.HistoryLength, scores);

    private protected override ModelFolder ToFolder() => new()
    {
        ModelType = ModelName,
        Name = Name,
        Options = _stated,
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint { Tensors = Prior.Length == 0 ? [.. _rows.ToTensors()] : [.. _rows.ToTensors(), NamedTensor.Of(PriorTensor, Prior)] },
    };
}
