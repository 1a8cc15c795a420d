using System.Numerics;

namespace Touchstone.Numerics;

/// <summary>
/// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64. Its stream is part of the format: it is the same in every version
/// and on every machine. Not safe from several threads: give each its own seed.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spareNormal = double.NaN;

    /// <summary>Starts the stream of a seed.</summary>
    public SeededRandom(ulong seed)
    {
        _s0 = StableHash.Mix(seed);
        _s1 = StableHash.Mix(seed + 0x9E3779B97F4A7C15UL);
        _s2 = StableHash.Mix(seed + 0x3C6EF372FE94F82AUL);
        _s3 = StableHash.Mix(seed ^ 0xD1B54A32D192ED03UL);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, exclusiveMaximum), without bias (Lemire 2019).</summary>
    public int NextInt(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        var bound = (uint)exclusiveMaximum;
        var product = (NextUInt64() >> 32) * bound;
        if ((uint)product < bound)
        {
            var threshold = (uint)(-(int)bound) % bound;
            while ((uint)product < threshold) product = (NextUInt64() >> 32) * bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            var spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var s = (u * u) + (v * v);
            if (s is >= 1 or 0) continue;
            var factor = Math.Sqrt(-2 * Math.Log(s) / s);
            _spareNormal = v * factor;
            return u * factor;
        }
    }

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
