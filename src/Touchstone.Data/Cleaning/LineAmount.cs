using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>Money of one order line before discount: quantity × unit price, negative where a sale is taken back.</summary>
internal static class LineAmount
{
    /// <summary>Decimals that the clean tables hold; a longer number is rounded to them (half to even).</summary>
    public const int Decimals = 12;

    /// <summary>Decimals of an amount.</summary>
    public const int AmountDecimals = 18;

    private const decimal MostOfAField = 1e15m;
    private const decimal MostOfALine = 1e18m;

    /// <summary>The amount in the row's currency; null where the price is unknown or the row is no order line.</summary>
    public static decimal? Of(Interaction row)
    {
        if (row.Kind is not (InteractionKind.Purchase or InteractionKind.Return) || row.UnitPrice is not { } price || !IsCountable(row)) return null;
        var amount = decimal.Round((row.Quantity ?? 1) * price, AmountDecimals);
        return row.Kind == InteractionKind.Return ? -Math.Abs(amount) : amount;
    }

    /// <summary>Whether all its numbers are small enough to be summed exactly.</summary>
    public static bool IsCountable(Interaction row) =>
        Fits(row.Quantity) && Fits(row.UnitPrice) && Fits(row.Discount) && Fits(row.Tax) && Fits(row.Shipping) && Fits(row.UnitCost) && Fits(row.Rating)
        && (row.Quantity is not { } quantity || row.UnitPrice is not { } price || price == 0 || Math.Abs(quantity) < MostOfALine / Math.Max(1, Math.Abs(price)));

    private static bool Fits(decimal? value) => value is not { } v || Math.Abs(v) < MostOfAField;
}
