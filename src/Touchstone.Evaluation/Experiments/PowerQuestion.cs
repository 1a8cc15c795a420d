namespace Touchstone.Evaluation.Experiments;

/// <summary>What is asked of an experiment's size. What is not stated is NaN.</summary>
public sealed record PowerQuestion
{
    /// <summary>Share or mean in control.</summary>
    public required double Baseline { get; init; }

    /// <summary>Standard deviation a unit; NaN for a share.</summary>
    public double StandardDeviation { get; init; } = double.NaN;

    /// <summary>Lift to be found, relative to control.</summary>
    public double Lift { get; init; } = double.NaN;

    /// <summary>Units of control there will be.</summary>
    public double ControlUnits { get; init; } = double.NaN;

    /// <summary>Units a day in both arms.</summary>
    public double UnitsADay { get; init; } = double.NaN;

    /// <summary>Units of treatment for each of control.</summary>
    public double TreatmentToControl { get; init; } = 1;

    /// <summary>Error allowed, two-sided.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Chance to find it.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>Share of the variance that covariates leave, in (0, 1].</summary>
    public double VarianceKept { get; init; } = 1;

    /// <summary>Planned equal looks; 0 for none.</summary>
    public int Looks { get; init; }

    /// <summary>Whether the baseline is a share.</summary>
    public bool IsShare => double.IsNaN(StandardDeviation);

    /// <summary>Units for the lift, at the variance that is left; null where no lift is stated.</summary>
    public NeededUnits? Needed()
    {
        if (double.IsNaN(Lift)) return null;
        var all = IsShare
            ? SampleSize.ForProportions(Baseline, Lift, Alpha, Power, TreatmentToControl)
            : SampleSize.ForMeans(StandardDeviation, Math.Abs(Baseline) * Lift, Alpha, Power, TreatmentToControl);
        var real = all.ControlReal * VarianceKept;
        return new NeededUnits(real, (long)Math.Ceiling(real), (long)Math.Ceiling(real * TreatmentToControl));
    }

    /// <summary>Least lift that the units find; NaN where no units are stated, or no lift below a share of 1 is found.</summary>
    public double DetectableLift() => double.IsNaN(ControlUnits) ? double.NaN
        : IsShare ? SampleSize.DetectableLift(Baseline, ControlUnits / VarianceKept, TreatmentToControl, Alpha, Power)
        : SampleSize.DetectableDifference(StandardDeviation * Math.Sqrt(VarianceKept), ControlUnits, ControlUnits * TreatmentToControl, Alpha, Power) / Math.Abs(Baseline);

    /// <summary>Power of the units for the lift; NaN where one of them is not stated.</summary>
    public double PowerAtUnits()
    {
        if (double.IsNaN(ControlUnits) || double.IsNaN(Lift)) return double.NaN;
        var (n, k) = (ControlUnits / VarianceKept, TreatmentToControl);
        var z = -Numerics.Distributions.NormalQuantile(Alpha / 2);
        if (!IsShare)
        {
            var error = StandardDeviation * Math.Sqrt((1 / n) + (1 / (n * k)));
            return SampleSize.PowerOfNormal(Math.Abs(Baseline) * Lift, error, z * error);
        }

        var (p, q) = (Baseline, Baseline * (1 + Lift));
        var pooled = (p + (k * q)) / (1 + k);
        return SampleSize.PowerOfNormal(q - p, Math.Sqrt(((p * (1 - p)) + (q * (1 - q) / k)) / n), z * Math.Sqrt(pooled * (1 - pooled) * (1 + (1 / k)) / n));
    }
}
