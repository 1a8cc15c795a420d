using System.Globalization;
using Touchstone.Numerics;

namespace Touchstone.Serving.Slates;

/// <summary>A set of products as exposures keep it: how many, and a hash that does not depend on their order.</summary>
/// <param name="Count">Products.</param>
/// <param name="Sum">Sum of the products' hashes, modulo 2⁶⁴: a product is added or taken away in one step.</param>
public readonly record struct EligibleSet(int Count, ulong Sum)
{
    /// <summary>The set without a product that is in it.</summary>
    public EligibleSet Without(ulong productHash) => new(Count - 1, unchecked(Sum - productHash));

    /// <summary>The set with a product that is not in it.</summary>
    public EligibleSet With(ulong productHash) => new(Count + 1, unchecked(Sum + productHash));

    /// <summary>Hash of a product for such sums.</summary>
    public static ulong HashOf(string product) => StableHash.Of(product);

    /// <summary>The hash as text: 16 hexadecimal digits.</summary>
    public string Hash => Sum.ToString("x16", CultureInfo.InvariantCulture);
}
