namespace Touchstone.Data.SimulatedShop;

/// <summary>The question that a shopper's purchases make under the leave-one-out split.</summary>
internal static class LeaveOneOut
{
    /// <summary>Purchases that a shopper needs: one to learn from, one to validate by, one to be judged by.</summary>
    public const int LeastPurchases = 3;

    /// <summary>
    /// Line that is judged: the last purchase, where it is new to the shopper; all lines before it are history. -1 where there is none.
    /// </summary>
    /// <param name="products">[line] products bought, oldest first.</param>
    public static int Target(ReadOnlySpan<int> products)
    {
        if (products.Length < LeastPurchases) return -1;
        return products[..^1].Contains(products[^1]) ? -1 : products.Length - 1;
    }
}
