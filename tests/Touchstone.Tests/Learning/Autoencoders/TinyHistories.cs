using Touchstone.Domain;

namespace Touchstone.Tests.Learning.Autoencoders;

internal static class TinyHistories
{
    /// <summary>Histories whose unit u has product p as often as counts[u][p] says.</summary>
    public static TrainingHistories Of(int productCount, int[][] counts)
    {
        var offsets = new List<int> { 0 };
        var rows = new List<int>();
        foreach (var unit in counts)
        {
            for (var product = 0; product < productCount; product++) rows.AddRange(Enumerable.Repeat(product, unit[product]));
            if (rows.Count > offsets[^1]) offsets.Add(rows.Count);
        }

        return new TrainingHistories
        {
            Products = new ProductTable([.. Enumerable.Range(0, productCount).Select(product => $"p{product:D4}")]),
            Offsets = [.. offsets],
            ProductIndexes = [.. rows],
        };
    }

    /// <summary>Random histories: 0 or 1, some 2.</summary>
    public static TrainingHistories Random(ulong seed, int units, int products)
    {
        var random = new Seed(seed).NewRandom();
        var counts = new int[units][];
        for (var unit = 0; unit < units; unit++)
        {
            counts[unit] = new int[products];
            for (var product = 0; product < products; product++)
            {
                var draw = random.NextDouble();
                counts[unit][product] = draw < 0.02 ? 2 : draw < 0.15 ? 1 : 0;
            }
        }

        counts[0][0] = 1;
        return Of(products, counts);
    }
}
