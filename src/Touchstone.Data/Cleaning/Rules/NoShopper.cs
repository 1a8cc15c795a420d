using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>The row names neither shopper nor client nor session: nobody's history can hold it, so it counts for products only.</summary>
internal sealed class NoShopper : ICleaningRule
{
    public string Name => "no-shopper";

    public string Description => "The row names neither shopper nor client nor session: nobody's history can hold it, so it counts for products only.";

    public CleaningOutcome Judge(Interaction row) => string.IsNullOrEmpty(row.Shopper) && string.IsNullOrEmpty(row.Client) && string.IsNullOrEmpty(row.Session)
        ? CleaningOutcome.ProductsOnly
        : CleaningOutcome.Keep;
}
