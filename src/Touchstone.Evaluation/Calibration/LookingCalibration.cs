using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Calibration;

/// <summary>
/// Errors over all looks of an A/A test in which units come day by day: always-valid intervals, mSPRT, planned looks, and, as a warning, a
/// fixed-horizon interval that is looked at daily.
/// </summary>
internal static class LookingCalibration
{
    private const int PlannedLooks = 5;
    private const double Alpha = 0.05;

    /// <summary>Findings.</summary>
    public static IReadOnlyList<CalibrationFinding> Run(UnitOutcomes pool, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] fractions = [.. Enumerable.Range(1, PlannedLooks).Select(look => (double)look / PlannedLooks)];
        var (early, even) = (GroupSequential.Boundaries(fractions, Alpha), GroupSequential.Boundaries(fractions, Alpha, AlphaSpending.Pocock));
        var mean = pool.Revenue.Average();
        var mixture = Math.Pow(FixedHorizonCalibration.Lift * mean, 2);
        var tuning = 2.0 * options.Days * options.UnitsADay;
        var tally = CalibrationTally.Run(5, options.Repetitions, options, "looks", () => (repetition, sums, random) =>
        {
            var (control, treatment) = (new RunningArm(), new RunningArm());
            var (hasErred, hasPeeked, hasTested, passedEarly, passedEven) = (false, false, false, false, false);
            var (width, testWidth, fixedWidth) = (0.0, 0.0, 1.0);
            for (var day = 1; day <= options.Days; day++)
            {
                for (var unit = 0; unit < options.UnitsADay; unit++)
                {
                    control.Add(pool.Revenue[random.NextInt(pool.Count)]);
                    treatment.Add(pool.Revenue[random.NextInt(pool.Count)]);
                }

                var effect = EffectTest.Difference(control.Statistic, treatment.Statistic, new EffectOptions { Alpha = Alpha });
                if (effect.Status != EffectStatus.Ok) continue;
                var sequence = ConfidenceSequence.AlwaysValid(effect, control.Count + treatment.Count, new EffectOptions { Alpha = Alpha }, tuning);
                var half = MixtureSequentialTest.HalfWidth(control.Count, control.Variance + treatment.Variance, mixture, Alpha);
                hasErred |= sequence.Low > 0 || sequence.High < 0;
                hasPeeked |= effect.Low > 0 || effect.High < 0;
                hasTested |= Math.Abs(effect.Value) > half;
                for (var look = 0; look < PlannedLooks; look++)
                {
                    if (day != (int)Math.Round(fractions[look] * options.Days)) continue;
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
        var planned = $"A/A errs at any of {PlannedLooks} planned looks";
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

    /// <summary>Running mean and centred sum of squares (Welford 1962).</summary>
    private struct RunningArm
    {
        private double _mean, _squares;

        public long Count { get; private set; }

        public readonly double Variance => _squares / (Count - 1);

        public readonly ArmStatistic Statistic => ArmStatistic.Plain(Count, _mean, Variance);

        public void Add(double value)
        {
            Count++;
            var away = value - _mean;
            _mean += away / Count;
            _squares += away * (value - _mean);
        }
    }
}
