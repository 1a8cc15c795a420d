namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Options of <c>item-knn</c>.</summary>
public sealed record ItemKnnOptions
{
    /// <summary>How alike two products are.</summary>
    public SimilarityKind Similarity { get; init; }

    /// <summary>Added to the denominator, so that few common units mean less.</summary>
    public double Shrinkage { get; init => field = OptionReader.InRange(value, "shrinkage", 0, double.PositiveInfinity); } = 50;

    /// <summary>Neighbours kept for each product recommended: the most alike, equal ones by id.</summary>
    public int Neighbours { get; init => field = OptionReader.InRange(value, "neighbours", 1, int.MaxValue); } = 20;

    /// <summary>A product n steps back in the history counts (n + 1)^-power.</summary>
    public double HistoryPower { get; init => field = OptionReader.InRange(value, "history_power", 0, 10); } = 0.9;

    /// <summary>How many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 0, int.MaxValue); } = 100;

    /// <summary>What popularity (count / largest count) adds to a score.</summary>
    public double PopularityWeight { get; init => field = OptionReader.InRange(value, "popularity_weight", 0, 1000); } = 0.01;

    /// <summary>Combinations worth choosing from on validation, the defaults first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } = OptionGrid.Of(
        new ItemKnnOptions().ToOptions(),
        ("similarity", ["cosine", "jaccard"]),
        ("shrinkage", ["10", "50", "100"]),
        ("neighbours", ["20", "100"]),
        ("history_power", ["0.6", "0.9"]));

    /// <summary>Reads options by their snake_case names.</summary>
    /// <exception cref="OptionException">An unknown option or a value out of range.</exception>
    public static ItemKnnOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(ItemKnnRecommender.ModelName, options);
        var defaults = new ItemKnnOptions();
        var read = new ItemKnnOptions
        {
            Similarity = reader.Choice("similarity", defaults.Similarity),
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
        ["similarity"] = OptionReader.Word(Similarity),
        ["shrinkage"] = OptionReader.Print(Shrinkage),
        ["neighbours"] = OptionReader.Print(Neighbours),
        ["history_power"] = OptionReader.Print(HistoryPower),
        ["history_length"] = OptionReader.Print(HistoryLength),
        ["popularity_weight"] = OptionReader.Print(PopularityWeight),
    };
}
