using System.Globalization;

namespace Touchstone.Cli.Commands;

/// <summary>Options that hold several values, parted by commas.</summary>
internal static class ListOption
{
    /// <summary>The values, trimmed, without empty ones; none for an option that is not there.</summary>
    public static string[] Of(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Two finite numbers, decimals with a point; null where there are not two.</summary>
    public static (double First, double Second)? TwoNumbers(string text) =>
        text.Split(',') is [var first, var second]
        && double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var one) && double.IsFinite(one)
        && double.TryParse(second, NumberStyles.Float, CultureInfo.InvariantCulture, out var two) && double.IsFinite(two)
            ? (one, two)
            : null;
}
