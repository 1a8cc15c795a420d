using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>
/// A cut of all rows at two moments: rows from the first on are validation, from the second on test. What a unit has in a part without
/// enough history before it is context: not judged, not learned from.
/// </summary>
internal static class TimeSplit
{
    /// <param name="products">[row of the unit] product, oldest first.</param>
    /// <param name="timesMs">[row of the unit] ms since 1970 UTC.</param>
    /// <param name="parts">[row of the unit] overwritten.</param>
    /// <param name="validationFromMs">First moment of the validation part.</param>
    /// <param name="testFromMs">First moment of the test part.</param>
    /// <param name="minimumHistory">Distinct products that a judged row needs before it.</param>
    public static void Assign(
        ReadOnlySpan<string> products, ReadOnlySpan<long> timesMs, Span<SplitPart?> parts, long validationFromMs, long testFromMs, int minimumHistory)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        var (beforeValidation, beforeTest) = (-1, -1);
        for (var row = 0; row < products.Length; row++)
        {
            if (timesMs[row] >= validationFromMs && beforeValidation < 0) beforeValidation = seen.Count;
            if (timesMs[row] >= testFromMs && beforeTest < 0) beforeTest = seen.Count;
            parts[row] = timesMs[row] >= testFromMs ? (beforeTest >= minimumHistory ? SplitPart.Test : SplitPart.TestContext)
                : timesMs[row] >= validationFromMs ? (beforeValidation >= minimumHistory ? SplitPart.Validation : SplitPart.ValidationContext)
                : SplitPart.Train;
            seen.Add(products[row]);
        }
    }
}
