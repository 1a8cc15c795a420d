using System.Globalization;

namespace Touchstone.Domain;

/// <summary>An amount with its currency. Amounts are not rounded before they are summed.</summary>
/// <param name="Amount">In units of the currency, unrounded.</param>
/// <param name="Currency">ISO 4217 code.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>Sum of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => left.Currency == right.Currency
        ? new Money(left.Amount + right.Amount, left.Currency)
        : throw new InvalidOperationException($"Cannot add {right.Currency} to {left.Currency}: convert by a dated rate first.");

    /// <summary>Sum of two amounts of one currency.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>Invariant, with two decimals and the code behind.</summary>
    public override string ToString() => Amount.ToString("#,##0.00", CultureInfo.InvariantCulture) + " " + Currency;
}
