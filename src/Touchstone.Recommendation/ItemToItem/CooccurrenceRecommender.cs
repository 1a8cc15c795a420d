using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.ItemToItem;

/// <summary>
/// Products that follow the shopper's products in other histories: the nearer they follow, the more they count;
/// counts are damped by the popularity of both products.
/// </summary>
public sealed class CooccurrenceRecommender : StoredRecommender
{
    /// <summary>Its name and model type.</summary>
    public const string ModelName = "cooccurrence";

    private const string PriorTensor = "prior";
    private readonly SparseRows _rows;
    private readonly CooccurrenceOptions _options;

    private CooccurrenceRecommender(IReadOnlyList<string> productIds, float[] prior, SparseRows rows, CooccurrenceOptions options)
        : base(ModelName, productIds, prior) => (_rows, _options) = (rows, options);

    /// <summary>Counts pairs; bit-identical at any thread count.</summary>
    /// <exception cref="TrainingDataException">No training rows.</exception>
    public static CooccurrenceRecommender Fit(TrainingHistories histories, CooccurrenceOptions options, CancellationToken cancellationToken) =>
        Fit(histories, options, -1, cancellationToken);

    internal static CooccurrenceRecommender Fit(TrainingHistories histories, CooccurrenceOptions options, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PopularityPrior.RequireRows(histories, ModelName);
        var occurrences = Occurrences.Of(histories);
        var count = histories.Products.Count;
        var targetDamping = new double[count];
        for (var product = 0; product < count; product++) targetDamping[product] = Math.Pow(occurrences.CountOf(product) + options.Shrinkage, options.TargetPower);
        var longest = 0;
        for (var unit = 0; unit < histories.UnitCount; unit++) longest = Math.Max(longest, histories.Offsets[unit + 1] - histories.Offsets[unit]);
        var gains = new double[Math.Min(options.MaximumDistance, Math.Max(1, longest - 1))];
        for (var i = 0; i < gains.Length; i++) gains[i] = Math.Pow(i + 1, -options.DistancePower);
        var rows = RowSelection.Make(count, options.Neighbours, threads, (product, scratch) =>
        {
            foreach (var row in occurrences.RowsOf(product))
            {
                var unit = occurrences.Units[row];
                var (start, end) = (histories.Offsets[unit], histories.Offsets[unit + 1]);
                CooccurrenceCounts.Add(histories.ProductIndexes.AsSpan(start, end - start), row - start, gains, options.Backward, scratch);
            }

            CooccurrenceCounts.Normalise(scratch, Math.Pow(occurrences.CountOf(product) + options.Shrinkage, options.SourcePower), targetDamping);
        }, cancellationToken);
        return new CooccurrenceRecommender(histories.Products.Ids, PopularityPrior.Of(histories, options.PopularityWeight), rows, options);
    }

    /// <summary>Reads a saved folder.</summary>
    /// <exception cref="CheckpointException">Not such a folder.</exception>
    public static CooccurrenceRecommender Load(string folder) => From(ModelFolder.Read(folder));

    internal static CooccurrenceRecommender From(ModelFolder folder) => new(
        folder.ProductIds,
        folder.Checkpoint[PriorTensor].Singles().ToArray(),
        SparseRows.From(folder.Checkpoint, folder.ProductIds.Count),
        CooccurrenceOptions.FromOptions(folder.Options));

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
