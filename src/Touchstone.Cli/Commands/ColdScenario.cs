using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Cli.Commands;

/// <summary>A shop in which a share of the products came only after training: nothing learned saw their sales or their texts.</summary>
internal sealed record ColdScenario
{
    /// <summary>[product] whether it is cold.</summary>
    public required bool[] IsCold { get; init; }

    /// <summary>The catalogue as training saw it: cold products have no words.</summary>
    public required ProductTable Seen { get; init; }

    /// <summary>Training rows without those of cold products.</summary>
    public required TrainingHistories Histories { get; init; }

    /// <summary>Cold products.</summary>
    public int Count => IsCold.Count(cold => cold);

    /// <summary>Draws products by a hash of their id and takes them out of the training rows.</summary>
    public static ColdScenario Of(TrainingHistories histories, double share, Seed seed)
    {
        var products = histories.Products;
        var salt = seed.For("cold products").Value;
        var isCold = Array.ConvertAll(products.Ids, id => (StableHash.Of(id, salt) >> 11) * (1.0 / (1UL << 53)) < share);
        var seen = new ProductTable(products.Ids) { Prices = products.Prices, UnitCosts = products.UnitCosts };
        for (var i = 0; i < products.Count; i++)
        {
            if (isCold[i]) continue;
            (seen.Titles[i], seen.Brands[i], seen.Categories[i], seen.Descriptions[i]) = (products.Titles[i], products.Brands[i], products.Categories[i], products.Descriptions[i]);
        }

        List<int> offsets = [0], rows = [];
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            for (var row = histories.Offsets[unit]; row < histories.Offsets[unit + 1]; row++)
                if (!isCold[histories.ProductIndexes[row]]) rows.Add(histories.ProductIndexes[row]);
            if (rows.Count > offsets[^1]) offsets.Add(rows.Count);
        }

        return new ColdScenario { IsCold = isCold, Seen = seen, Histories = new TrainingHistories { Products = products, Offsets = [.. offsets], ProductIndexes = [.. rows] } };
    }
}
