using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Cli.Stages;

/// <summary>A catalogue as the columns that models read.</summary>
internal static class CatalogueTables
{
    /// <summary>Products by id, each with its words in the catalogue's first language.</summary>
    public static ProductTable Of(IReadOnlyList<CatalogueEntry> entries)
    {
        var table = new ProductTable([.. entries.Select(entry => entry.Id).Order(Utf8Ordinal.Comparer)]);
        foreach (var entry in entries)
        {
            var at = table.IndexOf(entry.Id);
            table.Prices[at] = entry.Price;
            if (entry.Texts.Count == 0) continue;
            (table.Titles[at], table.Brands[at], table.Categories[at], table.Descriptions[at]) =
                (entry.Texts[0].Title, entry.Texts[0].Brand, entry.Texts[0].Category, entry.Texts[0].Description);
        }

        return table;
    }
}
