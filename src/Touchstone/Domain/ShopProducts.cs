namespace Touchstone.Domain;

/// <summary>The products that could be shown, as columns.</summary>
public sealed record ShopProducts
{
    /// <summary>[product] ids, each once.</summary>
    public required Utf8Ids Products { get; init; }

    /// <summary>[product] shoppers who bought it; null where nobody counted.</summary>
    public int[]? Buyers { get; init; }

    /// <summary>[product] number of its category, −1 for none; null where there are no categories.</summary>
    public int[]? Categories { get; init; }
}
