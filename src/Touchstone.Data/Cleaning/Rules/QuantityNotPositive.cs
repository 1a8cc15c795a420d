using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>A purchase of no or fewer units.</summary>
internal sealed class QuantityNotPositive : ICleaningRule
{
    public string Name => "quantity-not-positive";

    public string Description => "A purchase of no or fewer units.";

    public CleaningOutcome Judge(Interaction row) => row.Kind == InteractionKind.Purchase && row.Quantity <= 0 ? CleaningOutcome.Reject : CleaningOutcome.Keep;
}
