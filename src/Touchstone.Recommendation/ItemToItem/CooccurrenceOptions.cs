namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Options of <c>cooccurrence</c>.</summary>
public sealed record CooccurrenceOptions
{
    /// <summary>A pair d steps apart counts d^-power.</summary>
    public double DistancePower { get; init => field = OptionReader.InRange(value, "distance_power", 0, 10); } = 0.5;

    /// <summary>What a pair counts against its order: 1 forgets the order, 0 looks forward only.</summary>
    public double Backward { get; init => field = OptionReader.InRange(value, "backward", 0, 1); } = 0.25;

    /// <summary>Pairs further apart than this many steps don't count.</summary>
    public int MaximumDistance { get; init => field = OptionReader.InRange(value, "maximum_distance", 1, int.MaxValue); } = 50;

    /// <summary>Weights are divided by (rows of the product in the history + shrinkage)^power.</summary>
    public double SourcePower { get; init => field = OptionReader.InRange(value, "source_power", 0, 2); } = 0.5;

    /// <summary>Weights are divided by (rows of the product recommended + shrinkage)^power.</summary>
    public double TargetPower { get; init => field = OptionReader.InRange(value, "target_power", 0, 2); } = 0.25;

    /// <summary>Rows added to both counts, so that rare products don't win by chance.</summary>
    public double Shrinkage { get; init => field = OptionReader.InRange(value, "shrinkage", 0, double.PositiveInfinity); } = 20;

    /// <summary>Weights kept a product: the largest.</summary>
    public int Neighbours { get; init => field = OptionReader.InRange(value, "neighbours", 1, int.MaxValue); } = 1000;

    /// <summary>A product n steps back in the history counts (n + 1)^-power.</summary>
    public double HistoryPower { get; init => field = OptionReader.InRange(value, "history_power", 0, 10); } = 1.1;

    /// <summary>How many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 0, int.MaxValue); } = 100;

    /// <summary>What popularity (count / largest count) adds to a score.</summary>
    public double PopularityWeight { get; init => field = OptionReader.InRange(value, "popularity_weight", 0, 1000); } = 0.01;

    /// <summary>Combinations worth choosing from on validation, the defaults first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } = OptionGrid.Of(
        new CooccurrenceOptions().ToOptions(),
        ("distance_power", ["0.25", "0.5", "1"]),
        ("backward", ["0.1", "0.25", "0.5"]),
        ("history_power", ["0.75", "1.1", "1.5"]));

    /// <summary>Reads options by their snake_case names.</summary>
    /// <exception cref="OptionException">An unknown option or a value out of range.</exception>
    public static CooccurrenceOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(CooccurrenceRecommender.ModelName, options);
        var defaults = new CooccurrenceOptions();
        var read = new CooccurrenceOptions
        {
            DistancePower = reader.Number("distance_power", defaults.DistancePower),
            Backward = reader.Number("backward", defaults.Backward),
            MaximumDistance = reader.Whole("maximum_distance", defaults.MaximumDistance),
            SourcePower = reader.Number("source_power", defaults.SourcePower),
            TargetPower = reader.Number("target_power", defaults.TargetPower),
            Shrinkage = reader.Number("shrinkage", defaults.Shrinkage),
            Neighbours = reader.Whole("neighbours", defaults.Neighbours),
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
        ["distance_power"] = OptionReader.Print(DistancePower),
        ["backward"] = OptionReader.Print(Backward),
        ["maximum_distance"] = OptionReader.Print(MaximumDistance),
        ["source_power"] = OptionReader.Print(SourcePower),
        ["target_power"] = OptionReader.Print(TargetPower),
        ["shrinkage"] = OptionReader.Print(Shrinkage),
        ["neighbours"] = OptionReader.Print(Neighbours),
        ["history_power"] = OptionReader.Print(HistoryPower),
        ["history_length"] = OptionReader.Print(HistoryLength),
        ["popularity_weight"] = OptionReader.Print(PopularityWeight),
    };
}
