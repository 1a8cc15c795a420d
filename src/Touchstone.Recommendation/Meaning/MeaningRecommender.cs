using System.Numerics.Tensors;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Numerics;

namespace Touchstone.Recommendation.Meaning;

/// <summary>
/// Products whose texts mean what those of the history mean: cosine of the encoder's vectors with their mean over the history, newer products
/// counting more. A product needs a text, not a past.
/// </summary>
public sealed class MeaningRecommender : StoredRecommender
{
    /// <summary>Its name and model type.</summary>
    public const string ModelName = "meaning";

    private const string PriorTensor = "prior", VectorsTensor = "vectors";
    private readonly float[] _vectors;
    private readonly int _dimension;
    private readonly MeaningOptions _options;

    private MeaningRecommender(IReadOnlyList<string> productIds, float[] prior, float[] vectors, int dimension, MeaningOptions options)
        : base(ModelName, productIds, prior) => (_vectors, _dimension, _options) = (vectors, dimension, options);

    /// <summary>Takes the products' vectors; behaviour gives the popularity prior only.</summary>
    /// <param name="histories">Training rows.</param>
    /// <param name="vectors">[product, dimension] of length 1, or zeros for a product without text.</param>
    /// <param name="dimension">Components of a vector.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="TrainingDataException">No training rows.</exception>
    /// <exception cref="ArgumentException">Vectors of another number, or not finite (names the product).</exception>
    public static MeaningRecommender Fit(TrainingHistories histories, float[] vectors, int dimension, MeaningOptions options)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(options);
        PopularityPrior.RequireRows(histories, ModelName);
        if (vectors.Length != histories.Products.Count * dimension)
            throw new ArgumentException($"{vectors.Length} components for {histories.Products.Count} products of {dimension} each.", nameof(vectors));
        if (NotFinite(vectors) is var at and >= 0) throw new ArgumentException($"The vector of product {histories.Products.Ids[at / dimension]} is not finite.", nameof(vectors));
        return new MeaningRecommender(histories.Products.Ids, PopularityPrior.Of(histories, options.PopularityWeight), vectors, dimension, options);
    }

    internal static MeaningRecommender From(ModelFolder folder)
    {
        var stored = folder.Checkpoint[VectorsTensor];
        if (stored.Shape.Count != 2 || stored.Shape[0] != folder.ProductIds.Count || stored.Shape[1] < 1)
            throw folder.Checkpoint.Malformed($"{VectorsTensor} is [{string.Join(", ", stored.Shape)}]; expected [{folder.ProductIds.Count}, dimension].");
        var vectors = stored.Singles().ToArray();
        if (NotFinite(vectors) is var at and >= 0) throw folder.Checkpoint.Malformed($"{VectorsTensor}[{at / stored.Shape[1]}] is not finite; the model cannot be used: train it again.");
        return new(folder.ProductIds, folder.Checkpoint[PriorTensor].Singles().ToArray(), vectors, (int)stored.Shape[1], MeaningOptions.FromOptions(folder.Options));
    }

    private protected override void AddScores(ReadOnlySpan<int> history, Span<float> scores)
    {
        var profile = new float[_dimension];
        var oldest = _options.HistoryLength > 0 ? Math.Max(0, history.Length - _options.HistoryLength) : 0;
        for (var i = history.Length - 1; i >= oldest; i--)
        {
            if (history[i] < 0) continue;
            TensorPrimitives.MultiplyAdd(Vector(history[i]), (float)Math.Pow(history.Length - i, -_options.HistoryPower), profile, profile);
        }

        var norm = (float)Math.Sqrt(FixedOrder.SumOfSquares(profile));
        if (norm == 0) return;
        TensorPrimitives.Divide(profile, norm, profile);
        for (var product = 0; product < scores.Length; product++) scores[product] += FixedOrder.Dot(Vector(product), profile);
    }

    private protected override ModelFolder ToFolder() => new()
    {
        ModelType = ModelName,
        Name = Name,
        Options = _options.ToOptions(),
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint { Tensors = [NamedTensor.Of(VectorsTensor, _vectors, ProductIds.Count, _dimension), NamedTensor.Of(PriorTensor, Prior)] },
    };

    private ReadOnlySpan<float> Vector(int product) => _vectors.AsSpan(product * _dimension, _dimension);

    private static int NotFinite(float[] vectors) => Array.FindIndex(vectors, value => !float.IsFinite(value));
}
