namespace Touchstone.Recommendation.Meaning;

/// <summary>Options of the recommender by meaning.</summary>
public sealed record MeaningOptions
{
    /// <summary>Combinations worth choosing from on validation, the defaults first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } = OptionGrid.Of(
        new MeaningOptions().ToOptions(),
        ("history_power", ["1", "2"]),
        ("popularity_weight", ["0.01", "0.1", "0.2"]));

    /// <summary>A product n steps back in the history counts (n + 1)^-power; in [0, 10].</summary>
    public double HistoryPower { get; init => field = OptionReader.InRange(value, "history_power", 0, 10); } = 4;

    /// <summary>How many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 0, int.MaxValue); } = 10;

    /// <summary>Weight of the popularity prior beside cosines; at least 0.</summary>
    public double PopularityWeight { get; init => field = OptionReader.InRange(value, "popularity_weight", 0, double.PositiveInfinity); } = 0.05;

    /// <summary>Reads options by their snake_case names.</summary>
    /// <exception cref="OptionException">An unknown option or a value out of range.</exception>
    public static MeaningOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(MeaningRecommender.ModelName, options);
        var defaults = new MeaningOptions();
        var read = new MeaningOptions
        {
            HistoryPower = reader.Number("history_power", defaults.HistoryPower),
            HistoryLength = reader.Whole("history_length", defaults.HistoryLength),
            PopularityWeight = reader.Number("popularity_weight", defaults.PopularityWeight),
        };
        reader.Finish();
        return read;
    }

    /// <summary>The same as text pairs.</summary>
    public IReadOnlyDictionary<string, string> ToOptions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["history_power"] = OptionReader.Print(HistoryPower),
        ["history_length"] = OptionReader.Print(HistoryLength),
        ["popularity_weight"] = OptionReader.Print(PopularityWeight),
    };
}
