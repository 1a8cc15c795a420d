namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// SLOPE: chooses among estimators that trade bias for variance without knowing the bias (Su, Srinath and Krishnamurthy 2020; constant of Tucker and Lee 2021,
/// SLOPE++). From the least biased on, an estimator is taken as long as it lies within cₖ + (√6 − 1) cⱼ of every one before it.
/// </summary>
public static class Slope
{
    private static readonly double s_factor = Math.Sqrt(6) - 1;

    /// <summary>Index of the chosen estimator.</summary>
    /// <param name="values">[candidate] estimates, the least biased first.</param>
    /// <param name="widths">[candidate] half widths of their intervals, of the variance alone.</param>
    /// <exception cref="ArgumentException">No candidates, or columns of unequal length.</exception>
    public static int Choose(ReadOnlySpan<double> values, ReadOnlySpan<double> widths)
    {
        if (values.Length == 0 || values.Length != widths.Length) throw new ArgumentException($"{widths.Length} widths for {values.Length} estimates; expected one each, and at least one.", nameof(widths));
        for (var candidate = 1; candidate < values.Length; candidate++)
        {
            for (var before = 0; before < candidate; before++)
                if (!(Math.Abs(values[candidate] - values[before]) <= widths[candidate] + (s_factor * widths[before]))) return candidate - 1;
        }

        return values.Length - 1;
    }
}
