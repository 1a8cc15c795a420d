using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>Ids that stand for postage, fees, vouchers and the like.</summary>
/// <param name="ids">The ids, compared ordinally.</param>
internal sealed class NotAProduct(IReadOnlySet<string> ids) : ICleaningRule
{
    public string Name => "not-a-product";

    public string Description => "The id stands for postage, a fee or the like (option ids in shop.yaml).";

    public CleaningOutcome Judge(Interaction row) => row.Product is { } product && ids.Contains(product) ? CleaningOutcome.Reject : CleaningOutcome.Keep;
}
