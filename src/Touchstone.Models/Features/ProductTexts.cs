using Touchstone.Domain;

namespace Touchstone.Models.Features;

/// <summary>All texts of a catalogue: one a product first, in the products' order, then those in further languages and those of attributes.</summary>
public sealed class ProductTexts
{
    private ProductTexts(ProductTable products, string[] texts, int[] owners) => (Products, Texts, Owners) = (products, texts, owners);

    /// <summary>The products.</summary>
    public ProductTable Products { get; }

    /// <summary>[text] the text of product i at i, then further ones; empty where nothing is known.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>[text] the product it is of.</summary>
    public IReadOnlyList<int> Owners { get; }

    /// <summary>Texts of the table, and further ones.</summary>
    /// <param name="products">The catalogue; its words are the first texts.</param>
    /// <param name="entries">The same products with their words in every language and their attributes; null for none. Products that the table lacks are left out.</param>
    public static ProductTexts Of(ProductTable products, IReadOnlyList<CatalogueEntry>? entries)
    {
        ArgumentNullException.ThrowIfNull(products);
        List<string> texts = [.. Enumerable.Range(0, products.Count).Select(i => ProductText.Of(products, i))];
        List<int> owners = [.. Enumerable.Range(0, products.Count)];
        var shared = SharedValues(entries ?? []);
        foreach (var entry in entries ?? [])
        {
            var product = products.IndexOf(entry.Id);
            if (product < 0) continue;
            var attributes = entry.Attributes.Where(attribute => shared.Contains((attribute.Key, attribute.Value))).Select(attribute => $"{attribute.Key} {attribute.Value}").ToArray();
            if (attributes.Length > 0 && products.Titles[product].Length > 0)
            {
                texts.Add(string.Join(" . ", [products.Titles[product], .. attributes]));
                owners.Add(product);
            }

            foreach (var text in entry.Texts.Select(words => ProductText.Of(words.Title, words.Brand, words.Category, words.Description)).Distinct(StringComparer.Ordinal))
            {
                if (text.Length == 0 || text == texts[product]) continue;
                texts.Add(text);
                owners.Add(product);
            }
        }

        return new ProductTexts(products, [.. texts], [.. owners]);
    }

    // A value is a word for something only where several products share it: not a product's own number, and not a bare measure.
    private static HashSet<(string Name, string Value)> SharedValues(IReadOnlyList<CatalogueEntry> entries)
    {
        HashSet<(string Name, string Value)> seen = [], shared = [];
        foreach (var (name, value) in entries.SelectMany(entry => entry.Attributes))
            if (value.Any(char.IsLetter) && !seen.Add((name, value))) shared.Add((name, value));
        return shared;
    }
}
