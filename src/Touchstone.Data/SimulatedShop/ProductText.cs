namespace Touchstone.Data.SimulatedShop;

/// <summary>Titles, descriptions, categories and queries in English and Chinese.</summary>
internal static class ProductText
{
    /// <summary>Title of a product.</summary>
    public static string Title(Catalogue catalogue, int product, bool chinese)
    {
        var (leaf, names, brand) = Parts(catalogue, product);
        var (series, feature) = (Vocabulary.Series[names.Series], Vocabulary.Features[leaf.Root][names.Feature]);
        return chinese
            ? FormattableString.Invariant($"{brand.Chinese} {series.Chinese}{names.Number} {feature.Chinese}{leaf.Chinese}")
            : FormattableString.Invariant($"{brand.English} {series.English} {names.Number} {feature.English} {leaf.EnglishOne}");
    }

    /// <summary>Description of a product.</summary>
    public static string Description(Catalogue catalogue, int product, bool chinese)
    {
        var (leaf, names, _) = Parts(catalogue, product);
        var feature = Vocabulary.Features[leaf.Root][names.Feature];
        var other = Vocabulary.Features[leaf.Root][names.OtherFeature];
        var (use, colour) = (Vocabulary.Uses[leaf.Root][names.Use], Vocabulary.Colours[names.Colour]);
        return chinese
            ? $"{colour.Chinese}{leaf.Chinese},{feature.Chinese}、{other.Chinese},适合{use.Chinese}。"
            : $"{feature.English[..1].ToUpperInvariant()}{feature.English[1..]}, {other.English} {leaf.EnglishOne} in {colour.English}. Made for {use.English}.";
    }

    /// <summary>Category path of a product, root first.</summary>
    public static string Category(Catalogue catalogue, int product, bool chinese)
    {
        var leaf = Vocabulary.Leaves[catalogue.LeafOf[product]];
        var root = Vocabulary.Roots[leaf.Root];
        return chinese ? $"{root.Chinese} > {leaf.Chinese}" : $"{root.English} > {leaf.English}";
    }

    /// <summary>What a shopper types who looks for a kind of product.</summary>
    /// <param name="leafIndex">The kind.</param>
    /// <param name="chinese">In Chinese, else in English.</param>
    /// <param name="random">The shopper's whim.</param>
    public static string Query(int leafIndex, bool chinese, ref ShopperRandom random)
    {
        var leaf = Vocabulary.Leaves[leafIndex];
        var features = Vocabulary.Features[leaf.Root];
        var feature = features[(int)(random.NextDouble() * features.Length)];
        var isPlain = random.NextDouble() < 0.45;
        if (chinese) return isPlain ? leaf.Chinese : feature.Chinese + leaf.Chinese;
        return isPlain ? leaf.English.ToLowerInvariant() : $"{feature.English} {leaf.English.ToLowerInvariant()}";
    }

    /// <summary>What a shopper types who looks for one product: brand, series and kind.</summary>
    public static string Query(Catalogue catalogue, int product, bool chinese)
    {
        var (leaf, names, brand) = Parts(catalogue, product);
        var series = Vocabulary.Series[names.Series];
        return chinese ? $"{brand.Chinese}{series.Chinese}{leaf.Chinese}" : $"{brand.English} {series.English} {leaf.English}".ToLowerInvariant();
    }

    private static (CategoryWords Leaf, ProductNames Names, (string English, string Chinese, int[] Roots) Brand) Parts(Catalogue catalogue, int product) =>
        (Vocabulary.Leaves[catalogue.LeafOf[product]], catalogue.Names[product], Vocabulary.Brands[catalogue.BrandOf[product]]);
}
