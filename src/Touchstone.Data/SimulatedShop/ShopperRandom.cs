using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// SplitMix64 as a value: starting a stream costs nothing, so that every session, slate and order line has one of its own and one
/// policy's draws never shift another's (common random numbers).
/// </summary>
internal struct ShopperRandom(ulong state)
{
    private ulong _state = state;

    /// <summary>Uniform in [0, 1) from a key and a number, without a stream.</summary>
    public static double Uniform(ulong key, ulong n) => ToUnit(StableHash.Mix(key ^ (n * 0xD6E8FEB86659FD93UL)));

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        var value = StableHash.Mix(_state);
        _state += 0x9E3779B97F4A7C15UL;
        return value;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => ToUnit(NextUInt64());

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>Two independent standard normals (Box and Muller 1958).</summary>
    public (double First, double Second) NextNormals()
    {
        var radius = Math.Sqrt(2 * NextExponential());
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
        return (radius * cos, radius * sin);
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
