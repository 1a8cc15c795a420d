using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Units that a test needs. <see cref="ControlReal"/> before rounding up.</summary>
/// <param name="ControlReal">Units of control, as a real number.</param>
/// <param name="Control">Units of control.</param>
/// <param name="Treatment">Units of treatment.</param>
public readonly record struct NeededUnits(double ControlReal, long Control, long Treatment);

/// <summary>How large an experiment must be, and what one of a given size can find. Two-sided tests.</summary>
public static class SampleSize
{
    /// <summary>Units to find a change of a share: pooled variance at alpha, each arm's own at power (Fleiss, Levin and Paik 2003, eq. 4.14).</summary>
    /// <param name="share">Share in control, in (0, 1).</param>
    /// <param name="relativeEffect">Least change to be found, relative to the share, not 0.</param>
    /// <param name="alpha">Error allowed.</param>
    /// <param name="power">Chance to find it.</param>
    /// <param name="treatmentToControl">Units of treatment for each of control.</param>
    /// <exception cref="ArgumentOutOfRangeException">Names the argument and its bounds.</exception>
    public static NeededUnits ForProportions(double share, double relativeEffect, double alpha = 0.05, double power = 0.8, double treatmentToControl = 1)
    {
        Check(alpha, power, treatmentToControl);
        if (share is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share in control must lie in (0, 1).");
        var other = share * (1 + relativeEffect);
        if (relativeEffect == 0 || other is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(relativeEffect), relativeEffect, $"The effect must change the share {share} to another within (0, 1).");
        var (k, difference) = (treatmentToControl, other - share);
        var pooled = (share + (k * other)) / (1 + k);
        var root = (Upper(alpha / 2) * Math.Sqrt(pooled * (1 - pooled) * (1 + (1 / k)))) + (Upper(1 - power) * Math.Sqrt((share * (1 - share)) + (other * (1 - other) / k)));
        return Needed(root * root / (difference * difference), k);
    }

    /// <summary>Units to find a difference of means: (z + z)² sd² (1 + 1/k)/δ². The far tail is left out.</summary>
    /// <param name="standardDeviation">Standard deviation a unit, in both arms.</param>
    /// <param name="effect">Least difference to be found, in the same unit, not 0.</param>
    /// <param name="alpha">Error allowed.</param>
    /// <param name="power">Chance to find it.</param>
    /// <param name="treatmentToControl">Units of treatment for each of control.</param>
    /// <exception cref="ArgumentOutOfRangeException">Names the argument and its bounds.</exception>
    public static NeededUnits ForMeans(double standardDeviation, double effect, double alpha = 0.05, double power = 0.8, double treatmentToControl = 1)
    {
        Check(alpha, power, treatmentToControl);
        if (!(standardDeviation > 0)) throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "The standard deviation must be above 0.");
        if (effect == 0 || !double.IsFinite(effect)) throw new ArgumentOutOfRangeException(nameof(effect), effect, "The effect must be a number other than 0.");
        var ratio = (Upper(alpha / 2) + Upper(1 - power)) * standardDeviation / effect;
        return Needed(ratio * ratio * (1 + (1 / treatmentToControl)), treatmentToControl);
    }

    /// <summary>Least difference of means that is found with the power asked for: (z + z) sd √(1/n + 1/n).</summary>
    public static double DetectableDifference(double standardDeviation, double controlCount, double treatmentCount, double alpha = 0.05, double power = 0.8)
    {
        Check(alpha, power, 1);
        return (Upper(alpha / 2) + Upper(1 - power)) * standardDeviation * Math.Sqrt((1 / controlCount) + (1 / treatmentCount));
    }

    /// <summary>Least change of a share that is found with the power asked for, by the formula of <see cref="ForProportions"/>; relative. NaN where none below a share of 1 is.</summary>
    public static double DetectableLift(double share, double controlCount, double treatmentToControl = 1, double alpha = 0.05, double power = 0.8)
    {
        Check(alpha, power, treatmentToControl);
        if (share is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share in control must lie in (0, 1).");
        var most = ((1 - share) / share) * (1 - 1e-9);
        return Math.Exp(RootFinding.Brent(logarithm => Math.Log(ForProportions(share, Math.Exp(logarithm), alpha, power, treatmentToControl).ControlReal / controlCount), Math.Log(most * 1e-9), Math.Log(most)));
    }

    /// <summary>Power of Student's two-sided t-test with equal variances (noncentral t, both tails).</summary>
    /// <param name="effectSize">Difference over standard deviation (Cohen's d).</param>
    /// <param name="controlCount">Units of control.</param>
    /// <param name="treatmentCount">Units of treatment.</param>
    /// <param name="alpha">Error allowed.</param>
    public static double PowerOfStudent(double effectSize, double controlCount, double treatmentCount, double alpha = 0.05)
    {
        var freedom = controlCount + treatmentCount - 2;
        var critical = -Distributions.StudentQuantile(alpha / 2, freedom);
        return Distributions.NoncentralStudentTwoSided(critical, freedom, effectSize / Math.Sqrt((1 / controlCount) + (1 / treatmentCount)));
    }

    /// <summary>Power of a two-sided normal test.</summary>
    /// <param name="effect">True effect.</param>
    /// <param name="standardError">Error of the estimate.</param>
    /// <param name="threshold">How far from 0 an estimate must lie to count; z × <paramref name="standardError"/> for the fixed horizon, the half width of a confidence sequence for always-valid tests.</param>
    public static double PowerOfNormal(double effect, double standardError, double threshold) =>
        Distributions.NormalUpper((threshold - effect) / standardError) + Distributions.NormalCdf((-threshold - effect) / standardError);

    private static double Upper(double tail) => -Distributions.NormalQuantile(tail);

    private static NeededUnits Needed(double control, double ratio) => new(control, (long)Math.Ceiling(control), (long)Math.Ceiling(control * ratio));

    private static void Check(double alpha, double power, double ratio)
    {
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha must lie in (0, 1).");
        if (power is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "Power must lie in (0, 1).");
        if (!(ratio > 0)) throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "Treatment to control must be above 0.");
    }
}
