namespace Touchstone.Domain;

/// <summary>Words of a product in one language; what is missing is empty.</summary>
/// <param name="Locale">BCP 47, e.g. <c>zh-CN</c>; empty where unknown.</param>
/// <param name="Title">Title.</param>
/// <param name="Brand">Brand.</param>
/// <param name="Category">Category path, root first, joined by <c> &gt; </c>.</param>
/// <param name="Description">Description.</param>
public sealed record CatalogueText(string Locale, string Title, string Brand, string Category, string Description);

/// <summary>A product of the catalogue with its words in every language: what an index is made of.</summary>
public sealed record CatalogueEntry
{
    /// <summary>Product id.</summary>
    public required string Id { get; init; }

    /// <summary>Its words, one entry a language, the catalogue's first language first.</summary>
    public required IReadOnlyList<CatalogueText> Texts { get; init; }

    /// <summary>Price of one unit in the reporting currency, NaN where unknown.</summary>
    public double Price { get; init; } = double.NaN;

    /// <summary>Other columns: name → text.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
