namespace Touchstone.Recommendation.Content;

/// <summary>Options of <c>content</c>.</summary>
public sealed record ContentOptions
{
    /// <summary>What a word of the title counts; 0 leaves titles out.</summary>
    public double TitleWeight { get; init => field = OptionReader.InRange(value, "title_weight", 0, 100); } = 1;

    /// <summary>What the brand counts.</summary>
    public double BrandWeight { get; init => field = OptionReader.InRange(value, "brand_weight", 0, 100); } = 1;

    /// <summary>What each step of the category path counts.</summary>
    public double CategoryWeight { get; init => field = OptionReader.InRange(value, "category_weight", 0, 100); } = 0.75;

    /// <summary>Terms in more than this share of products are left out: they tell nothing and cost time.</summary>
    public double MaximumProductRate { get; init => field = OptionReader.InRange(value, "maximum_product_rate", 0, 1); } = 0.3;

    /// <summary>A product n steps back in the history counts (n + 1)^-power.</summary>
    public double HistoryPower { get; init => field = OptionReader.InRange(value, "history_power", 0, 10); } = 1;

    /// <summary>How many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 0, int.MaxValue); } = 50;

    /// <summary>What popularity (count / largest count) adds to the cosine.</summary>
    public double PopularityWeight { get; init => field = OptionReader.InRange(value, "popularity_weight", 0, 1000); } = 0.3;

    /// <summary>Combinations worth choosing from on validation, the defaults first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } = OptionGrid.Of(
        new ContentOptions().ToOptions(),
        ("category_weight", ["0.5", "0.75"]),
        ("history_power", ["0.75", "1", "1.5"]),
        ("popularity_weight", ["0.01", "0.1", "0.3"]));

    /// <summary>Reads options by their snake_case names.</summary>
    /// <exception cref="OptionException">An unknown option or a value out of range.</exception>
    public static ContentOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(ContentRecommender.ModelName, options);
        var defaults = new ContentOptions();
        var read = new ContentOptions
        {
            TitleWeight = reader.Number("title_weight", defaults.TitleWeight),
            BrandWeight = reader.Number("brand_weight", defaults.BrandWeight),
            CategoryWeight = reader.Number("category_weight", defaults.CategoryWeight),
            MaximumProductRate = reader.Number("maximum_product_rate", defaults.MaximumProductRate),
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
        ["title_weight"] = OptionReader.Print(TitleWeight),
        ["brand_weight"] = OptionReader.Print(BrandWeight),
        ["category_weight"] = OptionReader.Print(CategoryWeight),
        ["maximum_product_rate"] = OptionReader.Print(MaximumProductRate),
        ["history_power"] = OptionReader.Print(HistoryPower),
        ["history_length"] = OptionReader.Print(HistoryLength),
        ["popularity_weight"] = OptionReader.Print(PopularityWeight),
    };
}
