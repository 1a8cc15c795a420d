using System.Globalization;
using System.Runtime.CompilerServices;

namespace Touchstone.Data.Sources;

/// <summary>Numbers in bytes, always invariant.</summary>
internal static class NumberText
{
    // Exact as doubles: a whole number below 2^53 times or by one of these is correctly rounded (Clinger 1990).
    private static readonly double[] s_powers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>A number, the nearest double; NaN and infinities are read as such.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (TryPlain(text, out value)) return true;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return true;
        var isNegative = text.Length > 0 && text[0] == '-';
        var rest = isNegative || (text.Length > 0 && text[0] == '+') ? text[1..] : text;
        if (rest.Length != 3 || (rest[0] | 0x20) != 'i' || (rest[1] | 0x20) != 'n' || (rest[2] | 0x20) != 'f') return false;
        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryPlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty) return false;
        var at = text[0] == '-' ? 1 : 0;
        var (digits, decimals, seen, isFraction) = (0L, 0, 0, false);
        for (; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if ((uint)digit <= 9)
            {
                digits = (digits * 10) + digit;
                seen++;
                if (isFraction) decimals++;
            }
            else if (text[at] == '.' && !isFraction) isFraction = true;
            else return false;
        }

        if (seen is 0 or > 15) return false;
        value = digits / s_powers[decimals];
        if (text[0] == '-') value = -value;
        return true;
    }
}
