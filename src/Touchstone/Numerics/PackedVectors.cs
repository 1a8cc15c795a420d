namespace Touchstone.Numerics;

/// <summary>
/// Vectors to be scored against many queries, laid out for <see cref="DenseScoring"/>: panels of <see cref="PanelWidth"/> vectors,
/// within a panel dimension by dimension, the last one filled up with zeros.
/// </summary>
public sealed class PackedVectors
{
    /// <summary>Vectors a panel.</summary>
    internal const int PanelWidth = 16;

    /// <summary>Components beyond this are refused, so that no sum of finite products can become NaN.</summary>
    internal const float Largest = 1e15f;

    private PackedVectors(float[] panels, int count, int dimension) => (Panels, Count, Dimension) = (panels, count, dimension);

    /// <summary>How many vectors.</summary>
    public int Count { get; }

    /// <summary>Components of each.</summary>
    public int Dimension { get; }

    /// <summary>[panel, dimension, place in the panel].</summary>
    internal float[] Panels { get; }

    /// <summary>How many panels.</summary>
    internal int PanelCount => (Count + PanelWidth - 1) / PanelWidth;

    /// <summary>Lays vectors out.</summary>
    /// <param name="vectors">[vector, dimension] row-major.</param>
    /// <param name="dimension">Components of each, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the dimension, or a component is not a number within ±1e15 (names it).</exception>
    public static PackedVectors From(ReadOnlySpan<float> vectors, int dimension)
    {
        Check(vectors, dimension, nameof(vectors));
        var count = vectors.Length / dimension;
        var panels = new float[(count + PanelWidth - 1) / PanelWidth * PanelWidth * dimension];
        for (var vector = 0; vector < count; vector++)
        {
            var at = vector / PanelWidth * PanelWidth * dimension + vector % PanelWidth;
            for (var component = 0; component < dimension; component++) panels[at + component * PanelWidth] = vectors[vector * dimension + component];
        }

        return new PackedVectors(panels, count, dimension);
    }

    /// <summary>Refuses vectors that could not be scored.</summary>
    internal static void Check(ReadOnlySpan<float> vectors, int dimension, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (vectors.Length % dimension != 0)
            throw new ArgumentException($"{name} has {vectors.Length} components, which is no multiple of the dimension {dimension}.", name);
        for (var i = 0; i < vectors.Length; i++)
            if (!(MathF.Abs(vectors[i]) <= Largest))
                throw new ArgumentException(FormattableString.Invariant($"{name}[{i / dimension}] has component {i % dimension} = {vectors[i]}; expected a number within ±1e15."), name);
    }
}
