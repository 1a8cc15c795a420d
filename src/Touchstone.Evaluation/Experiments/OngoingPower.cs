using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Power of a running experiment for a target lift, now and with more units of the same kind.</summary>
/// <param name="Control">Control so far.</param>
/// <param name="Treatment">Treatment so far.</param>
/// <param name="TargetLift">Lift to be found, relative to control.</param>
/// <param name="Alpha">Error allowed.</param>
/// <param name="Tuning">n* where looks are always valid; null for one look.</param>
/// <param name="Prior">Belief beforehand, in lift; null for none.</param>
public sealed record OngoingPower(ArmStatistic Control, ArmStatistic Treatment, double TargetLift, double Alpha = 0.05, double? Tuning = null, EffectPrior? Prior = null)
{
    /// <summary>Power with <paramref name="factor"/> times the units of now.</summary>
    public double At(double factor)
    {
        var error = StandardError(factor);
        var z = -Distributions.NormalQuantile(Alpha / 2);
        if (Tuning is { } tuning) return SampleSize.PowerOfNormal(TargetLift, error, ConfidenceSequence.HalfWidth(error, factor * (Control.Count + Treatment.Count), Alpha, tuning));
        if (Prior is not { IsProper: true } prior) return SampleSize.PowerOfNormal(TargetLift, error, z * error);
        // The credible interval excludes 0 where the posterior mean passes z posterior deviations, either way.
        var (data, belief) = (1 / (error * error), 1 / prior.Variance);
        var threshold = z * Math.Sqrt(data + belief);
        var (above, below) = ((threshold - (belief * prior.Mean)) / data, (-threshold - (belief * prior.Mean)) / data);
        return Distributions.NormalUpper((above - TargetLift) / error) + Distributions.NormalCdf((below - TargetLift) / error);
    }

    /// <summary>Times the units of now at which the power asked for is reached; 1 where it is already, NaN where ten million times do not suffice.</summary>
    public double FactorFor(double power)
    {
        if (At(1) >= power) return 1;
        return Math.Exp(RootFinding.Brent(logarithm => At(Math.Exp(logarithm)) - power, 0, Math.Log(1e7), 1e-12));
    }

    private double StandardError(double factor)
    {
        var (t, c, baseline) = (Treatment, Control, Math.Abs(Control.Mean));
        return Math.Sqrt((t.Variance / (factor * t.Count)) + (c.Variance / (factor * c.Count) * (t.Mean / c.Mean) * (t.Mean / c.Mean))) / baseline;
    }
}
