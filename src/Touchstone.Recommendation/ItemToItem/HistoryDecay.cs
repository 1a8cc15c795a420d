namespace Touchstone.Recommendation.ItemToItem;

/// <summary>How much a product of the history counts by how long ago it was taken.</summary>
internal static class HistoryDecay
{
    /// <summary>Adds the rows of the newest products, newest first, each weighted by (steps back + 1)^-power.</summary>
    /// <param name="rows">Weights.</param>
    /// <param name="history">[step] oldest first; -1 for unknown products.</param>
    /// <param name="power">0 counts all alike.</param>
    /// <param name="length">How many of the newest count; 0 for all.</param>
    /// <param name="scores">[product] added to.</param>
    internal static void AddRows(SparseRows rows, ReadOnlySpan<int> history, double power, int length, Span<float> scores)
    {
        var oldest = length > 0 ? Math.Max(0, history.Length - length) : 0;
        for (var i = history.Length - 1; i >= oldest; i--)
        {
            if (history[i] < 0) continue;
            var weight = power == 0 ? 1 : (float)Math.Pow(history.Length - i, -power);
            rows.AddRow(history[i], weight, scores);
        }
    }
}
