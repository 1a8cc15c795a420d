using Touchstone.Domain;

namespace Touchstone.Models.Features;

/// <summary>The text that stands for a product wherever a language model reads it: the same in training and in serving.</summary>
public static class ProductText
{
    /// <summary>Title, brand, category and description of a product of the table, in this order, without what is missing.</summary>
    /// <param name="products">The products.</param>
    /// <param name="product">Index in the table.</param>
    /// <returns>The text; empty where nothing is known.</returns>
    public static string Of(ProductTable products, int product)
    {
        ArgumentNullException.ThrowIfNull(products);
        return Of(products.Titles[product], products.Brands[product], products.Categories[product], products.Descriptions[product]);
    }

    /// <summary>The parts that are there, joined by a full stop so that a word never runs over their border.</summary>
    /// <param name="title">Title, or empty.</param>
    /// <param name="brand">Brand, or empty; left out where the title names it.</param>
    /// <param name="category">Category path, root first, joined by <c> &gt; </c>, or empty.</param>
    /// <param name="description">Description, or empty.</param>
    public static string Of(string title, string brand, string category, string description)
    {
        var isBrandNamed = brand.Length > 0 && title.Contains(brand, StringComparison.OrdinalIgnoreCase);
        string[] parts = [title, isBrandNamed ? "" : brand, category, description];
        return string.Join(" . ", parts.Select(part => part.Trim()).Where(part => part.Length > 0));
    }

    /// <summary>Last step of the category, brand and title: what is left of a product in a history, whose room is short.</summary>
    /// <param name="products">The products.</param>
    /// <param name="product">Index in the table.</param>
    public static string Abridged(ProductTable products, int product)
    {
        ArgumentNullException.ThrowIfNull(products);
        var category = products.Categories[product];
        var leaf = category[(category.LastIndexOf('>') + 1)..];
        return Of(leaf, products.Brands[product], products.Titles[product], "");
    }
}
