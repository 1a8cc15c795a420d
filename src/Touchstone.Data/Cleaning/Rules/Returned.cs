using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>The line takes a sale back: a return with its money (netting it with the sale is not done yet).</summary>
internal sealed class Returned : ICleaningRule
{
    public string Name => "returned";

    public string Description => "The line takes a sale back: a return with its money (netting it with the sale is not done yet).";

    public CleaningOutcome Judge(Interaction row) => row.Kind == InteractionKind.Return || (row.Kind == InteractionKind.Purchase && row.Quantity < 0)
        ? CleaningOutcome.Reject
        : CleaningOutcome.Keep;
}
