namespace Touchstone.Recommendation.Sessions;

/// <summary>Options of <c>vsknn</c>.</summary>
public sealed record VectorSessionKnnOptions
{
    /// <summary>Neighbour sessions that vote: the most alike, equal ones by recency.</summary>
    public int Neighbours { get; init => field = OptionReader.InRange(value, "neighbours", 1, int.MaxValue); } = 200;

    /// <summary>Most recent sessions with a common product that are looked at (a fixed sample by hash where times are unknown).</summary>
    public int SampleSize { get; init => field = OptionReader.InRange(value, "sample_size", 1, int.MaxValue); } = 2000;

    /// <summary>Weights of the current session.</summary>
    public SessionWeighting Weighting { get; init; }

    /// <summary>Newest products of the current session that count.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 1, int.MaxValue); } = 50;

    /// <summary>A product's score is multiplied by 1 + weight × ln(sessions / sessions with it).</summary>
    public double IdfWeight { get; init => field = OptionReader.InRange(value, "idf_weight", 0, 1000); } = 0.5;

    /// <summary>Similarity is divided by (products of the neighbour)^power; 0 as published.</summary>
    public double LengthPower { get; init => field = OptionReader.InRange(value, "length_power", 0, 2); } = 0.1;

    /// <summary>A neighbour's product d steps from the newest common one counts d^-power; 0 as published.</summary>
    public double DistancePower { get; init => field = OptionReader.InRange(value, "distance_power", 0, 10); } = 0.35;

    /// <summary>What a neighbour's product counts that comes before the newest common one; 1 as published.</summary>
    public double Backward { get; init => field = OptionReader.InRange(value, "backward", 0, 1); } = 0.25;

    /// <summary>What popularity (count / largest count) adds to a score.</summary>
    public double PopularityWeight { get; init => field = OptionReader.InRange(value, "popularity_weight", 0, 1000); } = 0.5;

    /// <summary>Combinations worth choosing from on validation, the defaults first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } = OptionGrid.Of(
        new VectorSessionKnnOptions().ToOptions(),
        ("weighting", ["linear", "harmonic"]),
        ("backward", ["0.25", "0.5", "1"]),
        ("distance_power", ["0", "0.35"]),
        ("idf_weight", ["0", "0.5"]));

    /// <summary>Reads options by their snake_case names.</summary>
    /// <exception cref="OptionException">An unknown option or a value out of range.</exception>
    public static VectorSessionKnnOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(VectorSessionKnnRecommender.ModelName, options);
        var defaults = new VectorSessionKnnOptions();
        var read = new VectorSessionKnnOptions
        {
            Neighbours = reader.Whole("neighbours", defaults.Neighbours),
            SampleSize = reader.Whole("sample_size", defaults.SampleSize),
            Weighting = reader.Choice("weighting", defaults.Weighting),
            HistoryLength = reader.Whole("history_length", defaults.HistoryLength),
            IdfWeight = reader.Number("idf_weight", defaults.IdfWeight),
            LengthPower = reader.Number("length_power", defaults.LengthPower),
            DistancePower = reader.Number("distance_power", defaults.DistancePower),
            Backward = reader.Number("backward", defaults.Backward),
            PopularityWeight = reader.Number("popularity_weight", defaults.PopularityWeight),
        };
        reader.Finish();
        return read;
    }

    /// <summary>The same as text pairs.</summary>
    public IReadOnlyDictionary<string, string> ToOptions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["neighbours"] = OptionReader.Print(Neighbours),
        ["sample_size"] = OptionReader.Print(SampleSize),
        ["weighting"] = OptionReader.Word(Weighting),
        ["history_length"] = OptionReader.Print(HistoryLength),
        ["idf_weight"] = OptionReader.Print(IdfWeight),
        ["length_power"] = OptionReader.Print(LengthPower),
        ["distance_power"] = OptionReader.Print(DistancePower),
        ["backward"] = OptionReader.Print(Backward),
        ["popularity_weight"] = OptionReader.Print(PopularityWeight),
    };
}
