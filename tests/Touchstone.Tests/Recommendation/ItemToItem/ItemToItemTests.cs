using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Recommendation;
using Touchstone.Recommendation.ItemToItem;

namespace Touchstone.Tests.Recommendation.ItemToItem;

/// <summary>Weights made elsewhere: here plain counts of pairs, less one, so that some are negative.</summary>
public sealed class ItemToItemContractTests : RecommenderContract
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads)
    {
        var count = histories.Products.Count;
        var pairs = new int[count, count];
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            for (var i = histories.Offsets[unit]; i < histories.Offsets[unit + 1]; i++)
            {
                for (var j = histories.Offsets[unit]; j < histories.Offsets[unit + 1]; j++)
                    if (i != j) pairs[histories.ProductIndexes[i], histories.ProductIndexes[j]]++;
            }
        }

        List<long> starts = [0];
        List<int> columns = [];
        List<float> values = [];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
            {
                if (pairs[row, column] == 0 || row == column) continue;
                columns.Add(column);
                values.Add(pairs[row, column] - 1.5f);
            }

            starts.Add(columns.Count);
        }

        using var folder = new TemporaryFolder();
        ItemToItemTests.Folder(histories.Products.Ids, NamedTensor.Of("indptr", [.. starts]), [.. columns], [.. values]).Write(folder.Path);
        return RecommenderFolder.Load(folder.Path);
    }
}

public sealed class ItemToItemTests
{
    [Fact]
    public void The_score_is_the_sum_of_the_historys_rows()
    {
        var model = Load(NamedTensor.Of("indptr", [0L, 2L, 3L, 3L]), [1, 2, 0], [0.5f, -1f, 2f]);
        Assert.Equal("ease", model.Name);
        Assert.Equal([2f, 0.5f, -1f], TinyShop.Scores(model, 0, 1));
        Assert.Equal([0f, 0f, 0f], TinyShop.Scores(model));
    }

    [Fact]
    public void Recency_weighs_where_the_folder_says_so() =>
        Assert.Equal([2f, 0.25f, -0.5f], TinyShop.Scores(Load(NamedTensor.Of("indptr", [0, 2, 3, 3]), [1, 2, 0], [0.5f, -1f, 2f], new Dictionary<string, string> { ["history_power"] = "1", ["lambda"] = "500" }), 0, 1));

    [Theory]
    [InlineData(new long[] { 0, 2, 3 }, "indptr has 3 elements; 3 products need 4.")]
    [InlineData(new long[] { 0, 2, 3, 4 }, "indptr runs from 0 to 4; it must run from 0 to 3.")]
    [InlineData(new long[] { 0, 3, 2, 3 }, "indptr[2] = 2 is below indptr[1] = 3; it must not fall.")]
    [InlineData(new long[] { 0, 3, 3, 3 }, "indices[2] = 0 does not follow 2 in row 0; order each row's columns, each once.")]
    public void Weights_that_are_no_matrix_are_refused_with_the_reason(long[] starts, string message) =>
        Assert.EndsWith($"{ModelFolder.TensorsFile}: {message}", Assert.Throws<CheckpointException>(() => Load(NamedTensor.Of("indptr", starts), [1, 2, 0], [0.5f, -1f, 2f])).Message, StringComparison.Ordinal);

    [Fact]
    public void Indexes_beyond_the_products_and_numbers_that_are_none_are_refused()
    {
        var starts = NamedTensor.Of("indptr", [0L, 1L, 1L, 1L]);
        Assert.EndsWith("indices[0] = 3; there are 3 products.", Assert.Throws<CheckpointException>(() => Load(starts, [3], [1f])).Message, StringComparison.Ordinal);
        Assert.EndsWith("values[0] is not finite; the model cannot be used: train it again.", Assert.Throws<CheckpointException>(() => Load(starts, [1], [float.NaN])).Message, StringComparison.Ordinal);
    }

    internal static ModelFolder Folder(IReadOnlyList<string> ids, NamedTensor starts, int[] columns, float[] values, IReadOnlyDictionary<string, string>? options = null) => new()
    {
        ModelType = ItemToItemRecommender.ModelName,
        Name = "ease",
        Options = options ?? new Dictionary<string, string>(),
        ProductIds = ids,
        Checkpoint = new Checkpoint { Tensors = [starts, NamedTensor.Of("indices", columns), NamedTensor.Of("values", values)] },
    };

    private static StoredRecommender Load(NamedTensor starts, int[] columns, float[] values, IReadOnlyDictionary<string, string>? options = null)
    {
        using var folder = new TemporaryFolder();
        Folder(["a", "b", "c"], starts, columns, values, options).Write(folder.Path);
        return RecommenderFolder.Load(folder.Path);
    }
}
