using System.Numerics.Tensors;
using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>One shopper's nature, redrawn in place for the next.</summary>
internal sealed class ShopperTaste
{
    private readonly float[] _taste = new float[Catalogue.Dimensions];
    private readonly float[] _leafWeights = new float[Market.LeafCount];

    /// <summary>How dear things may be, standard normal.</summary>
    public double Budget { get; private set; }

    /// <summary>Visits over the whole log.</summary>
    public double Visits { get; private set; }

    /// <summary>Point in busy time from which the shopper knows the shop.</summary>
    public double Start { get; private set; }

    /// <summary>Whether the shopper searches in Chinese.</summary>
    public bool IsChinese { get; private set; }

    /// <summary>Draws the next shopper.</summary>
    public void Draw(Market market, ref ShopperRandom random)
    {
        for (var d = 0; d < Catalogue.Dimensions; d += 2)
        {
            var (first, second) = random.NextNormals();
            (_taste[d], _taste[d + 1]) = ((float)first, (float)second);
        }

        var (budget, rate) = random.NextNormals();
        Budget = budget;
        Visits = market.Days / 365.0 * 12 * Math.Exp((0.6 * rate) - 0.18);
        var arrival = random.NextDouble();
        Start = arrival < 0.6 ? 0 : (arrival - 0.6) / 0.4 * 0.9;
        IsChinese = random.NextDouble() < 0.3;
        var tastes = market.Catalogue.LeafTastes;
        for (var leaf = 0; leaf < _leafWeights.Length; leaf++) _leafWeights[leaf] = 0.45f * Dot(tastes, leaf);
        TensorPrimitives.Exp(_leafWeights, _leafWeights);
    }

    /// <summary>The leaf that a visit is about.</summary>
    /// <param name="demand">[leaf] demand of the week.</param>
    /// <param name="point">Uniform in [0, 1).</param>
    public int Intent(ReadOnlySpan<float> demand, double point)
    {
        var weights = _leafWeights.AsSpan(0, demand.Length);
        var left = (float)point * FixedOrder.Dot(weights, demand);
        for (var leaf = 0; leaf < demand.Length - 1; leaf++)
        {
            left -= weights[leaf] * demand[leaf];
            if (left < 0) return leaf;
        }

        return demand.Length - 1;
    }

    /// <summary>How well a product's style suits.</summary>
    public double Liking(Catalogue catalogue, int product) => Dot(catalogue.Styles, product);

    private float Dot(float[] vectors, int at)
    {
        var vector = vectors.AsSpan(at * Catalogue.Dimensions, Catalogue.Dimensions);
        var sum = 0f;
        for (var d = 0; d < vector.Length; d++) sum += vector[d] * _taste[d];
        return sum;
    }
}
