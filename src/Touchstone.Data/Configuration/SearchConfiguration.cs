namespace Touchstone.Data.Configuration;

/// <summary>The <c>search:</c> section; null = the searcher's own default.</summary>
public sealed record SearchConfiguration
{
    /// <summary>How often the title counts.</summary>
    public double? TitleWeight { get; init; }

    /// <summary>How often the brand counts.</summary>
    public double? BrandWeight { get; init; }

    /// <summary>How often the category path counts.</summary>
    public double? CategoryWeight { get; init; }

    /// <summary>How often the description counts.</summary>
    public double? DescriptionWeight { get; init; }

    /// <summary>How often the attributes count.</summary>
    public double? AttributesWeight { get; init; }

    /// <summary>How slowly repetition of a word saturates.</summary>
    public double? K1 { get; init; }

    /// <summary>How much length counts, in [0, 1].</summary>
    public double? B { get; init; }

    /// <summary>k of the fusion by reciprocal rank.</summary>
    public double? FusionK { get; init; }

    internal static SearchConfiguration Read(YamlMap map)
    {
        var section = new SearchConfiguration
        {
            TitleWeight = map.NumberOrNull("title_weight", 0),
            BrandWeight = map.NumberOrNull("brand_weight", 0),
            CategoryWeight = map.NumberOrNull("category_weight", 0),
            DescriptionWeight = map.NumberOrNull("description_weight", 0),
            AttributesWeight = map.NumberOrNull("attributes_weight", 0),
            K1 = map.NumberOrNull("k1", 0),
            B = map.NumberOrNull("b", 0, 1),
            FusionK = map.NumberOrNull("fusion_k", 1),
        };
        map.Finish();
        return section;
    }
}
