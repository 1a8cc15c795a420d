using Touchstone.Domain;

namespace Touchstone.Learning.Autoencoders;

/// <summary>Which unit had which product how often, by units and by products.</summary>
internal sealed record UnitProducts
{
    /// <summary>How many products.</summary>
    internal required int ProductCount { get; init; }

    /// <summary>[unit + 1] unit u owns the entries UnitStarts[u] .. UnitStarts[u + 1].</summary>
    internal required int[] UnitStarts { get; init; }

    /// <summary>[entry] product, ascending within a unit.</summary>
    internal required int[] UnitProductIndexes { get; init; }

    /// <summary>[entry] how often, from 1.</summary>
    internal required int[] UnitCounts { get; init; }

    /// <summary>[product + 1] product p owns the entries ProductStarts[p] .. ProductStarts[p + 1].</summary>
    internal required int[] ProductStarts { get; init; }

    /// <summary>[entry] unit, ascending within a product.</summary>
    internal required int[] ProductUnits { get; init; }

    /// <summary>[entry] how often, from 1.</summary>
    internal required int[] ProductCounts { get; init; }

    /// <summary>Counts histories.</summary>
    /// <param name="histories">Rows by unit.</param>
    /// <param name="countsRepeats">Whether a product had twice counts twice; else once.</param>
    internal static UnitProducts From(TrainingHistories histories, bool countsRepeats)
    {
        var productCount = histories.Products.Count;
        var unitStarts = new int[histories.UnitCount + 1];
        var products = new List<int>(histories.ProductIndexes.Length);
        var counts = new List<int>(histories.ProductIndexes.Length);
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            var rows = histories.ProductIndexes[histories.Offsets[unit]..histories.Offsets[unit + 1]];
            Array.Sort(rows);
            for (var i = 0; i < rows.Length; i++)
            {
                if (i > 0 && rows[i] == rows[i - 1])
                {
                    if (countsRepeats) counts[^1]++;
                    continue;
                }

                products.Add(rows[i]);
                counts.Add(1);
            }

            unitStarts[unit + 1] = products.Count;
        }

        var productStarts = new int[productCount + 1];
        foreach (var product in products) productStarts[product + 1]++;
        for (var product = 0; product < productCount; product++) productStarts[product + 1] += productStarts[product];
        var next = productStarts[..productCount];
        var (productUnits, productCounts) = (new int[products.Count], new int[products.Count]);
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            for (var entry = unitStarts[unit]; entry < unitStarts[unit + 1]; entry++)
            {
                var place = next[products[entry]]++;
                (productUnits[place], productCounts[place]) = (unit, counts[entry]);
            }
        }

        return new UnitProducts
        {
            ProductCount = productCount,
            UnitStarts = unitStarts,
            UnitProductIndexes = [.. products],
            UnitCounts = [.. counts],
            ProductStarts = productStarts,
            ProductUnits = productUnits,
            ProductCounts = productCounts,
        };
    }
}
