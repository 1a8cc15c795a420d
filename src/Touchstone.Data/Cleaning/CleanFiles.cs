namespace Touchstone.Data.Cleaning;

/// <summary>Names of the files that cleaning leaves in its folder.</summary>
public static class CleanFiles
{
    /// <summary>Rows kept, by source and line.</summary>
    public const string Interactions = "interactions.parquet";

    /// <summary>Rows that count for their product only.</summary>
    public const string ProductsOnly = "products_only.parquet";

    /// <summary>Rows rejected or merged, each with its rule.</summary>
    public const string SetAside = "set_aside.parquet";

    /// <summary>One row a product.</summary>
    public const string Products = "products.parquet";

    /// <summary>Words of products, one row a product and language.</summary>
    public const string Texts = "texts.parquet";

    /// <summary>Price, cost and availability of products from a time on.</summary>
    public const string Prices = "prices.parquet";

    /// <summary>The account.</summary>
    public const string Account = "account.json";
}
