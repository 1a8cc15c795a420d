using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Calibration;

/// <summary>
/// Errors over all looks of an A/A test in which units come day by day: always-valid intervals, mSPRT, planned looks, and, as a warning, a
/// fixed-horizon interval that is looked at daily.
/// </summary>
internal static class LookingCalibration
{
    private const double Alpha = 0.05;

    /// <summary>Findings.</summary>
    public static IReadOnlyList<CalibrationFinding> Run(UnitOutcomes pool, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var days = options.PlannedDays;
        double[] fractions = [.. days.Select(day => (double)day / options.Days)];
        var (early, even) = (GroupSequential.Boundaries(fractions, Alpha), GroupSequential.Boundaries(fractions, Alpha, AlphaSpending.Pocock));
        var mean = pool.Revenue.Average();
        var mixture = Math.Pow(FixedHorizonCalibration.Lift * mean, 2);
        var tuning = 2.0 * options.Days * options.UnitsADay;
        var tally = CalibrationTally.Run(5, options.Repetitions, options, "looks", () => (repetition, sums, random) =>
        {
            var (control, treatment) = (new MeanMoments(), new MeanMoments());
            var (controlDay, treatmentDay) = (new double[options.UnitsADay], new double[options.UnitsADay]);
            var (hasErred, hasPeeked, hasTested, passedEarly, passedEven) = (false, false, false, false, false);
            var (width, testWidth, fixedWidth) = (0.0, 0.0, 1.0);
            for (var day = 1; day <= options.Days; day++)
            {
                for (var unit = 0; unit < options.UnitsADay; unit++)
                {
                    controlDay[unit] = pool.Revenue[random.NextInt(pool.Count)];
                    treatmentDay[unit] = pool.Revenue[random.NextInt(pool.Count)];
                }

                control.Add(controlDay);
                treatment.Add(treatmentDay);
                var effect = EffectTest.Difference(Arm(control), Arm(treatment), new EffectOptions { Alpha = Alpha });
                if (effect.Status != EffectStatus.Ok) continue;
                var sequence = ConfidenceSequence.AlwaysValid(effect, control.Count + treatment.Count, new EffectOptions { Alpha = Alpha }, tuning);
                var half = MixtureSequentialTest.HalfWidth(control.Count, control.Variance + treatment.Variance, mixture, Alpha);
                hasErred |= sequence.Low > 0 || sequence.High < 0;
                hasPeeked |= effect.Low > 0 || effect.High < 0;
                hasTested |= Math.Abs(effect.Value) > half;
                if (Array.IndexOf(days, day) is var look and >= 0)
                {
                    passedEarly |= Math.Abs(effect.Statistic) > early[look];
                    passedEven |= Math.Abs(effect.Statistic) > even[look];
                }

                (width, testWidth, fixedWidth) = (sequence.High - sequence.Low, 2 * half, effect.High - effect.Low);
            }

            sums.Set(0, repetition, hasErred, width / fixedWidth);
            sums.Set(1, repetition, hasTested, testWidth / fixedWidth);
            sums.Set(2, repetition, passedEarly);
            sums.Set(3, repetition, passedEven);
            sums.Set(4, repetition, hasPeeked, 1);
        }, progress, cancellationToken);
        var everyLook = $"A/A errs at any of {options.Days} daily looks";
        var planned = $"A/A errs at any of {days.Length} planned looks";
        return
        [
            Finding("sequential", "asymptotic confidence sequence", everyLook, 0, 0) with { RelativeWidth = tally.Mean(0) },
            Finding("sequential", $"mSPRT, mixture of {FixedHorizonCalibration.Lift:0 %} lifts", everyLook, 1, 0) with { RelativeWidth = tally.Mean(1) },
            Finding("group sequential", "spending like O'Brien and Fleming", planned, 2, 0.04),
            Finding("group sequential", "spending like Pocock", planned, 3, 0.04),
            Finding("peeking", "fixed-horizon interval, looked at daily", everyLook, 4, 0) with { IsWarning = true, RelativeWidth = 1 },
        ];

        // An always-valid method may err less often than it is allowed to; planned looks should spend what they have.
        CalibrationFinding Finding(string family, string method, string counted, int index, double low) =>
            CalibrationFinding.Of(family, method, counted, tally.Hits(index), tally.Repetitions, low, low == 0 ? 0.05 : 0.06);
    }

    private static ArmStatistic Arm(MeanMoments moments) => ArmStatistic.Plain(moments.Count, moments.Mean, moments.Variance);
}
