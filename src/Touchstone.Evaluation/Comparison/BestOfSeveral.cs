using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>
/// What the best of several is worth, corrected for having been chosen for its figure (the winner's curse). Hybrid inference of Andrews, Kitagawa
/// and McCloskey (2024, "Inference on winners"): the chosen estimate is normal, cut off where another would have been chosen, and cut off
/// again by a simultaneous interval of level 1 − α/10, which keeps the answer from running away when two are close. The corrected value is
/// median-unbiased but for that small probability; the interval covers at the level asked for.
/// </summary>
public static class BestOfSeveral
{
    /// <summary>Corrects the largest of several normal estimates; one alone is returned as it is.</summary>
    /// <param name="values">[challenger] estimates.</param>
    /// <param name="standardErrors">[challenger] their standard errors, above 0.</param>
    /// <param name="sharedVariance">Covariance of any two estimates, e.g. the variance of the champion's mean that all are compared with; at least 0.</param>
    /// <param name="level">Confidence of the interval.</param>
    /// <returns>Index of the best and its corrected estimate.</returns>
    /// <exception cref="ArgumentException">No estimates, columns of unequal length, an error that is not above 0 (names it), or a shared variance above a variance.</exception>
    public static (int Best, Estimate Corrected) Correct(ReadOnlySpan<double> values, ReadOnlySpan<double> standardErrors, double sharedVariance = 0, double level = 0.95)
    {
        Check(values, standardErrors, sharedVariance);
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        var (value, error) = (values[best], standardErrors[best]);
        if (values.Length == 1) return (0, Of(value, error, value, level, values.Length, Distributions.NormalQuantile((1 + level) / 2) * error));
        var low = LeastChosen(values, standardErrors, sharedVariance, best);
        var alpha = 1 - level;
        var beta = alpha / 10;
        // Šidák's bound holds for any correlation of normal estimates.
        var reach = Distributions.NormalQuantile((1 + Math.Pow(1 - beta, 1.0 / values.Length)) / 2) * error;
        var inner = (alpha - beta) / (1 - beta);
        double Solve(double probability) => Centre(value, error, low, reach, probability);
        var (lower, upper) = (Solve(1 - (inner / 2)), Solve(inner / 2));
        return (best, new Estimate
        {
            Value = Solve(0.5),
            Low = lower,
            High = upper,
            StandardError = (upper - lower) / 2 / Distributions.NormalQuantile((1 + level) / 2),
            Level = level,
            Count = values.Length,
        });
    }

    private static void Check(ReadOnlySpan<double> values, ReadOnlySpan<double> standardErrors, double sharedVariance)
    {
        if (values.Length == 0) throw new ArgumentException("There is nothing to choose from.", nameof(values));
        if (values.Length != standardErrors.Length) throw new ArgumentException($"{standardErrors.Length} standard errors for {values.Length} estimates; give one each.", nameof(standardErrors));
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"values[{i}] = {values[i]}; expected a finite number.", nameof(values));
            if (!(standardErrors[i] > 0) || double.IsInfinity(standardErrors[i])) throw new ArgumentException($"standardErrors[{i}] = {standardErrors[i]}; expected a number above 0.", nameof(standardErrors));
            if (!(sharedVariance >= 0 && sharedVariance <= standardErrors[i] * standardErrors[i] * (1 + 1e-12)))
                throw new ArgumentException($"sharedVariance = {sharedVariance}; expected 0 to the square of standardErrors[{i}] = {standardErrors[i]}.", nameof(sharedVariance));
        }
    }

    // Above which value the best could lie and still be chosen, given what is independent of it in the others.
    private static double LeastChosen(ReadOnlySpan<double> values, ReadOnlySpan<double> standardErrors, double sharedVariance, int best)
    {
        var low = double.NegativeInfinity;
        var slope = sharedVariance / (standardErrors[best] * standardErrors[best]);
        for (var i = 0; i < values.Length; i++)
        {
            if (i == best || slope >= 1) continue;
            low = Math.Max(low, (values[i] - (slope * values[best])) / (1 - slope));
        }

        return low;
    }

    // The mean under which P(X ≤ value) is the given one, X normal and cut off; P falls as the mean grows.
    private static double Centre(double value, double error, double low, double reach, double probability)
    {
        var (left, right) = (value - reach, value + reach);
        for (var i = 0; i < 200 && right - left > 1e-14 * (Math.Abs(left) + Math.Abs(right) + error); i++)
        {
            var mean = (left + right) / 2;
            if (Below(value, mean, error, Math.Max(low, mean - reach), mean + reach) > probability) left = mean;
            else right = mean;
        }

        return (left + right) / 2;
    }

    private static double Below(double value, double mean, double error, double from, double to)
    {
        if (value <= from) return 0;
        if (value >= to) return 1;
        var (a, b, c) = ((from - mean) / error, (value - mean) / error, (to - mean) / error);
        // Differences of tails keep their digits on the side where both are small.
        return a > 0
            ? (Distributions.NormalCdf(-a) - Distributions.NormalCdf(-b)) / (Distributions.NormalCdf(-a) - Distributions.NormalCdf(-c))
            : (Distributions.NormalCdf(b) - Distributions.NormalCdf(a)) / (Distributions.NormalCdf(c) - Distributions.NormalCdf(a));
    }

    private static Estimate Of(double value, double error, double centre, double level, int count, double half) =>
        new() { Value = value, Low = centre - half, High = centre + half, StandardError = error, Level = level, Count = count };
}
