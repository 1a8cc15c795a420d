namespace Touchstone.Search.Lexical;

/// <summary>Names in the Lucene index: a text field is <c>field.analyzer</c>.</summary>
internal static class LexicalFields
{
    public const string Title = "title";
    public const string Brand = "brand";
    public const string Category = "category";
    public const string Description = "description";
    public const string Attributes = "attributes";

    /// <summary>Stored: product id.</summary>
    public const string Id = "id";

    /// <summary>Stored: price as invariant text; absent where unknown.</summary>
    public const string Price = "price";

    /// <summary>Stored: what hits show, JSON.</summary>
    public const string Shown = "shown";

    /// <summary>Fields with words.</summary>
    public static IReadOnlyList<string> Texts { get; } = [Title, Brand, Category, Description, Attributes];

    public static string Name(string field, string analyzer) => $"{field}.{analyzer}";

    /// <summary>Key of the commit's user data: how many products have words under an analyzer.</summary>
    public static string CountKey(string analyzer) => "products." + analyzer;
}
