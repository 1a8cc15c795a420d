namespace Touchstone.Data.SimulatedShop;

/// <summary>What was written where, with counts; duplicates are counted apart.</summary>
public sealed record SimulatedShopFiles
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The configuration that runs on it.</summary>
    public string ConfigurationPath => Path.Combine(Folder, "shop.yaml");

    /// <summary>Rows of products.csv: two a product.</summary>
    public required int CatalogueRowCount { get; init; }

    /// <summary>Search rows.</summary>
    public required int SearchCount { get; init; }

    /// <summary>View rows, with those that lost their product.</summary>
    public required int ViewCount { get; init; }

    /// <summary>Cart rows.</summary>
    public required int CartCount { get; init; }

    /// <summary>Purchase rows (order lines).</summary>
    public required int PurchaseCount { get; init; }

    /// <summary>Return rows.</summary>
    public required int ReturnCount { get; init; }

    /// <summary>Lines that stand twice in the files.</summary>
    public required int DuplicateLineCount { get; init; }

    /// <summary>View rows without a product.</summary>
    public required int RowsWithoutProductCount { get; init; }

    /// <summary>Rows of exposures.jsonl.</summary>
    public required int ExposureCount { get; init; }

    /// <summary>Slates in exposures.jsonl.</summary>
    public required int SlateCount { get; init; }

    /// <summary>Rows of searches.jsonl: the search rows of the events, and searches that found nothing.</summary>
    public required int LoggedSearchCount { get; init; }

    /// <summary>Rows of searches.jsonl that found nothing.</summary>
    public required int ZeroResultCount { get; init; }

    /// <summary>Sessions.</summary>
    public required int SessionCount { get; init; }

    /// <summary>Revenue of purchase lines net of discount, returns not taken off.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>Margin of purchase lines, returns not taken off.</summary>
    public required decimal Margin { get; init; }

    /// <summary>Revenue paid back for returns.</summary>
    public required decimal ReturnedRevenue { get; init; }

    /// <summary>Margin lost by returns.</summary>
    public required decimal ReturnedMargin { get; init; }
}
