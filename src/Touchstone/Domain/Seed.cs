using Touchstone.Numerics;

namespace Touchstone.Domain;

/// <summary>Where all chance comes from; the same seed gives the same run.</summary>
/// <param name="Value">Any 64 bits.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>A seed of its own for one purpose, so that one part's draws never shift another's.</summary>
    /// <param name="purpose">A name that is stable between versions, e.g. <c>bootstrap</c>.</param>
    public Seed For(string purpose) => new(StableHash.Of(purpose, Value));

    /// <summary>A seed of its own for the n-th repetition of one purpose.</summary>
    public Seed For(string purpose, long n) => new(StableHash.Mix(StableHash.Of(purpose, Value) + (ulong)n));

    /// <summary>A generator that starts at this seed.</summary>
    public SeededRandom NewRandom() => new(Value);
}
