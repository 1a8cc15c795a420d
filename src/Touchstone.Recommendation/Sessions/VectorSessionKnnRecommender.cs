using System.Collections.Concurrent;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.Sessions;

/// <summary>
/// V-SkNN (Ludewig and Jannach 2018): sessions that share products with the current one vote for their other products; products at the
/// end of the current session count more, when neighbours are sought and when they vote.
/// </summary>
public sealed class VectorSessionKnnRecommender : StoredRecommender
{
    /// <summary>Its name and model type.</summary>
    public const string ModelName = "vsknn";

    private const string PriorTensor = "prior";
    private const int LongestGain = 50;
    private readonly SessionIndex _index;
    private readonly VectorSessionKnnOptions _options;
    private readonly float[] _idf;
    private readonly float[] _gains;
    private readonly ConcurrentBag<SessionNeighbours.Scratch> _scratches = [];

    private VectorSessionKnnRecommender(IReadOnlyList<string> productIds, float[] prior, SessionIndex index, VectorSessionKnnOptions options)
        : base(ModelName, productIds, prior)
    {
        (_index, _options) = (index, options);
        _idf = options.IdfWeight == 0 ? [] : new float[productIds.Count];
        for (var product = 0; product < _idf.Length; product++)
            _idf[product] = (float)(1 + (options.IdfWeight * Math.Log(index.Count / (double)Math.Max(1, index.SessionsWith(product).Length))));
        _gains = new float[options.DistancePower == 0 ? 1 : LongestGain];
        for (var distance = 0; distance < _gains.Length; distance++)
            _gains[distance] = (float)Math.Pow(Math.Max(1, distance), -options.DistancePower);
    }

    /// <summary>Indexes the sessions.</summary>
    /// <exception cref="TrainingDataException">No training rows.</exception>
    public static VectorSessionKnnRecommender Fit(TrainingHistories histories, VectorSessionKnnOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PopularityPrior.RequireRows(histories, ModelName);
        cancellationToken.ThrowIfCancellationRequested();
        return new VectorSessionKnnRecommender(histories.Products.Ids, PopularityPrior.Of(histories, options.PopularityWeight), SessionIndex.Of(histories), options);
    }

    /// <summary>Reads a saved folder.</summary>
    /// <exception cref="CheckpointException">Not such a folder.</exception>
    public static VectorSessionKnnRecommender Load(string folder) => From(ModelFolder.Read(folder));

    internal static VectorSessionKnnRecommender From(ModelFolder folder) => new(
        folder.ProductIds,
        folder.Checkpoint[PriorTensor].Singles().ToArray(),
        SessionIndex.From(folder.Checkpoint, folder.ProductIds.Count),
        VectorSessionKnnOptions.FromOptions(folder.Options));

    private protected override void AddScores(ReadOnlySpan<int> history, Span<float> scores)
    {
        if (history.Length > _options.HistoryLength) history = history[^_options.HistoryLength..];
        if (!_scratches.TryTake(out var scratch)) scratch = new SessionNeighbours.Scratch(_index.Count, ProductIds.Count);
        SessionNeighbours.AddVotes(_index, history, _options, _idf, _gains, scratch, scores);
        _scratches.Add(scratch);
    }

    private protected override ModelFolder ToFolder() => new()
    {
        ModelType = ModelName,
        Name = Name,
        Options = _options.ToOptions(),
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint { Tensors = [.. _index.ToTensors(), NamedTensor.Of(PriorTensor, Prior)] },
    };
}
