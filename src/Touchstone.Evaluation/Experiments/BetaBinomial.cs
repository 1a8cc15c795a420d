using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Shares with beta priors.</summary>
public static class BetaBinomial
{
    /// <summary>P(treatment's share &gt; control's share), by quadrature of the exact posteriors; absolute error about 1e-12.</summary>
    /// <param name="controlSuccesses">Units of control that have it.</param>
    /// <param name="controlCount">Units of control.</param>
    /// <param name="treatmentSuccesses">Units of treatment that have it.</param>
    /// <param name="treatmentCount">Units of treatment.</param>
    /// <param name="priorSuccesses">First shape of both priors; 1 with 1 is uniform.</param>
    /// <param name="priorFailures">Second shape of both priors.</param>
    /// <exception cref="ArgumentException">More successes than units, a negative count, or a prior that is not above 0.</exception>
    public static double ProbabilityTreatmentBetter(
        long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double priorSuccesses = 1, double priorFailures = 1)
    {
        if (!(priorSuccesses > 0) || !(priorFailures > 0)) throw new ArgumentException($"The prior is Beta({priorSuccesses}, {priorFailures}); both shapes must be above 0.", nameof(priorSuccesses));
        _ = ArmStatistic.Proportion(controlSuccesses, controlCount);
        _ = ArmStatistic.Proportion(treatmentSuccesses, treatmentCount);
        var (ca, cb) = (priorSuccesses + controlSuccesses, priorFailures + controlCount - controlSuccesses);
        var (ta, tb) = (priorSuccesses + treatmentSuccesses, priorFailures + treatmentCount - treatmentSuccesses);
        // Beyond these quantiles lies nothing that 1e-15 would show.
        var (low, high) = (Distributions.BetaQuantile(1e-16, ta, tb), Distributions.BetaQuantile(1 - 1e-15, ta, tb));
        return Math.Clamp(DoubleExponential(x => Distributions.BetaDensity(x, ta, tb) * Distributions.BetaCdf(x, ca, cb), low, high), 0, 1);
    }

    /// <summary>Integral by the double exponential rule (Takahasi and Mori 1974), which bears singular ends.</summary>
    private static double DoubleExponential(Func<double, double> function, double low, double high)
    {
        const double Step = 1.0 / 64;
        var (half, sum) = (0.5 * (high - low), 0.0);
        for (var k = -256; k <= 256; k++)
        {
            var s = 0.5 * Math.PI * Math.Sinh(k * Step);
            var weight = 0.5 * Math.PI * Math.Cosh(k * Step) / (Math.Cosh(s) * Math.Cosh(s));
            // Distance from the nearer end, without cancellation.
            var gap = half * Math.Exp(-Math.Abs(s)) / Math.Cosh(s);
            var x = k < 0 ? low + gap : high - gap;
            if (weight < 1e-300 || x <= low || x >= high) continue;
            sum += weight * function(x);
        }

        return half * Step * sum;
    }
}
