namespace Touchstone.Numerics;

/// <summary>Order of strings by their UTF-8 bytes (equal to the order of code points), whatever the culture.</summary>
public static class Utf8Ordinal
{
    /// <summary>Comparer form of <see cref="Compare"/>.</summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>Negative where <paramref name="left"/> comes first. UTF-16 order differs from it only where surrogates meet U+E000 and above.</summary>
    public static int Compare(string? left, string? right)
    {
        if (left is null || right is null) return left is null ? (right is null ? 0 : -1) : 1;
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] == right[i]) continue;
            return Weight(left[i]) - Weight(right[i]);
        }

        return left.Length - right.Length;
    }

    // Surrogates (code points from U+10000) follow the rest of the basic plane.
    private static int Weight(char c) => c switch
    {
        >= '\uE000' => c - 0x800,
        >= '\uD800' => c + 0x2000,
        _ => c,
    };
}
