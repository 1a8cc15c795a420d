using CsCheck;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Recommendation;

namespace Touchstone.Tests.Recommendation;

/// <summary>What every recommender keeps.</summary>
public abstract class RecommenderContract
{
    private static readonly Gen<int[]> Histories = Gen.Int[-1, 29].Array[0, 12];

    /// <summary>Trains with a number of threads.</summary>
    private protected abstract StoredRecommender Fit(TrainingHistories histories, int threads = 2);

    [Fact]
    public void Scores_are_finite_for_every_history()
    {
        var model = Fit(TinyShop.Random());
        Histories.Sample(history => TinyShop.Scores(model, history).All(float.IsFinite));
    }

    [Fact]
    public void Scores_are_the_same_at_one_and_two_threads_and_in_every_training()
    {
        var histories = TinyShop.Random();
        StoredRecommender[] models = [Fit(histories, 1), Fit(histories, 2), Fit(histories, 2)];
        Histories.Sample(history => models.All(model => TinyShop.Scores(model, history).SequenceEqual(TinyShop.Scores(models[0], history))));
    }

    [Fact]
    public void Scoring_from_many_threads_at_once_changes_nothing()
    {
        var model = Fit(TinyShop.Random());
        var histories = Enumerable.Range(0, 200).Select(i => new[] { i % 30, (i * 7) % 30, (i * 11) % 30 }).ToArray();
        var alone = histories.Select(history => TinyShop.Scores(model, history)).ToArray();
        var together = new float[histories.Length][];
        Parallel.For(0, histories.Length, i => together[i] = TinyShop.Scores(model, histories[i]));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_saved_model_loads_with_the_same_scores_and_saves_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var model = Fit(TinyShop.Random());
        model.Save(folder.In("first"));
        var loaded = RecommenderFolder.Load(folder.In("first"));
        loaded.Save(folder.In("second"));
        Assert.Equal(model.Name, loaded.Name);
        Assert.Equal(model.ProductIds, loaded.ProductIds);
        Assert.IsType(model.GetType(), loaded);
        Histories.Sample(history => TinyShop.Scores(model, history).SequenceEqual(TinyShop.Scores(loaded, history)));
        foreach (var file in new[] { ModelFolder.ConfigFile, ModelFolder.ProductsFile, ModelFolder.TensorsFile })
            Assert.Equal(File.ReadAllBytes(folder.In("first", file)), File.ReadAllBytes(folder.In("second", file)));
    }

