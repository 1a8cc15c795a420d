using Touchstone.Domain;
using Touchstone.Models.Features;

namespace Touchstone.Tests.Learning;

/// <summary>Products of a few kinds, and shoppers who keep to one kind: what a language model can learn in seconds.</summary>
internal static class SmallShop
{
    private static readonly string[] Kinds = ["lamp", "kettle", "jacket", "puzzle"], Colours = ["red", "blue", "green", "amber", "white", "black"], Places = ["for the home", "for work", "for winter nights"];

    /// <summary>Products with titles, brands and categories that hang together.</summary>
    public static ProductTable Products(int count = 72)
    {
        var table = new ProductTable([.. Enumerable.Range(0, count).Select(i => $"p{i:0000}")]);
        for (var i = 0; i < count; i++)
        {
            var kind = Kinds[i % Kinds.Length];
            table.Titles[i] = $"{Colours[i / 4 % Colours.Length]} {kind} {Places[i / 24 % Places.Length]}";
            table.Brands[i] = $"{kind} works";
            table.Categories[i] = $"all > {kind}s";
        }

        return table;
    }

    /// <summary>Texts of the catalogue.</summary>
    public static ProductTexts Texts(ProductTable products) => ProductTexts.Of(products, null);

    /// <summary>Histories of six products of one kind.</summary>
    public static TrainingHistories Histories(ProductTable products, int shoppers = 80, ulong seed = 1)
    {
        var random = new Seed(seed).NewRandom();
        List<int> rows = [], offsets = [0];
        for (var shopper = 0; shopper < shoppers; shopper++)
        {
            var ofKind = Enumerable.Range(0, products.Count).Where(i => i % Kinds.Length == shopper % Kinds.Length).ToArray();
            random.Shuffle<int>(ofKind);
            rows.AddRange(ofKind.Take(6));
            offsets.Add(rows.Count);
        }

        return new TrainingHistories { Products = products, Offsets = [.. offsets], ProductIndexes = [.. rows] };
    }
}
