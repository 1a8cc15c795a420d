using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>
/// Whole sessions: one that starts in a judged part has its last new product judged, and what stands before it as context.
/// Rows behind the judged one are in no part.
/// </summary>
internal static class SessionSplit
{
    /// <param name="products">[row of the session] product, oldest first.</param>
    /// <param name="startMs">When the session began, ms since 1970 UTC.</param>
    /// <param name="parts">[row of the session] overwritten; null = in no part.</param>
    /// <param name="validationFromMs">First moment of the validation part.</param>
    /// <param name="testFromMs">First moment of the test part.</param>
    /// <param name="minimumHistory">Distinct products that a judged row needs before it.</param>
    public static void Assign(
        ReadOnlySpan<string> products, long startMs, Span<SplitPart?> parts, long validationFromMs, long testFromMs, int minimumHistory)
    {
        if (startMs < validationFromMs)
        {
            parts.Fill(SplitPart.Train);
            return;
        }

        var (judged, context) = startMs >= testFromMs
            ? (SplitPart.Test, SplitPart.TestContext)
            : (SplitPart.Validation, SplitPart.ValidationContext);
        parts.Fill(context);
        HashSet<string> seen = new(StringComparer.Ordinal);
        var (lastNew, before) = (0, 0);
        for (var row = 0; row < products.Length; row++)
        {
            if (!seen.Add(products[row])) continue;
            (lastNew, before) = (row, seen.Count - 1);
        }

        if (before < minimumHistory) return;
        parts[lastNew] = judged;
        parts[(lastNew + 1)..].Clear();
    }
}
