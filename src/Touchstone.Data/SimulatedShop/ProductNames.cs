using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>The parts that a product's texts are made of, as indexes into <see cref="Vocabulary"/>.</summary>
internal readonly record struct ProductNames(int Series, int Number, int Feature, int OtherFeature, int Use, int Colour)
{
    /// <summary>Draws the parts for a product of a root category.</summary>
    public static ProductNames Draw(SeededRandom random, int root)
    {
        var features = Vocabulary.Features[root].Length;
        var feature = random.NextInt(features);
        return new ProductNames(
            random.NextInt(Vocabulary.Series.Length),
            10 * (1 + random.NextInt(90)),
            feature,
            (feature + 1 + random.NextInt(features - 1)) % features,
            random.NextInt(Vocabulary.Uses[root].Length),
            random.NextInt(Vocabulary.Colours.Length));
    }
}
