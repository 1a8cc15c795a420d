namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// Interval of a mean of bounded terms that holds at every sample size (Maurer and Pontil 2009, theorem 4, on either side with half the error):
/// mean ± √(2 s² ln(4/δ)/n) + 7 R ln(4/δ)/(3(n − 1)), R the width of the terms' range.
/// </summary>
public static class EmpiricalBernstein
{
    /// <summary>Half the interval's width; NaN below two values.</summary>
    /// <param name="variance">s², over n − 1.</param>
    /// <param name="range">R: greatest term there can be less the least.</param>
    /// <param name="count">n.</param>
    /// <param name="level">1 − δ, in (0, 1).</param>
    /// <exception cref="ArgumentException">A negative range or a level out of (0, 1).</exception>
    public static double HalfWidth(double variance, double range, long count, double level)
    {
        if (!(level is > 0 and < 1)) throw new ArgumentException(FormattableString.Invariant($"level = {level}; expected (0, 1)."), nameof(level));
        if (range < 0) throw new ArgumentException(FormattableString.Invariant($"range = {range}; expected 0 or more."), nameof(range));
        if (count < 2) return double.NaN;
        var logarithm = Math.Log(4 / (1 - level));
        return Math.Sqrt(2 * variance * logarithm / count) + (7 * range * logarithm / (3 * (count - 1.0)));
    }
}
