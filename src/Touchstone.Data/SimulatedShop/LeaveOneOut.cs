namespace Touchstone.Data.SimulatedShop;

/// <summary>The leave-one-out split of one shopper's purchases: the rule of Splits (a test holds the two together) on indexes, without allocation.</summary>
internal static class LeaveOneOut
{
    /// <summary>Purchases that a shopper needs to be judged.</summary>
    public const int LeastPurchases = 3;

    /// <summary>
    /// Line that is judged: the last whose product is new to the shopper, all lines before it being history. -1 where there are too few
    /// lines, or none is new but the first.
    /// </summary>
    /// <param name="products">[line] products bought, oldest first.</param>
    public static int Target(ReadOnlySpan<int> products) => products.Length < LeastPurchases ? -1 : LastNew(products);

    /// <summary>Line that options are chosen by: the last new one before the target, -1 where it would have no history.</summary>
    /// <param name="products">[line] products bought, oldest first.</param>
    /// <param name="target">The judged line.</param>
    public static int Validation(ReadOnlySpan<int> products, int target) => LastNew(products[..target]);

    // The first line is always new, but has no history.
    private static int LastNew(ReadOnlySpan<int> products)
    {
        for (var line = products.Length - 1; line > 0; line--)
        {
            if (!products[..line].Contains(products[line])) return line;
        }

        return -1;
    }
}
