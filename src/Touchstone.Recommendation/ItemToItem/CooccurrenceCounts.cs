namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Directed, distance-weighted counts of products that follow each other in histories.</summary>
internal static class CooccurrenceCounts
{
    /// <summary>Adds what one occurrence of a product says of its neighbours in the same history.</summary>
    /// <param name="unit">[step] products of the history, oldest first.</param>
    /// <param name="at">Step of the occurrence.</param>
    /// <param name="gains">[distance - 1] what a product counts that follows so many steps later.</param>
    /// <param name="backward">Factor for products that came before.</param>
    /// <param name="scratch">Sums by product.</param>
    internal static void Add(ReadOnlySpan<int> unit, int at, ReadOnlySpan<double> gains, double backward, RowSelection.Scratch scratch)
    {
        var product = unit[at];
        var last = Math.Min(unit.Length - 1, at + gains.Length);
        for (var i = at + 1; i <= last; i++)
            if (unit[i] != product) scratch.Add(unit[i], gains[i - at - 1]);
        if (backward == 0) return;
        var first = Math.Max(0, at - gains.Length);
        for (var i = at - 1; i >= first; i--)
            if (unit[i] != product) scratch.Add(unit[i], backward * gains[at - i - 1]);
    }

    /// <summary>Divides every sum by the target's damped count and by the source's.</summary>
    /// <param name="scratch">Sums by product.</param>
    /// <param name="sourceDamping">Divisor of the row's own product.</param>
    /// <param name="targetDamping">[product] divisors.</param>
    internal static void Normalise(RowSelection.Scratch scratch, double sourceDamping, ReadOnlySpan<double> targetDamping)
    {
        foreach (var column in scratch.Touched) scratch.Sums[column] /= sourceDamping * targetDamping[column];
    }
}
