using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>How effects are tested.</summary>
public sealed record EffectOptions
{
    private readonly double _alpha = 0.05;

    /// <summary>Error allowed, in (0, 1).</summary>
    public double Alpha
    {
        get => _alpha;
        init => _alpha = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Alpha must lie in (0, 1).");
    }

    /// <summary>Alternatives.</summary>
    public TestSide Side { get; init; } = TestSide.Both;

    /// <summary>
    /// Whether the lift's error takes the covariates' means as equal in the gradient, as GrowthBook's gbstats does. False: the full delta
    /// method. Both are right to first order.
    /// </summary>
    public bool TakesCovariateMeansAsEqual { get; init; }
}

/// <summary>Effects of a treatment against a control: Welch's test of the difference, and of the lift by the delta method.</summary>
public static class EffectTest
{
    /// <summary>Treatment − control (Welch 1947; degrees of freedom by Satterthwaite 1946).</summary>
    public static Effect Difference(ArmStatistic control, ArmStatistic treatment, EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var value = treatment.AdjustedMean - control.AdjustedMean;
        var status = Status(control, treatment, value);
        if (status != EffectStatus.Ok) return new Effect { Status = status, Value = value, Level = 1 - options.Alpha };
        return Test(value, Math.Sqrt(SquaredError(control) + SquaredError(treatment)), DegreesOfFreedom(control, treatment), options);
    }

    /// <summary>
    /// (treatment − control) / |control|: the adjusted difference over the unadjusted control, whose noise is in the error. Without
    /// adjustment the variance is vT/nT/mC² + vC/nC mT²/mC⁴. Degrees of freedom are those of the difference.
    /// </summary>
    public static Effect Lift(ArmStatistic control, ArmStatistic treatment, EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var difference = treatment.AdjustedMean - control.AdjustedMean;
        var baseline = Math.Abs(control.Mean);
        if (baseline == 0) return new Effect { Status = EffectStatus.ZeroBaseline, Value = double.NaN, Level = 1 - options.Alpha };
        var value = difference / baseline;
        var status = Status(control, treatment, value);
        if (status != EffectStatus.Ok) return new Effect { Status = status, Value = value, Level = 1 - options.Alpha };
        var slope = (options.TakesCovariateMeansAsEqual ? (treatment.Mean - control.Mean) / baseline : value) * Math.Sign(control.Mean);
        var fromControl = (control.AdjustedVariance + (2 * slope * control.AdjustedCovariance) + (slope * slope * control.Variance)) / control.Count;
        // A rounding below 0 is a lift that hangs on the treatment alone.
        var error = Math.Sqrt(SquaredError(treatment) + Math.Max(0, fromControl)) / baseline;
        return Test(value, error, DegreesOfFreedom(control, treatment), options);
    }

    /// <summary>Test and interval of an estimate by Student's t.</summary>
    /// <param name="value">Estimate.</param>
    /// <param name="standardError">Its error, above 0.</param>
    /// <param name="degreesOfFreedom">Above 0; infinite for the normal.</param>
    /// <param name="options">Alpha and side.</param>
    public static Effect Test(double value, double standardError, double degreesOfFreedom, EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!double.IsFinite(value)) return new Effect { Status = EffectStatus.Undefined, Value = double.NaN, Level = 1 - options.Alpha };
        if (!(standardError > 0)) return new Effect { Status = EffectStatus.NoVariance, Value = value, Level = 1 - options.Alpha };
        var t = value / standardError;
        var tail = options.Side == TestSide.Both ? options.Alpha / 2 : options.Alpha;
        var half = -Distributions.StudentQuantile(tail, degreesOfFreedom) * standardError;
        return new Effect
        {
            Status = EffectStatus.Ok,
            Value = value,
            StandardError = standardError,
            DegreesOfFreedom = degreesOfFreedom,
            Statistic = t,
            PValue = options.Side switch
            {
                TestSide.Both => Distributions.StudentTwoSided(t, degreesOfFreedom),
                TestSide.Greater => Distributions.StudentUpper(t, degreesOfFreedom),
                TestSide.Less => Distributions.StudentCdf(t, degreesOfFreedom),
                _ => throw new ArgumentOutOfRangeException(nameof(options), options.Side, "Unknown side."),
            },
            Low = options.Side == TestSide.Less ? double.NegativeInfinity : value - half,
            High = options.Side == TestSide.Greater ? double.PositiveInfinity : value + half,
            Level = 1 - options.Alpha,
        };
    }

    /// <summary>Satterthwaite's degrees of freedom of the absolute difference.</summary>
    public static double DegreesOfFreedom(ArmStatistic control, ArmStatistic treatment)
    {
        var (c, t) = (SquaredError(control), SquaredError(treatment));
        return (c + t) * (c + t) / ((c * c / (control.Count - 1)) + (t * t / (treatment.Count - 1)));
    }

    private static double SquaredError(ArmStatistic arm) => arm.AdjustedVariance / arm.Count;

    private static EffectStatus Status(ArmStatistic control, ArmStatistic treatment, double value) =>
        control.Count < 2 || treatment.Count < 2 ? EffectStatus.NoVariance
        : !double.IsFinite(value) ? EffectStatus.Undefined
        : control.AdjustedVariance > 0 && treatment.AdjustedVariance > 0 ? EffectStatus.Ok
        : EffectStatus.NoVariance;
}
