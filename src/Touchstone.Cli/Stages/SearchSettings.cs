using Touchstone.Data.Configuration;
using Touchstone.Search;
using Touchstone.Search.Lexical;

namespace Touchstone.Cli.Stages;

/// <summary>The section <c>search:</c> of shop.yaml as the index's own settings.</summary>
internal static class SearchSettings
{
    /// <summary>Card of the index that shop.yaml asks for.</summary>
    public static SearchIndexCard Card(SearchConfiguration search)
    {
        var d = new SearchIndexCard();
        return d with
        {
            FusionK = search.FusionK ?? d.FusionK,
            Lexical = new LexicalOptions
            {
                TitleWeight = search.TitleWeight ?? d.Lexical.TitleWeight,
                BrandWeight = search.BrandWeight ?? d.Lexical.BrandWeight,
                CategoryWeight = search.CategoryWeight ?? d.Lexical.CategoryWeight,
                DescriptionWeight = search.DescriptionWeight ?? d.Lexical.DescriptionWeight,
                AttributesWeight = search.AttributesWeight ?? d.Lexical.AttributesWeight,
                K1 = search.K1 ?? d.Lexical.K1,
                B = search.B ?? d.Lexical.B,
            },
        };
    }
}
