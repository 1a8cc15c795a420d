namespace Touchstone.Domain;

/// <summary>A metric day by day after exposure, over units that were seen on all of these days, reduced to moments.</summary>
public sealed record DailyMoments
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Days after exposure, each of 24 hours.</summary>
    public required int Days { get; init; }

    /// <summary>
    /// [arm] ordinal by name: a column a day, and the means of a day over the early and over the late days of each unit, of a ratio each with its
    /// denominator. Products are formed of a day's own columns, and of early with late; the others are NaN.
    /// </summary>
    public required IReadOnlyList<VariantMoments> Arms { get; init; }

    /// <summary>Early days: the first half, a middle day with the late ones.</summary>
    public int EarlyDays => Days / 2;

    /// <summary>Column of the early days.</summary>
    public static string Early => "early";

    /// <summary>Column of the late days.</summary>
    public static string Late => "late";

    /// <summary>Column of a day.</summary>
    /// <param name="day">From 1.</param>
    public static string Day(int day) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"day {day}");

    /// <summary>Column of a ratio's denominator.</summary>
    /// <param name="column">Column of the numerator.</param>
    public static string Denominator(string column) => column + " denominator";
}
