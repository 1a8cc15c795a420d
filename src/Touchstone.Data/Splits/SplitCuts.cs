using Touchstone.Data.Configuration;

namespace Touchstone.Data.Splits;

/// <summary>The two moments of a split by time or by session.</summary>
/// <param name="ValidationFromMs">First moment of the validation part, ms since 1970 UTC.</param>
/// <param name="TestFromMs">First moment of the test part, ms since 1970 UTC.</param>
internal readonly record struct SplitCuts(long ValidationFromMs, long TestFromMs)
{
    private const double TestShare = 0.1;
    private const long DayMs = 86_400_000;

    /// <summary>Dates win over days; without either the last tenth of the moments is the test, the tenth before it the validation.</summary>
    /// <param name="options">The section of shop.yaml.</param>
    /// <param name="timeZone">IANA zone in which a date begins.</param>
    /// <param name="firstMs">First moment of all.</param>
    /// <param name="lastMs">Last moment of all.</param>
    /// <param name="atShare">Moment behind which a share of the rows, or of the span, lies.</param>
    /// <exception cref="SplitException">Cuts that are out of order or outside of the rows' time.</exception>
    public static SplitCuts From(SplitConfiguration options, string timeZone, long firstMs, long lastMs, Func<double, long> atShare)
    {
        var test = options.TestFrom is { } date ? StartOf(date, timeZone)
            : options.TestDays is { } days ? lastMs - (days * DayMs) + 1
            : atShare(TestShare);
        var validation = options.ValidationFrom is { } from ? StartOf(from, timeZone)
            : options.ValidationDays is { } length ? test - (length * DayMs)
            : options.TestFrom is null && options.TestDays is null ? atShare(2 * TestShare)
            : test - Math.Max(1, lastMs - test + 1);
        if (validation >= test)
            throw new SplitException($"The validation part would begin at {Text(validation)}, not before the test part at {Text(test)}; set split.validation_from before split.test_from.");
        if (validation <= firstMs || test > lastMs)
        {
            throw new SplitException(
                $"The rows lie between {Text(firstMs)} and {Text(lastMs)}; parts from {Text(validation)} and {Text(test)} leave one empty. Set split.validation_from and split.test_from within.");
        }

        return new SplitCuts(validation, test);
    }

    private static long StartOf(DateOnly date, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var start = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(start)) start = start.AddMinutes(15);
        return new DateTimeOffset(start, zone.GetUtcOffset(start)).ToUnixTimeMilliseconds();
    }

    private static string Text(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