    [Fact]
    public void A_damaged_folder_is_refused_with_the_file_named()
    {
        using var folder = new TemporaryFolder();
        Fit(TinyShop.Random()).Save(folder.Path);
        var products = File.ReadAllText(folder.In(ModelFolder.ProductsFile));
        File.WriteAllText(folder.In(ModelFolder.ProductsFile), """["p000"]""");
        Assert.Throws<CheckpointException>(() => RecommenderFolder.Load(folder.Path));
        File.WriteAllText(folder.In(ModelFolder.ProductsFile), products);
        File.Delete(folder.In(ModelFolder.TensorsFile));
        Assert.Contains(ModelFolder.TensorsFile, Assert.Throws<CheckpointException>(() => RecommenderFolder.Load(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.In(ModelFolder.ConfigFile), """{"model_type":"oracle"}""");
        Fit(TinyShop.Random()).Save(folder.In("again"));
        File.Copy(folder.In("again", ModelFolder.TensorsFile), folder.In(ModelFolder.TensorsFile));
        Assert.Equal($"{folder.Path}: model type \"oracle\" is unknown; train it again with this version, or read it with the one that wrote it.", Assert.Throws<CheckpointException>(() => RecommenderFolder.Load(folder.Path)).Message);
    }

    [Fact]
    public void One_shopper_and_one_product_are_enough()
    {
        Assert.True(float.IsFinite(TinyShop.Scores(Fit(TinyShop.Of([[0]], 1)), 0)[0]));
        Assert.All(TinyShop.Scores(Fit(TinyShop.Of([[2, 2, 1]], 3)), 2, 2, 2, 1), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Unknown_products_of_a_history_add_nothing()
    {
        var model = Fit(TinyShop.Random());
        Assert.Equal(TinyShop.Scores(model), TinyShop.Scores(model, -1, -1));
        Assert.Equal("history[1] = 30; the model has products 0 to 29, and -1 for one that it does not know. (Parameter 'history')", Assert.Throws<ArgumentException>(() => TinyShop.Scores(model, 0, 30)).Message);
    }

    [Fact]
    public void Scores_of_another_length_are_refused() =>
        Assert.Equal("scores has length 3; the model has 30 products. (Parameter 'scores')", Assert.Throws<ArgumentException>(() => Fit(TinyShop.Random()).Score([], [], new float[3])).Message);

    [Fact]
    public void Renaming_the_products_moves_the_scores_with_them()
    {
        var histories = TinyShop.Random();
        var count = histories.Products.Count;
        var to = Enumerable.Range(0, count).ToArray();
        new Seed(5).NewRandom().Shuffle<int>(to);
        var moved = histories with
        {
            Products = new ProductTable(histories.Products.Ids) { Titles = Move(histories.Products.Titles), Brands = Move(histories.Products.Brands), Categories = Move(histories.Products.Categories) },
            ProductIndexes = [.. histories.ProductIndexes.Select(product => to[product])],
        };
        var (before, after) = (Fit(histories), Fit(moved));
        int[][] samples = [[], [3], [3, 4, 5], [29, 0, 7, 7, 12]];
        foreach (var history in samples)
        {
            var original = TinyShop.Scores(before, history);
            var renamed = TinyShop.Scores(after, [.. history.Select(product => to[product])]);
            for (var product = 0; product < count; product++) Assert.Equal(original[product], renamed[to[product]], 1e-5f);
        }

        string[] Move(string[] column)
        {
            var result = new string[count];
            for (var i = 0; i < count; i++) result[to[i]] = column[i];
            return result;
        }
    }
}

/// <summary>What every recommender keeps that trains here.</summary>
public abstract class TrainedRecommenderContract(string name) : RecommenderContract
{
    [Fact]
    public void It_is_found_by_its_name()
    {
        Assert.Contains(name, Recommenders.Names);
        var histories = TinyShop.Random();
        var model = Recommenders.Fit(name, histories, new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        Assert.Equal(name, model.Name);
        Assert.Equal(histories.Products.Ids, model.ProductIds);
        Assert.Equal(TinyShop.Scores(Fit(histories), 1, 2), TinyShop.Scores(model, 1, 2));
    }

    [Fact]
    public void No_training_rows_are_a_clear_error() =>
        Assert.Equal($"{name}: there are no training rows; check that cleaning and the split left some.", Assert.Throws<TrainingDataException>(() => Fit(TinyShop.Of([], 3))).Message);

    [Fact]
    public void A_cancelled_training_stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Recommenders.Fit(name, TinyShop.Random(), new Dictionary<string, string>(), new CancellationToken(canceled: true)));

    [Fact]
    public void An_unknown_option_names_the_nearest_known_one()
    {
        var (mistyped, nearest) = name == "popularity" ? ("halflife_days", "half_life_days") : ("popularityweight", "popularity_weight");
        var message = Assert.Throws<OptionException>(() => Recommenders.Fit(name, TinyShop.Random(), new Dictionary<string, string> { [mistyped] = "1" }, TestContext.Current.CancellationToken)).Message;
        Assert.StartsWith($"{name} has no option \"{mistyped}\"; did you mean \"{nearest}\"? Known: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_grid_begins_with_the_defaults_and_every_entry_trains()
    {
        var grid = Recommenders.Grid(name);
        Assert.InRange(grid.Count, 1, 30);
        Assert.Empty(grid[0]);
        var histories = TinyShop.Random();
        foreach (var options in grid)
            Assert.All(TinyShop.Scores(Recommenders.Fit(name, histories, options, TestContext.Current.CancellationToken), 1, 2), score => Assert.True(float.IsFinite(score)));
    }
}
