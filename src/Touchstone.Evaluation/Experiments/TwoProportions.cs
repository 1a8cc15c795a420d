using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>An interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High);

/// <summary>Two shares compared. Direction treatment − control.</summary>
public sealed record TwoProportions
{
    /// <summary>Share in control; NaN without units.</summary>
    public required double Control { get; init; }

    /// <summary>Share in treatment; NaN without units.</summary>
    public required double Treatment { get; init; }

    /// <summary>Treatment − control.</summary>
    public required double Difference { get; init; }

    /// <summary>z with the pooled variance; NaN where that is 0.</summary>
    public required double PooledZ { get; init; }

    /// <summary>Two-sided p-value of <see cref="PooledZ"/>; 1 where the shares are equal and have no variance.</summary>
    public required double PValue { get; init; }

    /// <summary>Standard error with each arm's own variance.</summary>
    public required double StandardError { get; init; }

    /// <summary>Difference ± z × <see cref="StandardError"/>: too narrow for few conversions.</summary>
    public required Interval Wald { get; init; }

    /// <summary>Newcombe's hybrid score interval (Newcombe 1998, method 10).</summary>
    public required Interval Newcombe { get; init; }

    /// <summary>Agresti and Caffo's interval (2000): one success and one failure more in each arm.</summary>
    public required Interval AgrestiCaffo { get; init; }

    /// <summary>Wilson's score interval of control.</summary>
    public required Interval WilsonControl { get; init; }

    /// <summary>Wilson's score interval of treatment.</summary>
    public required Interval WilsonTreatment { get; init; }

    /// <summary>(treatment − control) / control; NaN where control is 0.</summary>
    public required double Lift { get; init; }

    /// <summary>Compares two shares.</summary>
    /// <param name="controlSuccesses">Units of control that have it.</param>
    /// <param name="controlCount">Units of control.</param>
    /// <param name="treatmentSuccesses">Units of treatment that have it.</param>
    /// <param name="treatmentCount">Units of treatment.</param>
    /// <param name="alpha">Error allowed.</param>
    /// <exception cref="ArgumentException">More successes than units, or a negative count.</exception>
    public static TwoProportions Compare(double controlSuccesses, long controlCount, double treatmentSuccesses, long treatmentCount, double alpha = 0.05)
    {
        var control = ArmStatistic.Proportion(controlSuccesses, controlCount);
        var treatment = ArmStatistic.Proportion(treatmentSuccesses, treatmentCount);
        var z = -Distributions.NormalQuantile(alpha / 2);
        var difference = treatment.Mean - control.Mean;
        var pooled = (controlSuccesses + treatmentSuccesses) / ((double)controlCount + treatmentCount);
        var pooledError = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / controlCount) + (1.0 / treatmentCount)));
        var statistic = pooledError > 0 ? difference / pooledError : double.NaN;
        var error = Math.Sqrt((control.Variance / controlCount) + (treatment.Variance / treatmentCount));
        var (wilsonC, wilsonT) = (Wilson(controlSuccesses, controlCount, z), Wilson(treatmentSuccesses, treatmentCount, z));
        var (caffoC, caffoT) = (ArmStatistic.Proportion(controlSuccesses + 1, controlCount + 2), ArmStatistic.Proportion(treatmentSuccesses + 1, treatmentCount + 2));
        var caffo = z * Math.Sqrt((caffoC.Variance / caffoC.Count) + (caffoT.Variance / caffoT.Count));
        var (c, t) = (control.Mean, treatment.Mean);
        return new TwoProportions
        {
            Control = c,
            Treatment = t,
            Difference = difference,
            PooledZ = statistic,
            PValue = double.IsNaN(statistic) ? difference == 0 ? 1 : double.NaN : 2 * Distributions.NormalUpper(Math.Abs(statistic)),
            StandardError = error,
            Wald = new Interval(difference - (z * error), difference + (z * error)),
            Newcombe = new Interval(
                difference - Hypotenuse(t - wilsonT.Low, wilsonC.High - c),
                difference + Hypotenuse(wilsonT.High - t, c - wilsonC.Low)),
            AgrestiCaffo = new Interval(caffoT.Mean - caffoC.Mean - caffo, caffoT.Mean - caffoC.Mean + caffo),
            WilsonControl = wilsonC,
            WilsonTreatment = wilsonT,
            Lift = c == 0 ? double.NaN : difference / c,
        };
    }

    /// <summary>Wilson's score interval of a share (Wilson 1927); NaN without units.</summary>
    /// <param name="successes">Units that have it.</param>
    /// <param name="count">Units.</param>
    /// <param name="z">Normal quantile of the level.</param>
    public static Interval Wilson(double successes, long count, double z)
    {
        if (count == 0) return new Interval(double.NaN, double.NaN);
        var (n, p) = ((double)count, successes / count);
        var centre = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))) / (1 + (z * z / n));
        return new Interval(successes == 0 ? 0 : Math.Max(0, centre - half), successes == count ? 1 : Math.Min(1, centre + half));
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
