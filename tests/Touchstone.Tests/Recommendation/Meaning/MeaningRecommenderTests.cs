using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Meaning;

namespace Touchstone.Tests.Recommendation.Meaning;

public sealed class MeaningRecommenderTests : IDisposable
{
    private static readonly float[] s_vectors = [1, 0, 0.6f, 0.8f, 0, 1, 0, 0];
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Scores_are_cosines_with_the_weighted_mean_of_the_history()
    {
        var model = MeaningRecommender.Fit(Histories(), s_vectors, 2, new MeaningOptions { HistoryPower = 1, PopularityWeight = 0 });
        var scores = new float[4];
        // Newest first: b counts 1, a one half.
        model.Score([0, 1], [], scores);
        var (x, y) = (0.6 + 0.5, 0.8);
        var norm = Math.Sqrt((x * x) + (y * y));
        Assert.Equal(x / norm, scores[0], 1e-6);
        Assert.Equal(((0.6 * x) + (0.8 * y)) / norm, scores[1], 1e-6);
        Assert.Equal(y / norm, scores[2], 1e-6);
        Assert.Equal(0, scores[3]); // without a text there is no opinion
    }

    [Fact]
    public void An_empty_or_unknown_history_leaves_the_prior()
    {
        var model = MeaningRecommender.Fit(Histories(), s_vectors, 2, new MeaningOptions());
        var (empty, unknown) = (new float[4], new float[4]);
        model.Score([], [], empty);
        model.Score([-1, 3], [], unknown);
        Assert.Equal(empty, unknown);
        Assert.True(empty[0] > empty[2]);
    }

    [Fact]
    public void Saved_and_read_again_it_scores_the_same_bits()
    {
        var model = MeaningRecommender.Fit(Histories(), s_vectors, 2, new MeaningOptions { HistoryPower = 0.5 });
        model.Save(_folder);
        var (before, after) = (new float[4], new float[4]);
        model.Score([0, 1, 2], [], before);
        RecommenderFolder.Load(_folder).Score([0, 1, 2], [], after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Vectors_that_do_not_fit_or_are_not_finite_are_refused_by_name()
    {
        Assert.StartsWith("6 components for 4 products of 2 each.", Assert.Throws<ArgumentException>(() => MeaningRecommender.Fit(Histories(), s_vectors[..6], 2, new MeaningOptions())).Message, StringComparison.Ordinal);
        float[] broken = [.. s_vectors];
        broken[5] = float.NaN;
        Assert.StartsWith("The vector of product c is not finite.", Assert.Throws<ArgumentException>(() => MeaningRecommender.Fit(Histories(), broken, 2, new MeaningOptions())).Message, StringComparison.Ordinal);
        new ModelFolder
        {
            ModelType = MeaningRecommender.ModelName,
            Name = "meaning",
            ProductIds = ["a", "b"],
            Checkpoint = new Checkpoint { Tensors = [NamedTensor.Of("vectors", s_vectors, 4, 2), NamedTensor.Of("prior", [0f, 0f])] },
        }.Write(_folder);
        Assert.Contains("vectors is [4, 2]; expected [2, dimension].", Assert.Throws<CheckpointException>(() => RecommenderFolder.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.StartsWith("meaning has no option \"pover\"", Assert.Throws<OptionException>(() => MeaningOptions.FromOptions(new Dictionary<string, string> { ["pover"] = "1" })).Message, StringComparison.Ordinal);
    }

    private static TrainingHistories Histories() => new() { Products = new ProductTable(["a", "b", "c", "d"]), Offsets = [0, 3], ProductIndexes = [0, 0, 1] };
}
