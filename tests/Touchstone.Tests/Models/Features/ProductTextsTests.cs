using Touchstone.Domain;
using Touchstone.Models.Features;

namespace Touchstone.Tests.Models.Features;

public sealed class ProductTextsTests
{
    [Fact]
    public void A_product_has_its_own_text_then_other_languages_and_the_attributes_that_it_shares()
    {
        var products = new ProductTable(["a", "b", "c"]) { Titles = ["Lamp", "Lamp red", ""], Brands = ["Lux", "", ""] };
        CatalogueEntry[] entries =
        [
            Entry("a", [("colour", "red"), ("number", "A-1"), ("weight", "2")], new CatalogueText("en", "Lamp", "Lux", "", ""), new CatalogueText("zh", "灯", "Lux", "", "")),
            Entry("b", [("colour", "red"), ("number", "B-7"), ("weight", "2")], new CatalogueText("en", "Lamp red", "", "", "")),
            Entry("c", [("colour", "red")]),
            Entry("elsewhere", [("colour", "red")], new CatalogueText("en", "Rug", "", "", "")),
        ];
        var texts = ProductTexts.Of(products, entries);
        Assert.Equal(["Lamp . Lux", "Lamp red", "", "Lamp . colour red", "灯 . Lux", "Lamp red . colour red"], texts.Texts);
        Assert.Equal([0, 1, 2, 0, 0, 1], texts.Owners);
    }

    private static CatalogueEntry Entry(string id, (string Name, string Value)[] attributes, params CatalogueText[] words) =>
        new() { Id = id, Texts = words, Attributes = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal) };
}
