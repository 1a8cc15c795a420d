using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Calibration;

/// <summary>Coverage and bias of off-policy estimates against the known value of the judged policy, from much to little effective sample size.</summary>
internal static class PolicyCalibration
{
    private const int RoundsAShopper = 5;
    private static readonly string[] s_estimators = ["ips", "snips", "dr", "sndr", "clipped_ips:5", "dros:10"];

    /// <summary>Findings of one scenario.</summary>
    /// <param name="bandit">Policies and rewards.</param>
    /// <param name="rounds">Rounds of a log.</param>
    /// <param name="options">Repetitions and seed.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="cancellationToken">Stops between repetitions.</param>
    public static IReadOnlyList<CalibrationFinding> Run(KnownBandit bandit, int rounds, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var world = new BanditDraw(bandit);
        var (truth, count) = (bandit.TargetValue, s_estimators.Length);
        var judge = new OffPolicyOptions
        {
            Estimators = [.. s_estimators.Select(PolicyEstimator.Parse)],
            MinimumEffectiveSampleSize = 0,
            RewardRange = (0, 1),
            Folds = 2,
            Bootstrap = new BootstrapOptions { Replicates = 200, Threads = 1 },
        };
        // A method has its normal interval, its bootstrap interval, and its value for the bias.
        var tally = CalibrationTally.Run((2 * count) + 1, options.SlowRepetitions, options, FormattableString.Invariant($"policy/{rounds}"), () => (repetition, sums, random) =>
        {
            var found = OffPolicyJudge.Judge(world.Log(rounds, random), judge with { Bootstrap = judge.Bootstrap with { Seed = new Seed(random.NextUInt64()) } }, null, cancellationToken);
            for (var i = 0; i < count; i++)
            {
                var estimate = found.Estimates[i];
                sums.Set(2 * i, repetition, Holds(estimate.Normal), estimate.Value - truth);
                sums.Set((2 * i) + 1, repetition, Holds(estimate.Bootstrap), (estimate.Value - truth) * (estimate.Value - truth));
            }

            sums.Set(2 * count, repetition, true, found.Weights.EffectiveSampleSize);
        }, progress, cancellationToken);
        var effective = tally.Mean(2 * count);
        var refused = new OffPolicyOptions().MinimumEffectiveSampleSize;
        List<CalibrationFinding> findings = [];
        for (var i = 0; i < count; i++)
        {
            var bias = tally.Mean(2 * i);
            var spread = Math.Sqrt(Math.Max(0, tally.Mean((2 * i) + 1) - (bias * bias)));
            foreach (var (interval, at) in (ReadOnlySpan<(string, int)>)[("normal", 2 * i), ("bootstrap", (2 * i) + 1)])
            {
                findings.Add(CalibrationFinding.Of(
                    "off-policy", $"{s_estimators[i]}, {interval}", FormattableString.Invariant($"95 % interval covers; {rounds} rounds, effective {effective:0}"), tally.Hits(at), tally.Repetitions, 0.94, 0.96) with
                {
                    BiasInErrors = spread > 0 ? bias / spread : double.NaN,
                    IsWarning = judge.Estimators[i].IsBiased || effective < refused,
                });
            }
        }

        return findings;

        bool Holds(Estimate? interval) => interval is not null && interval.Low <= truth && truth <= interval.High;
    }

