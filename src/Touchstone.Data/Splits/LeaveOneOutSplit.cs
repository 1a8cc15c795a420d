using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>
/// Leave-one-out within each unit: the last row whose product is new to the unit is the test, the last new one before it the validation.
/// Rows behind the test row are in no part. Rows between the two are context, so that no training row repeats a judged product.
/// </summary>
internal static class LeaveOneOutSplit
{
    /// <summary>Units with fewer rows are learned from whole.</summary>
    public const int LeastRows = 3;

    /// <param name="products">[row of the unit] product, oldest first.</param>
    /// <param name="parts">[row of the unit] overwritten; null = in no part.</param>
    /// <param name="minimumHistory">Distinct products that a judged row needs before it.</param>
    public static void Assign(ReadOnlySpan<string> products, Span<SplitPart?> parts, int minimumHistory)
    {
        parts.Fill(SplitPart.Train);
        if (products.Length < LeastRows) return;
        var isNew = new bool[products.Length];
        var distinct = new int[products.Length];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var row = 0; row < products.Length; row++)
        {
            distinct[row] = seen.Count;
            isNew[row] = seen.Add(products[row]);
        }

        var test = LastNew(isNew, products.Length);
        if (distinct[test] < minimumHistory) return;
        parts[test] = SplitPart.Test;
        parts[(test + 1)..].Clear();
        var validation = LastNew(isNew, test);
        if (validation < 0 || distinct[validation] < minimumHistory) return;
        parts[validation] = SplitPart.Validation;
        parts[(validation + 1)..test].Fill(SplitPart.ValidationContext);
    }

    private static int LastNew(bool[] isNew, int end)
    {
        var row = end - 1;
        while (row >= 0 && !isNew[row]) row--;
        return row;
    }
}
