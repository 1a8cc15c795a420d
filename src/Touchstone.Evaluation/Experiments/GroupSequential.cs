using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>
/// Two-sided boundaries for a few planned looks that keep alpha over all of them (Lan and DeMets 1983), by numerical integration over the
/// paths that have not stopped (Armitage, McPherson and Rowe 1969).
/// </summary>
public static class GroupSequential
{
    private const int Points = 801, CoarsePoints = 201;
    private const double LeastPValue = 1e-15; // below it the paths beyond the grid would count

    /// <summary>What nothing passes: beyond it the normal tail underflows.</summary>
    public const double Furthest = 38;

    /// <summary>Boundary of |z| at each look; 38, which nothing passes, where less alpha is spent than a tail can tell.</summary>
    /// <param name="fractions">[look] share of the planned information (units) at the look, ascending in (0, 1].</param>
    /// <param name="alpha">Error allowed over all looks.</param>
    /// <param name="spending">How alpha is spent.</param>
    /// <exception cref="ArgumentException">No looks, or fractions that do not ascend within (0, 1] (names the look).</exception>
    public static double[] Boundaries(IReadOnlyList<double> fractions, double alpha = 0.05, AlphaSpending spending = AlphaSpending.OBrienFleming)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Count == 0) throw new ArgumentException("There are no looks.", nameof(fractions));
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha must lie in (0, 1).");
        for (var i = 0; i < fractions.Count; i++)
            if (!(fractions[i] > (i == 0 ? 0 : fractions[i - 1])) || fractions[i] > 1) throw new ArgumentException($"fractions[{i}] = {fractions[i]}; expected ascending shares of the planned units in (0, 1].", nameof(fractions));
        return Boundaries(fractions, alpha, spending, Points);
    }

    /// <summary>
    /// Repeated p-value of a planned look (Jennison and Turnbull 1989): the least overall alpha at which |z| passes this look's boundary, so that
    /// it lies below alpha exactly where the boundary is passed. To four digits; 1e-15 stands for anything below.
    /// </summary>
    /// <param name="fractions">[look] share of the planned information, as for the boundaries; looks after <paramref name="look"/> do not matter.</param>
    /// <param name="look">Which look this is, from 1.</param>
    /// <param name="z">|z| at this look.</param>
    /// <param name="spending">How alpha is spent.</param>
    public static double RepeatedPValue(IReadOnlyList<double> fractions, int look, double z, AlphaSpending spending)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        if (look < 1 || look > fractions.Count) throw new ArgumentOutOfRangeException(nameof(look), look, $"The look must be 1 to {fractions.Count}.");
        if (double.IsNaN(z)) return double.NaN;
        double[] upTo = [.. fractions.Take(look)];
        double Gap(double logarithm) => Boundaries(upTo, Math.Exp(logarithm), spending, CoarsePoints)[^1] - Math.Abs(z);
        var (least, most) = (Math.Log(LeastPValue), Math.Log(0.9999));
        if (Gap(least) <= 0) return LeastPValue;
        return Gap(most) >= 0 ? 1 : Math.Exp(RootFinding.Brent(Gap, least, most, 1e-7));
    }

    private static double[] Boundaries(IReadOnlyList<double> fractions, double alpha, AlphaSpending spending, int points)
    {
        var boundaries = new double[fractions.Count];
        var path = new Paths(0, points);
        var spent = 0.0;
        for (var k = 0; k < boundaries.Length; k++)
        {
            var allowed = Spent(fractions[k], alpha, spending) - spent;
            spent += allowed;
            boundaries[k] = path.Leaving(fractions[k], Furthest) >= allowed ? Furthest : RootFinding.Brent(c => path.Leaving(fractions[k], c) - allowed, 0, Furthest, 1e-12);
            if (k + 1 < boundaries.Length) path.Continue(fractions[k], boundaries[k]);
        }

        return boundaries;
    }

    /// <summary>Chance to pass any of the boundaries where the last look's z has mean <paramref name="drift"/> × √fraction; at drift 0 the overall alpha.</summary>
    public static double ChanceToStop(IReadOnlyList<double> fractions, IReadOnlyList<double> boundaries, double drift = 0)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        ArgumentNullException.ThrowIfNull(boundaries);
        if (fractions.Count != boundaries.Count) throw new ArgumentException($"There are {boundaries.Count} boundaries for {fractions.Count} looks.", nameof(boundaries));
        var path = new Paths(drift, Points);
        var total = 0.0;
        for (var k = 0; k < fractions.Count; k++)
        {
            total += path.Leaving(fractions[k], boundaries[k]);
            path.Continue(fractions[k], boundaries[k]);
        }

        return total;
    }

    /// <summary>Alpha spent by an information fraction.</summary>
    public static double Spent(double fraction, double alpha, AlphaSpending spending) => spending switch
    {
        AlphaSpending.OBrienFleming => 4 * Distributions.NormalUpper(-Distributions.NormalQuantile(alpha / 4) / Math.Sqrt(fraction)),
        AlphaSpending.Pocock => alpha * Math.Log(1 + ((Math.E - 1) * fraction)),
        AlphaSpending.Linear => alpha * fraction,
        _ => throw new ArgumentOutOfRangeException(nameof(spending), spending, "Unknown spending."),
    };

    /// <summary>Density of the score B = z√t over paths that have not stopped, on a grid between the last boundaries; B has independent increments.</summary>
    private sealed class Paths(double drift, int points)
    {
        private double[] _scores = [0];
        private double[] _masses = [1];
        private double _at;

        /// <summary>Chance to be outside ±c at the next look.</summary>
        public double Leaving(double fraction, double c)
        {
            var step = fraction - _at;
            var (edge, deviation, shift) = (c * Math.Sqrt(fraction), Math.Sqrt(step), drift * step);
            var sum = 0.0;
            for (var i = 0; i < _scores.Length; i++)
                sum += _masses[i] * (Distributions.NormalUpper((edge - _scores[i] - shift) / deviation) + Distributions.NormalCdf((-edge - _scores[i] - shift) / deviation));
            return sum;
        }

        /// <summary>Moves on to the paths that stay inside ±c.</summary>
        public void Continue(double fraction, double c)
        {
            var step = fraction - _at;
            var (deviation, shift) = (Math.Sqrt(step), drift * step);
            // A boundary far out would stretch the grid over emptiness.
            var edge = Math.Min(c, 9 + Math.Abs(drift)) * Math.Sqrt(fraction);
            var width = 2 * edge / (points - 1);
            var (scores, masses) = (new double[points], new double[points]);
            for (var i = 0; i < points; i++)
            {
                scores[i] = -edge + (i * width);
                var density = 0.0;
                for (var j = 0; j < _scores.Length; j++) density += _masses[j] * Distributions.NormalDensity((scores[i] - _scores[j] - shift) / deviation);
                // Simpson's rule.
                masses[i] = density / deviation * width / 3 * (i == 0 || i == points - 1 ? 1 : i % 2 == 1 ? 4 : 2);
            }

            (_scores, _masses, _at) = (scores, masses, fraction);
        }
    }
}
