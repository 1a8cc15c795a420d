using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>A value that the row is needed for could not be read. Values that nothing needs stay absent and are counted.</summary>
internal sealed class UnreadableValue : ICleaningRule
{
    private static readonly string[] Always = ["kind", "product", "shopper", "client", "session", "time", "time_offset_ms", "ordinal"];
    private static readonly string[] OfPurchases = ["quantity", "unit_price", "line_total", "discount", "currency"];

    public string Name => "unreadable-value";

    public string Description => "A needed field (kind, product, shopper, time; of purchases quantity, price and discount; of ratings the rating) could not be read, or is a number past what can be counted exactly.";

    public CleaningOutcome Judge(Interaction row) =>
        UnreadableFields.Of(row.Unreadable).Any(field => IsNeeded(row.Kind, field)) || !LineAmount.IsCountable(row)
            ? CleaningOutcome.Reject
            : CleaningOutcome.Keep;

    public static bool IsNeeded(InteractionKind kind, string field) =>
        Always.Contains(field, StringComparer.Ordinal) || kind switch
        {
            InteractionKind.Purchase or InteractionKind.Return => OfPurchases.Contains(field, StringComparer.Ordinal),
            InteractionKind.Rating => field == "rating",
            _ => false,
        };
}
