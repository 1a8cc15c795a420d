using Touchstone.Domain;

namespace Touchstone.Tests.Recommendation;

/// <summary>Small made-up training histories, some with repeats, sessions and times.</summary>
internal static class TinyShop
{
    internal static readonly string[] Words = ["red", "blue", "cotton", "shirt", "mug", "面膜", "保湿面膜", "noël"];

    internal static TrainingHistories Random(ulong seed = 1, int products = 30, int units = 80, bool withTimes = false)
    {
        var random = new Seed(seed).NewRandom();
        var rows = new List<List<int>>();
        for (var unit = 0; unit < units; unit++)
        {
            var taste = random.NextInt(products);
            rows.Add([.. Enumerable.Range(0, 1 + random.NextInt(9)).Select(_ => (taste + random.NextInt(6)) % products)]);
        }

        return Of([.. rows.Select(row => row.ToArray())], products, withTimes);
    }

    internal static TrainingHistories Of(int[][] units, int products, bool withTimes = false)
    {
        var offsets = new List<int> { 0 };
        foreach (var unit in units) offsets.Add(offsets[^1] + unit.Length);
        var rows = units.SelectMany(unit => unit).ToArray();
        return new TrainingHistories
        {
            Products = Products(products),
            Offsets = [.. offsets],
            ProductIndexes = rows,
            OccurredAtMs = withTimes ? [.. rows.Select((_, row) => 1_700_000_000_000L + (row * 3_600_000L))] : [],
        };
    }

    internal static ProductTable Products(int count)
    {
        var random = new Seed(9).NewRandom();
        return new ProductTable([.. Enumerable.Range(0, count).Select(i => $"p{i:000}")])
        {
            Titles = [.. Enumerable.Range(0, count).Select(_ => $"{Words[random.NextInt(8)]} {Words[random.NextInt(8)]} {Words[random.NextInt(8)]}")],
            Brands = [.. Enumerable.Range(0, count).Select(i => $"brand {i % 4}")],
            Categories = [.. Enumerable.Range(0, count).Select(i => $"shop > aisle {i % 7}")],
        };
    }

    internal static float[] Scores(IRecommender model, params int[] history)
    {
        var scores = new float[model.ProductIds.Count];
        Array.Fill(scores, float.NaN);
        model.Score(history, [], scores);
        return scores;
    }
}
