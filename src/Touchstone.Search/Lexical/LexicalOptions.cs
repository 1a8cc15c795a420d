namespace Touchstone.Search.Lexical;

/// <summary>
/// How words are weighed. A product is scored as one text in which each field stands as often as its weight says (BM25F without lengths by
/// field, Robertson, Zaragoza and Taylor 2004): title 2, brand 1, description 1 is the text "title title brand description".
/// </summary>
public sealed record LexicalOptions
{
    /// <summary>How often the title counts, at least 0.</summary>
    public double TitleWeight { get; init => field = Weight(value, nameof(TitleWeight)); } = 2;

    /// <summary>How often the brand counts, at least 0.</summary>
    public double BrandWeight { get; init => field = Weight(value, nameof(BrandWeight)); } = 1;

    /// <summary>How often the category path counts, at least 0.</summary>
    public double CategoryWeight { get; init => field = Weight(value, nameof(CategoryWeight)); } = 1;

    /// <summary>How often the description counts, at least 0.</summary>
    public double DescriptionWeight { get; init => field = Weight(value, nameof(DescriptionWeight)); } = 1;

    /// <summary>How often the attributes count, at least 0.</summary>
    public double AttributesWeight { get; init => field = Weight(value, nameof(AttributesWeight)); } = 0.5;

    /// <summary>How slowly repetition saturates, at least 0.</summary>
    public double K1 { get; init => field = Weight(value, nameof(K1)); } = 1.2;

    /// <summary>How much length counts, in [0, 1].</summary>
    public double B { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(B), value, "Expected 0 to 1."); } = 0.75;

    /// <summary>Weight of a field of the index.</summary>
    internal double Of(string field) => field switch
    {
        LexicalFields.Title => TitleWeight,
        LexicalFields.Brand => BrandWeight,
        LexicalFields.Category => CategoryWeight,
        LexicalFields.Description => DescriptionWeight,
        LexicalFields.Attributes => AttributesWeight,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Unknown field."),
    };

    private static double Weight(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0.");
}
