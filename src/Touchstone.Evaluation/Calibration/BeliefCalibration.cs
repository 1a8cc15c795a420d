using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Calibration;

/// <summary>Bayesian intervals where effects do come from their prior, and the alarm about unequal arms where they are as they should be.</summary>
internal static class BeliefCalibration
{
    private static readonly double[] s_weights = [0.5, 0.3, 0.2];

    /// <summary>Coverage of the posterior under its own prior: a normal around 0 with a tenth of the mean as its deviation.</summary>
    public static CalibrationFinding Posterior(UnitOutcomes pool, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var deviation = 0.1 * pool.Revenue.Average();
        var prior = new EffectPrior(0, deviation * deviation, true);
        var tally = CalibrationTally.Run(1, options.Repetitions, options, "posterior", () =>
        {
            var (control, treatment) = (new double[options.Units], new double[options.Units]);
            return (repetition, sums, random) =>
            {
                var effect = deviation * random.NextNormal();
                for (var unit = 0; unit < options.Units; unit++)
                {
                    control[unit] = pool.Revenue[random.NextInt(pool.Count)];
                    treatment[unit] = pool.Revenue[random.NextInt(pool.Count)] + effect;
                }

                var found = EffectTest.Difference(Statistic(control), Statistic(treatment), new EffectOptions());
                var posterior = BayesianEffect.Of(found.Value, found.StandardError, prior);
                sums.Set(0, repetition, posterior is not null && posterior.Interval.Low <= effect && effect <= posterior.Interval.High);
            };
        }, progress, cancellationToken);
        return CalibrationFinding.Of("Bayesian", "posterior of the mean difference, normal prior", "95 % credible interval covers an effect from the prior", tally.Hits(0), tally.Repetitions, 0.94, 0.96);
    }

    /// <summary>Alarms over arms that got the shares they were to get.</summary>
    public static CalibrationFinding SampleRatio(CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var tally = CalibrationTally.Run(1, options.Repetitions, options, "sample-ratio", () => (repetition, sums, random) =>
        {
            Span<long> units = stackalloc long[3];
            units.Clear();
            for (var unit = 0; unit < 2 * options.Units; unit++)
            {
                var point = random.NextDouble();
                units[point < s_weights[0] ? 0 : point < s_weights[0] + s_weights[1] ? 1 : 2]++;
            }

            sums.Set(0, repetition, SampleRatioTest.Of(units, s_weights).IsMismatch);
        }, progress, cancellationToken);
        return CalibrationFinding.Of("sample ratio", "chi-square test, arms 50 : 30 : 20", "alarms at α .001 without a mismatch", tally.Hits(0), tally.Repetitions, SampleRatioTest.AlarmBelow, SampleRatioTest.AlarmBelow);
    }

    private static ArmStatistic Statistic(double[] values) => ArmStatistic.Of(VariantMoments.Of("arm", ("revenue", values)), new MomentForm("revenue"));
}
