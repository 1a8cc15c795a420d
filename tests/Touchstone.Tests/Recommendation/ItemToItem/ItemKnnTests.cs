using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.ItemToItem;

namespace Touchstone.Tests.Recommendation.ItemToItem;

public sealed class ItemKnnContractTests() : TrainedRecommenderContract("item-knn")
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads) => ItemKnnRecommender.Fit(histories, new ItemKnnOptions(), threads, CancellationToken.None);
}

public sealed class ItemKnnTests
{
    [Fact]
    public void Similarities_neighbours_and_scores_equal_the_known_answers()
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(SharedData.Folder("truth", "recsys", "classic.json")));
        var count = 0;
        foreach (var known in truth.RootElement.GetProperty("cases").EnumerateArray().Where(known => known.GetProperty("group").GetString() == "itemknn"))
        {
            count++;
            var input = known.GetProperty("input");
            var x = Table(input.GetProperty("X"));
            var kind = Enum.Parse<SimilarityKind>(input.GetProperty("similarity").GetString() ?? "", ignoreCase: true);
            var (products, expected, tolerance) = (x[0].Length, known.GetProperty("expected"), known.GetProperty("tol").GetDouble());
            var cells = from unit in Enumerable.Range(0, x.Length) from product in Enumerable.Range(0, products) where x[unit][product] != 0 select (unit, product, x[unit][product]);
            var matrix = new UnitMatrix(x.Length, products, [.. cells]);
            var sizes = ItemSimilarity.Sizes(matrix, kind);
            var kept = new double[products][];
            for (var product = 0; product < products; product++)
            {
                var scratch = new RowSelection.Scratch(products);
                ItemSimilarity.Fill(matrix, product, kind, input.GetProperty("shrink").GetDouble(), sizes, scratch);
                Near(Table(expected.GetProperty("similarity"))[product], scratch.Sums, tolerance, known);
                RowSelection.Trim(scratch, input.GetProperty("k").GetInt32());
                kept[product] = scratch.Sums;
            }

            for (var row = 0; row < products; row++) Near(Table(expected.GetProperty("top_k"))[row], [.. kept.Select(column => column[row])], tolerance, known);
            for (var unit = 0; unit < x.Length; unit++)
                Near(Table(expected.GetProperty("scores"))[unit], [.. kept.Select(column => column.Zip(x[unit], (weight, value) => weight * value).Sum())], tolerance, known);
            if (x.All(row => row.All(value => value is 0 or 1))) Serves(x, input, kind, Table(expected.GetProperty("scores")), known);
        }

        Assert.True(count >= 4);
    }

    [Fact]
    public void A_repeated_purchase_is_one_unit_with_both()
    {
        var options = new ItemKnnOptions { PopularityWeight = 0, HistoryPower = 0 };
        Assert.Equal(
            TinyShop.Scores(ItemKnnRecommender.Fit(TinyShop.Of([[0, 1], [1, 2]], 3), options, CancellationToken.None), 0, 2),
            TinyShop.Scores(ItemKnnRecommender.Fit(TinyShop.Of([[0, 1, 1, 0], [2, 1, 2]], 3), options, CancellationToken.None), 0, 2));
    }

    // The recommender itself, on binary cases: float scores of every unit's own history.
    private static void Serves(double[][] x, JsonElement input, SimilarityKind kind, double[][] scores, JsonElement known)
    {
        int[][] units = [.. x.Select(row => Enumerable.Range(0, row.Length).Where(product => row[product] != 0).ToArray())];
        var options = new ItemKnnOptions { Similarity = kind, Shrinkage = input.GetProperty("shrink").GetDouble(), Neighbours = input.GetProperty("k").GetInt32(), HistoryPower = 0, PopularityWeight = 0 };
        var model = ItemKnnRecommender.Fit(TinyShop.Of(units, x[0].Length), options, CancellationToken.None);
        for (var unit = 0; unit < x.Length; unit++) Near(scores[unit], Array.ConvertAll(TinyShop.Scores(model, units[unit]), score => (double)score), 1e-6, known);
    }

    private static double[][] Table(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray())];

    private static void Near(double[] expected, double[] actual, double tolerance, JsonElement known)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{known.GetProperty("id")}: {expected[i]} expected, {actual[i]} found");
    }
}
