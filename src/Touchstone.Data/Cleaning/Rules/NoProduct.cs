using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>The row names no product.</summary>
internal sealed class NoProduct : ICleaningRule
{
    public string Name => "no-product";

    public string Description => "The row names no product.";

    public CleaningOutcome Judge(Interaction row) => row.Kind != InteractionKind.Search && string.IsNullOrEmpty(row.Product) ? CleaningOutcome.Reject : CleaningOutcome.Keep;
}
