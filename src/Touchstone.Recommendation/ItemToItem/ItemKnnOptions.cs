namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Options of <c>item-knn</c>.</summary>
public sealed record ItemKnnOptions
{
    /// <summary>How alike two products are.</summary>
    public SimilarityKind Similarity { get; init; }

    /// <summary>Added to the denominator, so that few common units mean less.</summary>
    public double Shrinkage { get; init => field = OptionReader.InRange(value, "shrinkage", 0, double.PositiveInfinity); } = 10;

    /// <summary>Neighbours kept for each product recommended: the most alike, equal ones by id.</summary>
    public int Neighbours { get; init => field = OptionReader.InRange(value, "neighbours", 1, int.MaxValue); } = 200;

    /// <summary>A product n steps back in the history counts (n + 1)^-power.</summary>
    public double HistoryPower { get; init => field = OptionReader.InRange(value, "history_power", 0, 10); } = 0.75;

    /// <summary>How many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 0, int.MaxValue); } = 100;

    /// <summary>What popularity (count / largest count) adds to a score.</summary>
    public double PopularityWeight { get; init => field = OptionReader.InRange(value, "popularity_weight", 0, 1000); } = 1e-5;

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
