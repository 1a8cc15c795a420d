using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Calibration;

/// <summary>
/// Coverage and false alarms of what looks once. Units of both arms are drawn with replacement from a known population, so that its own means
/// are the truth; the treatment raises revenue by 5 % and turns 2 % of those who buy nothing into buyers, or does nothing at all.
/// </summary>
internal static class FixedHorizonCalibration
{
    /// <summary>What the treatment does to revenue.</summary>
    internal const double Lift = 0.05;

    private const double Converted = 0.02;
    private static readonly string[] s_methods =
        ["mean difference, Welch", "lift, delta method", "ratio lift, delta method", "mean difference, CUPED", "share difference, Wald", "share difference, Newcombe", "90th percentile of buyers' revenue"];

    /// <summary>Findings: coverage with the effect, then wins without.</summary>
    public static IReadOnlyList<CalibrationFinding> Run(UnitOutcomes pool, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var truths = Truths(pool);
        var count = s_methods.Length;
        var tally = CalibrationTally.Run(2 * count, options.Repetitions, options, "fixed", () =>
        {
            var (control, plain, treated) = (new ArmDraw(options.Units), new ArmDraw(options.Units), new ArmDraw(options.Units));
            return (repetition, sums, random) =>
            {
                control.Draw(pool, random);
                plain.Draw(pool, random);
                treated.Treat(plain, random);
                Take(sums, repetition, 0, control, treated, truths, coverage: true);
                Take(sums, repetition, count, control, plain, truths, coverage: false);
            };
        }, progress, cancellationToken);
        List<CalibrationFinding> findings = [];
        for (var method = 0; method < count; method++)
            findings.Add(CalibrationFinding.Of("fixed horizon", s_methods[method], "95 % interval covers the effect", tally.Hits(method), tally.Repetitions, 0.94, 0.96));
        for (var method = 0; method < count; method++)
            findings.Add(CalibrationFinding.Of("fixed horizon", s_methods[method], "A/A test wins at α .05", tally.Hits(count + method), tally.Repetitions, 0.04, 0.06));
        return findings;
    }

    /// <summary>The bootstrap draws replicates of its own, so it is repeated less often.</summary>
    public static CalibrationFinding Bootstrap(UnitOutcomes pool, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var truth = Truths(pool)[0];
        var tally = CalibrationTally.Run(1, options.SlowRepetitions, options, "bootstrap", () =>
        {
            var (control, treated) = (new ArmDraw(options.Units), new ArmDraw(options.Units));
            return (repetition, sums, random) =>
            {
                control.Draw(pool, random);
                treated.Draw(pool, random);
                treated.Treat(treated, random);
                var bootstrap = new BootstrapOptions { Replicates = options.Replicates, Threads = 1, Seed = new Seed(random.NextUInt64()) };
                var estimate = ArmBootstrap.Difference(control.Revenue, treated.Revenue, bootstrap, cancellationToken);
                sums.Set(0, repetition, estimate.Low <= truth && truth <= estimate.High);
            };
        }, progress, cancellationToken);
        return CalibrationFinding.Of("fixed horizon", $"mean difference, bootstrap of {options.Replicates}", "95 % interval covers the effect", tally.Hits(0), tally.Repetitions, 0.94, 0.96);
    }

    private static double[] Truths(UnitOutcomes pool)
    {
        var revenue = pool.Revenue.Average();
        var difference = Lift * revenue;
        var buyers = pool.Revenue.Count(value => value > 0) / (double)pool.Count;
        double[] positive = [.. pool.Revenue.Where(value => value > 0).Order()];
        return [difference, Lift, Lift, difference, Converted * (1 - buyers), Converted * (1 - buyers), Lift * Quantile.Type7(positive, 0.9)];
    }

    private static void Take(CalibrationTally sums, int repetition, int first, ArmDraw control, ArmDraw treatment, double[] truths, bool coverage)
    {
        var options = new EffectOptions();
        var (c, t) = (control.Moments("control"), treatment.Moments("treatment"));
        var (mean, ratio) = (new MomentForm("revenue"), new MomentForm("revenue", "sessions"));
        var adjusted = CupedAdjustment.Of([c, t], mean, [new MomentForm("earlier")]);
        var shares = TwoProportions.Compare(control.Buyers, control.Count, treatment.Buyers, treatment.Count);
        var difference = EffectTest.Difference(ArmStatistic.Of(c, mean), ArmStatistic.Of(t, mean), options);
        (double Low, double High)[] intervals =
        [
            (difference.Low, difference.High),
            Ends(EffectTest.Lift(ArmStatistic.Of(c, mean), ArmStatistic.Of(t, mean), options)),
            Ends(EffectTest.Lift(ArmStatistic.Of(c, ratio), ArmStatistic.Of(t, ratio), options)),
            Ends(EffectTest.Difference(adjusted.Arms[0], adjusted.Arms[1], options)),
            (shares.Wald.Low, shares.Wald.High),
            (shares.Newcombe.Low, shares.Newcombe.High),
            Ends(EffectTest.Difference(ArmStatistic.Quantile(control.NinetiethPercentile()), ArmStatistic.Quantile(treatment.NinetiethPercentile()), options)),
        ];
        for (var method = 0; method < intervals.Length; method++)
        {
            var (low, high) = intervals[method];
            var truth = coverage ? truths[method] : 0;
            var holds = low <= truth && truth <= high;
            sums.Set(first + method, repetition, coverage ? holds : !holds);
        }
    }

    private static (double Low, double High) Ends(Effect effect) => (effect.Low, effect.High);

    /// <summary>Units of one arm.</summary>
    private sealed class ArmDraw(int count)
    {
        private readonly double[] _earlier = new double[count];
        private readonly double[] _sessions = new double[count];
        private readonly bool[] _buys = new bool[count];

        public double[] Revenue { get; } = new double[count];

        public int Count => count;

        public int Buyers => _buys.Count(buys => buys);

        public void Draw(UnitOutcomes pool, SeededRandom random)
        {
            for (var unit = 0; unit < count; unit++)
            {
                var drawn = random.NextInt(pool.Count);
                (_earlier[unit], Revenue[unit], _sessions[unit], _buys[unit]) = (pool.EarlierRevenue[drawn], pool.Revenue[drawn], pool.Sessions[drawn], pool.Revenue[drawn] > 0);
            }
        }

        public void Treat(ArmDraw plain, SeededRandom random)
        {
            for (var unit = 0; unit < count; unit++)
                (_earlier[unit], Revenue[unit], _sessions[unit], _buys[unit]) = (plain._earlier[unit], plain.Revenue[unit] * (1 + Lift), plain._sessions[unit], plain._buys[unit] || random.NextDouble() < Converted);
        }

        public VariantMoments Moments(string name) => VariantMoments.Of(name, ("revenue", Revenue), ("sessions", _sessions), ("earlier", _earlier));

        public VariantQuantile NinetiethPercentile() => QuantileStatistic.Of("arm", Revenue.Where(value => value > 0).ToArray(), [], 0.9);
    }
}
