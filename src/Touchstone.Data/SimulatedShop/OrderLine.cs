namespace Touchstone.Data.SimulatedShop;

/// <summary>One line of an order with its money in hundredths of the currency, and what comes back of it.</summary>
/// <param name="Product">Product index.</param>
/// <param name="AtMs">When, ms since 1970 UTC.</param>
/// <param name="Order">Order of the shopper, from 0.</param>
/// <param name="Quantity">Units.</param>
/// <param name="DiscountCents">Discount of the whole line.</param>
/// <param name="RevenueCents">Net of discount.</param>
/// <param name="MarginCents">Revenue less cost.</param>
/// <param name="ReturnedAtMs">When it is sent back whole, 0 where it is kept.</param>
internal readonly record struct OrderLine(
    int Product, long AtMs, int Order, int Quantity, long DiscountCents, long RevenueCents, long MarginCents, long ReturnedAtMs);
