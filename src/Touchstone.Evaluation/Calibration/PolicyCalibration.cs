using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Calibration;

/// <summary>Coverage and bias of off-policy estimates against the known value of the judged policy, from much to little effective sample size.</summary>
internal static class PolicyCalibration
{
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

    /// <summary>Draws logs.</summary>
    private sealed class BanditDraw(KnownBandit bandit)
    {
        private readonly double[] _contexts = Cumulative(bandit.ContextShares);
        private readonly double[][] _actions = [.. bandit.Logging.Select(Cumulative)];
        private readonly SparsePolicy _target = Policy(bandit);
        private readonly int[] _rows = [.. Enumerable.Range(0, bandit.ContextShares.Length)];
        private readonly string[] _names = [.. Enumerable.Range(0, bandit.ContextShares.Length).Select(context => FormattableString.Invariant($"{context}"))];

        public BanditLog Log(int rounds, SeededRandom random)
        {
            var (rewards, propensities, targets) = (new double[rounds], new double[rounds], new double[rounds]);
            var (contexts, actions) = (new int[rounds], new int[rounds]);
            for (var round = 0; round < rounds; round++)
            {
                var context = Place(_contexts, random.NextDouble());
                var entry = Place(_actions[context], random.NextDouble());
                (contexts[round], actions[round]) = (context, bandit.Actions[context][entry]);
                (propensities[round], targets[round]) = (bandit.Logging[context][entry], bandit.Target[context][entry]);
                rewards[round] = random.NextDouble() < bandit.RewardProbabilities[context][entry] ? 1 : 0;
            }

            var log = BanditLog.Of(new BanditRounds { Rewards = rewards, Propensities = propensities, Targets = targets, Contexts = contexts, Actions = actions });
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
