using TorchSharp;
using Touchstone.Learning;
using Touchstone.Learning.Autoencoders;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Tests.Learning.Autoencoders;

[Collection(LibTorchTestsInTurn.Name)]
public sealed class EaseTrainerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Singles_agree_with_doubles()
    {
        LibTorchTestsInTurn.Require();
        var histories = TinyHistories.Random(1, 200, 40);
        var single = EaseTrainer.Fit(histories, new EaseOptions { Lambda = 20, Neighbours = 0 }, 2, Cancellation);
        var twice = EaseTrainer.Fit(histories, new EaseOptions { Lambda = 20, Neighbours = 0, IsDoublePrecision = true }, 2, Cancellation);
        Assert.Equal(twice.Columns, single.Columns);
        for (var i = 0; i < single.Values.Length; i++) Assert.Equal(twice.Values[i], single.Values[i], 1e-5f);
    }

    [Fact]
    public void The_same_number_of_threads_gives_the_same_bits()
    {
        LibTorchTestsInTurn.Require();
        var histories = TinyHistories.Random(2, 300, 150);
        var first = EaseTrainer.Fit(histories, new EaseOptions(), 2, Cancellation);
        var second = EaseTrainer.Fit(histories, new EaseOptions(), 2, Cancellation);
        Assert.Equal(first.Values, second.Values);
        Assert.Equal(first.Columns, second.Columns);
    }

    [Fact]
    public void No_product_recommends_itself_and_rows_keep_their_largest_weights()
    {
        LibTorchTestsInTurn.Require();
        var histories = TinyHistories.Random(3, 200, 60);
        var all = EaseTrainer.Fit(histories, new EaseOptions { Neighbours = 0 }, 2, Cancellation);
        var few = EaseTrainer.Fit(histories, new EaseOptions { Neighbours = 5 }, 2, Cancellation);
        for (var row = 0; row < 60; row++)
        {
            var every = Row(all, row);
            var kept = Row(few, row);
            Assert.DoesNotContain(every, entry => entry.Column == row);
            Assert.Equal(kept.OrderBy(entry => entry.Column), kept);
            Assert.Equal(every.OrderByDescending(entry => Math.Abs(entry.Value)).ThenBy(entry => entry.Column).Take(5).Order(), kept.Order());
        }
    }

    [Fact]
    public void Repeats_count_once_unless_asked_for()
    {
        LibTorchTestsInTurn.Require();
        var once = EaseTrainer.Fit(TinyHistories.Of(3, [[1, 1, 0], [0, 1, 1]]), new EaseOptions { Lambda = 1 }, 1, Cancellation);
        var twice = EaseTrainer.Fit(TinyHistories.Of(3, [[2, 1, 0], [0, 1, 3]]), new EaseOptions { Lambda = 1 }, 1, Cancellation);
        var counted = EaseTrainer.Fit(TinyHistories.Of(3, [[2, 1, 0], [0, 1, 3]]), new EaseOptions { Lambda = 1, CountsRepeats = true }, 1, Cancellation);
        Assert.Equal(once.Values, twice.Values);
        Assert.NotEqual(once.Values, counted.Values);
    }

    [Fact]
    public void The_count_of_live_tensors_is_flat()
    {
        LibTorchTestsInTurn.Require();
        var histories = TinyHistories.Random(4, 100, 50);
        EaseTrainer.Fit(histories, new EaseOptions(), 2, Cancellation);
        var before = torch.Tensor.TotalCount;
        for (var run = 0; run < 5; run++) EaseTrainer.Fit(histories, new EaseOptions(), 2, Cancellation);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void One_product_has_no_weights()
    {
        LibTorchTestsInTurn.Require();
        var weights = EaseTrainer.Fit(TinyHistories.Of(1, [[1]]), new EaseOptions(), 2, Cancellation);
        Assert.Equal([0, 0], weights.RowStarts);
        Assert.Empty(weights.Values);
    }

    [Fact]
    public void A_saved_model_is_an_item_to_item_folder_and_says_nothing_of_LibTorch()
    {
        LibTorchTestsInTurn.Require();
        var folder = Directory.CreateTempSubdirectory("touchstone-ease").FullName;
        try
        {
            var weights = EaseTrainer.Fit(TinyHistories.Random(5, 80, 20), new EaseOptions { Lambda = 10 }, 2, Cancellation);
            weights.Save(folder);
            var stored = ModelFolder.Read(folder);
            Assert.Equal(("item-to-item", "ease"), (stored.ModelType, stored.Name));
            Assert.Equal("10", stored.Options["lambda"]);
            Assert.Equal(weights.ProductIds, stored.ProductIds);
            Assert.Equal(weights.RowStarts, stored.Checkpoint["indptr"].Int64s().ToArray());
            Assert.Equal(weights.Columns, stored.Checkpoint["indices"].Int32s().ToArray());
            Assert.Equal(weights.Values, stored.Checkpoint["values"].Singles().ToArray());
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void Histories_without_rows_are_refused()
    {
        LibTorchTestsInTurn.Require();
        var fault = Assert.Throws<ArgumentException>(() => EaseTrainer.Fit(TinyHistories.Of(2, [[0, 0]]), new EaseOptions(), 2, Cancellation));
        Assert.StartsWith("There are no training rows; EASE learns from histories.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_too_small_for_singles_is_refused_with_the_remedy()
    {
        LibTorchTestsInTurn.Require();
        var histories = TinyHistories.Of(3, [.. Enumerable.Repeat<int[]>([1, 1, 1], 1000)]);
        var fault = Assert.Throws<TrainingOptionException>(() => EaseTrainer.Fit(histories, new EaseOptions { Lambda = 1e-9 }, 2, Cancellation));
        Assert.Equal("ease: the matrix is not positive definite with lambda = 1E-09 in float32; raise lambda, or set precision to float64.", fault.Message);
    }

    private static (int Column, float Value)[] Row(ItemToItemWeights weights, int row)
    {
        var (start, end) = ((int)weights.RowStarts[row], (int)weights.RowStarts[row + 1]);
        return [.. weights.Columns[start..end].Zip(weights.Values[start..end])];
    }
}
