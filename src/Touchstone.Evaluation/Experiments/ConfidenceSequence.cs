using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>
/// Intervals that hold at every look at once: asymptotic confidence sequences of Waudby-Smith et al. (arXiv:2103.06476) as GrowthBook uses
/// them. One may look daily and stop at any time. They are wider than a fixed-horizon interval, most tightly so at the tuning size.
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>Size (units of both arms) at which the interval is narrowest in relation, where none is stated.</summary>
    public const double DefaultTuning = LookPlan.DefaultTuning;

    /// <summary>ρ of the mixture that is best at n*: √((−2 ln α + ln(−2 ln α + 1)) / n*).</summary>
    public static double Rho(double alpha, double tuning)
    {
        if (alpha is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha must lie in (0, 1).");
        if (!(tuning > 0)) throw new ArgumentOutOfRangeException(nameof(tuning), tuning, "The tuning size must be above 0.");
        var log = -2 * Math.Log(alpha);
        return Math.Sqrt((log + Math.Log(log + 1)) / tuning);
    }

    /// <summary>Half width: √s² √(2(nρ² + 1) ln(√(nρ² + 1)/α) / (nρ)²), s² = se² n.</summary>
    /// <param name="standardError">Error of the effect at this look.</param>
    /// <param name="count">Units of both arms at this look.</param>
    /// <param name="alpha">Error allowed over all looks.</param>
    /// <param name="tuning">n*.</param>
    public static double HalfWidth(double standardError, double count, double alpha, double tuning)
    {
        var (n, rho) = (count, Rho(alpha, tuning));
        var spread = (n * rho * rho) + 1;
        return standardError * Math.Sqrt(n) * Math.Sqrt(2 * spread * Math.Log(Math.Sqrt(spread) / alpha)) / (n * rho);
    }

    /// <summary>Half width of a one-sided sequence: ln(1 + √(nρ² + 1)/(2α)) in place of the logarithm, ρ at 2α.</summary>
    public static double OneSidedHalfWidth(double standardError, double count, double alpha, double tuning)
    {
        var (n, rho) = (count, Rho(2 * alpha, tuning));
        var spread = (n * rho * rho) + 1;
        return standardError * Math.Sqrt(n) * Math.Sqrt(2 * spread * Math.Log(1 + (Math.Sqrt(spread) / (2 * alpha)))) / (n * rho);
    }

    /// <summary>Always-valid two-sided p: min(1, √(nρ² + 1) exp(−nρ²/(nρ² + 1) × (estimate/se)²/2)).</summary>
    public static double PValue(double estimate, double standardError, double count, double alpha, double tuning)
    {
        var rho = Rho(alpha, tuning);
        var spread = (count * rho * rho) + 1;
        var t = estimate / standardError;
        return Math.Min(1, Math.Exp((0.5 * Math.Log(spread)) - (0.5 * (spread - 1) / spread * t * t)));
    }

    /// <summary>An effect at this look, valid over all looks.</summary>
    /// <param name="fixedHorizon">The effect with its error, as if there were one look only.</param>
    /// <param name="count">Units of both arms.</param>
    /// <param name="options">Alpha and side.</param>
    /// <param name="tuning">n*.</param>
    public static Effect AlwaysValid(Effect fixedHorizon, double count, EffectOptions options, double tuning = DefaultTuning)
    {
        ArgumentNullException.ThrowIfNull(fixedHorizon);
        ArgumentNullException.ThrowIfNull(options);
        if (fixedHorizon.Status != EffectStatus.Ok) return fixedHorizon;
        var (value, error) = (fixedHorizon.Value, fixedHorizon.StandardError);
        var half = options.Side == TestSide.Both ? HalfWidth(error, count, options.Alpha, tuning) : OneSidedHalfWidth(error, count, options.Alpha, tuning);
        return fixedHorizon with
        {
            DegreesOfFreedom = double.PositiveInfinity,
            PValue = options.Side switch
            {
                TestSide.Both => PValue(value, error, count, options.Alpha, tuning),
                TestSide.Greater => OneSidedPValue(value, error, count, tuning),
                TestSide.Less => OneSidedPValue(-value, error, count, tuning),
                _ => throw new ArgumentOutOfRangeException(nameof(options), options.Side, "Unknown side."),
            },
            Low = options.Side == TestSide.Less ? double.NegativeInfinity : value - half,
            High = options.Side == TestSide.Greater ? double.PositiveInfinity : value + half,
            Level = 1 - options.Alpha,
        };
    }

    /// <summary>Least alpha, below ½, at which the one-sided sequence excludes 0; ½ where none does.</summary>
    private static double OneSidedPValue(double estimate, double standardError, double count, double tuning)
    {
        const double Most = 0.499999, Least = 1e-300;
        double Gap(double logarithm) => estimate - OneSidedHalfWidth(standardError, count, Math.Exp(logarithm), tuning);
        // ρ at 2α falls to 0 as α nears ½, so the sequence is narrowest at some alpha below: that one is sought by thirds.
        var (left, right) = (Math.Log(Least), Math.Log(Most));
        while (right - left > 1e-9)
        {
            var third = (right - left) / 3;
            if (Gap(left + third) < Gap(right - third)) left += third;
            else right -= third;
        }

        if (Gap(left) <= 0) return 0.5;
        return Gap(Math.Log(Least)) >= 0 ? 0 : Math.Exp(RootFinding.Brent(Gap, Math.Log(Least), left));
    }
}
