namespace Touchstone.Recommendation.Popularity;

/// <summary>Options of <c>popularity</c>.</summary>
public sealed record PopularityOptions
{
    /// <summary>Only rows of the last days before the newest training row count; 0 counts all. Without times it has no effect.</summary>
    public double WindowDays { get; init => field = OptionReader.InRange(value, "window_days", 0, double.PositiveInfinity); }

    /// <summary>A row counts half after so many days; 0 counts all alike. Without times it has no effect.</summary>
    public double HalfLifeDays { get; init => field = OptionReader.InRange(value, "half_life_days", 0, double.PositiveInfinity); }

    /// <summary>Combinations worth choosing from on validation, the defaults first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } = OptionGrid.Of(
        new PopularityOptions().ToOptions(),
        ("window_days", ["0", "30", "90", "365"]),
        ("half_life_days", ["0", "30", "90", "365"]));

    /// <summary>Reads <c>window_days</c> and <c>half_life_days</c>.</summary>
    /// <exception cref="OptionException">An unknown option or a value out of range.</exception>
    public static PopularityOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(PopularityRecommender.ModelName, options);
        var defaults = new PopularityOptions();
        var read = new PopularityOptions
        {
            WindowDays = reader.Number("window_days", defaults.WindowDays),
            HalfLifeDays = reader.Number("half_life_days", defaults.HalfLifeDays),
        };
        reader.Finish();
        return read;
    }

    /// <summary>The same as text pairs.</summary>
    public IReadOnlyDictionary<string, string> ToOptions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["half_life_days"] = OptionReader.Print(HalfLifeDays),
        ["window_days"] = OptionReader.Print(WindowDays),
    };
}
