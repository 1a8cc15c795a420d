using Touchstone.Domain;

namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Where each product occurs: rows of the training histories by product.</summary>
/// <param name="Starts">[product + 1] product p owns Rows[Starts[p] .. Starts[p + 1]].</param>
/// <param name="Rows">[occurrence] row, ascending within a product.</param>
/// <param name="Units">[row] unit of the row.</param>
internal sealed record Occurrences(int[] Starts, int[] Rows, int[] Units)
{
    /// <summary>How many rows a product has.</summary>
    internal int CountOf(int product) => Starts[product + 1] - Starts[product];

    /// <summary>Rows of one product.</summary>
    internal ReadOnlySpan<int> RowsOf(int product) => Rows.AsSpan(Starts[product], CountOf(product));

    internal static Occurrences Of(TrainingHistories histories)
    {
        var starts = new int[histories.Products.Count + 1];
        foreach (var product in histories.ProductIndexes) starts[product + 1]++;
        for (var i = 0; i < starts.Length - 1; i++) starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, starts.Length - 1).ToArray();
        var rows = new int[histories.ProductIndexes.Length];
        var units = new int[rows.Length];
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            for (var row = histories.Offsets[unit]; row < histories.Offsets[unit + 1]; row++)
            {
                units[row] = unit;
                rows[next[histories.ProductIndexes[row]]++] = row;
            }
        }

        return new Occurrences(starts, rows, units);
    }
}
