namespace Touchstone.Numerics;

/// <summary>A 64-bit hash that is the same on every machine and in every version: FNV-1a over UTF-8, finished by SplitMix64's mixer.</summary>
public static class StableHash
{
    /// <summary>Hash of a text under a salt.</summary>
    public static ulong Of(string text, ulong salt = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = 14695981039346656037UL ^ Mix(salt);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(bytes);
            for (var i = 0; i < count; i++) hash = (hash ^ bytes[i]) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>SplitMix64's finaliser (Steele, Lea and Flood 2014): a bijection that spreads every input bit over the output.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