    /// <summary>
    /// Coverage where a shopper has several rounds, in one context and with one luck: of intervals that know whose rounds they are, and, as a warning, of
    /// those that take rounds as independent.
    /// </summary>
    /// <param name="bandit">Policies and rewards.</param>
    /// <param name="rounds">Rounds of a log.</param>
    /// <param name="options">Repetitions and seed.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="cancellationToken">Stops between repetitions.</param>
    public static IReadOnlyList<CalibrationFinding> ByShopper(KnownBandit bandit, int rounds, CalibrationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var world = new BanditDraw(bandit);
        var truth = bandit.TargetValue;
        string[] names = ["ips", "snips", "dr"];
        var judge = new OffPolicyOptions
        {
            Estimators = [.. names.Select(PolicyEstimator.Parse)],
            MinimumEffectiveSampleSize = 0,
            Folds = 2,
            Bootstrap = new BootstrapOptions { Replicates = 200, Threads = 1 },
        };
        // Of an estimator: normal and bootstrap over shoppers, normal over rounds.
        var tally = CalibrationTally.Run(3 * names.Length, options.SlowRepetitions, options, FormattableString.Invariant($"policy-by-shopper/{rounds}"), () => (repetition, sums, random) =>
        {
            var log = world.Log(rounds, random, RoundsAShopper);
            var seeded = judge with { Bootstrap = judge.Bootstrap with { Seed = new Seed(random.NextUInt64()) } };
            var byShopper = OffPolicyJudge.Judge(log, seeded, null, cancellationToken).Estimates;
            var byRound = OffPolicyJudge.Judge(log with { HasClusters = false, Rounds = () => log.Rounds().Select(block => block with { Clusters = [] }) }, seeded with { Bootstrap = judge.Bootstrap with { Replicates = 2 } }, null, cancellationToken).Estimates;
            for (var i = 0; i < names.Length; i++)
            {
                sums.Set(3 * i, repetition, Holds(byShopper[i].Normal));
                sums.Set((3 * i) + 1, repetition, Holds(byShopper[i].Bootstrap));
                sums.Set((3 * i) + 2, repetition, Holds(byRound[i].Normal));
            }
        }, progress, cancellationToken);
        var counted = FormattableString.Invariant($"95 % interval covers; {rounds} rounds of {(rounds + RoundsAShopper - 1) / RoundsAShopper} shoppers");
        return
        [
            .. names.SelectMany((name, i) => (CalibrationFinding[])
            [
                CalibrationFinding.Of("off-policy", $"{name} by shopper, normal", counted, tally.Hits(3 * i), tally.Repetitions, 0.94, 0.96),
                CalibrationFinding.Of("off-policy", $"{name} by shopper, bootstrap", counted, tally.Hits((3 * i) + 1), tally.Repetitions, 0.94, 0.96),
                CalibrationFinding.Of("off-policy", $"{name} by round, normal", counted, tally.Hits((3 * i) + 2), tally.Repetitions, 0.94, 0.96) with { IsWarning = true },
            ]),
        ];

        bool Holds(Estimate? interval) => interval is not null && interval.Low <= truth && truth <= interval.High;
    }

    /// <summary>Draws logs.</summary>
    private sealed class BanditDraw(KnownBandit bandit)
    {
        private readonly double[] _contexts = Cumulative(bandit.ContextShares);
        private readonly double[][] _actions = [.. bandit.Logging.Select(Cumulative)];
        private readonly SparsePolicy _target = Policy(bandit);
        private readonly int[] _rows = [.. Enumerable.Range(0, bandit.ContextShares.Length)];
        private readonly string[] _names = [.. Enumerable.Range(0, bandit.ContextShares.Length).Select(context => FormattableString.Invariant($"{context}"))];

        // The rounds of a shopper stand together, in one context; what one would earn by luck, they would all.
        public BanditLog Log(int rounds, SeededRandom random, int roundsAShopper = 1)
        {
            var (rewards, propensities, targets) = (new double[rounds], new double[rounds], new double[rounds]);
            var (contexts, actions) = (new int[rounds], new int[rounds]);
            var (context, luck) = (0, 0.0);
            for (var round = 0; round < rounds; round++)
            {
                if (round % roundsAShopper == 0) context = Place(_contexts, random.NextDouble());
                var entry = Place(_actions[context], random.NextDouble());
                if (round % roundsAShopper == 0) luck = random.NextDouble();
                (contexts[round], actions[round]) = (context, bandit.Actions[context][entry]);
                (propensities[round], targets[round]) = (bandit.Logging[context][entry], bandit.Target[context][entry]);
                rewards[round] = luck < bandit.RewardProbabilities[context][entry] ? 1 : 0;
            }

            int[] clusters = roundsAShopper == 1 ? [] : [.. Enumerable.Range(0, rounds).Select(round => round / roundsAShopper)];
            var log = BanditLog.Of(new BanditRounds { Rewards = rewards, Propensities = propensities, Targets = targets, Contexts = contexts, Actions = actions, Clusters = clusters });
            return log with { Target = _target, TargetRows = _rows, Contexts = _names };
        }

        private static SparsePolicy Policy(KnownBandit bandit)
        {
            List<int> contexts = [], actions = [];
            List<double> probabilities = [];
            for (var context = 0; context < bandit.Actions.Length; context++)
            {
                for (var entry = 0; entry < bandit.Actions[context].Length; entry++)
                {
                    contexts.Add(context);
                    actions.Add(bandit.Actions[context][entry]);
                    probabilities.Add(bandit.Target[context][entry]);
                }
            }

            return SparsePolicy.Create([.. contexts], [.. actions], [.. probabilities], bandit.Actions.Length);
        }

        private static double[] Cumulative(double[] shares)
        {
            var sums = new double[shares.Length];
            var sum = 0.0;
            for (var i = 0; i < shares.Length; i++) sums[i] = sum += shares[i];
            return sums;
        }

        private static int Place(double[] cumulative, double point)
        {
            var at = Array.BinarySearch(cumulative, point * cumulative[^1]);
            return Math.Min(cumulative.Length - 1, at < 0 ? ~at : at + 1);
        }
    }
}
