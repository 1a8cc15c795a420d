using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>A purchase whose unit price is zero or less.</summary>
internal sealed class PriceNotPositive : ICleaningRule
{
    public string Name => "price-not-positive";

    public string Description => "A purchase whose unit price is zero or less.";

    public CleaningOutcome Judge(Interaction row) => row.Kind == InteractionKind.Purchase && row.UnitPrice <= 0 ? CleaningOutcome.Reject : CleaningOutcome.Keep;
}
