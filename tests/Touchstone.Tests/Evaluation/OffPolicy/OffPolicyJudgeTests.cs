using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class OffPolicyJudgeTests
{
    private static readonly double[] s_logging = [.5, .3, .15, .05], s_target = [.1, .2, .3, .4];

    [Fact]
    public void Judging_the_logging_policy_itself_returns_the_mean_reward()
    {
        var rounds = Synthetic(5_000, new Seed(1));
        rounds = rounds with { Targets = rounds.Propensities };
        foreach (var name in (string[])["ips", "snips", "clipped_ips:1", "subgaussian_ips:0.5"])
        {
            var estimate = Judge(BanditLog.Of(rounds), name).Estimates[0];
            Assert.Equal(rounds.Rewards.Average(), estimate.Value, 1e-12);
            Assert.Equal(0, estimate.AgainstLog?.Value ?? double.NaN, 1e-12);
        }
    }

    [Fact]
    public void Scaling_rewards_scales_estimates_and_a_constant_reward_is_told_by_self_normalised_ones() => Gen.Select(Gen.Int[1, 40].Array[4, 30], Gen.Double[0.1, 9]).Sample((cells, scale) =>
    {
        var rounds = Of(cells);
        string[] names = ["ips", "snips", "clipped_ips:2", "dm", "dr", "sndr", "switch_dr:2", "dros:3"];
        var model = rounds with { ModelledRewards = [.. rounds.Rewards.Select(reward => reward / 2)], ModelledValues = [.. rounds.Rewards.Select((_, i) => i % 3 * 0.5)] };
        var scaled = model with { Rewards = Times(model.Rewards, scale), ModelledRewards = Times(model.ModelledRewards, scale), ModelledValues = Times(model.ModelledValues, scale) };
        foreach (var (left, right) in Judge(BanditLog.Of(model), names).Estimates.Zip(Judge(BanditLog.Of(scaled), names).Estimates))
            Assert.Equal(left.Value * scale, right.Value, 1e-9 * (1 + Math.Abs(left.Value * scale)));
        var constant = Judge(BanditLog.Of(rounds with { Rewards = [.. rounds.Rewards.Select(_ => scale)] }), "snips").Estimates[0];
        Assert.Equal(scale, constant.Value, 1e-9);
    }, iter: 50);

    [Fact]
    public void Long_logs_in_blocks_give_what_plain_sums_give()
    {
        var rounds = Synthetic(BanditLog.BlockRounds + 12_345, new Seed(2));
        double[] weights = [.. rounds.Targets.Zip(rounds.Propensities, (target, propensity) => target / propensity)];
        var found = Judge(BanditLog.Of(rounds), "ips", "snips", "clipped_ips:2");
        var weighted = weights.Zip(rounds.Rewards, (weight, reward) => weight * reward).Sum();
        Assert.Equal(weighted / weights.Length, found.Estimates[0].Value, 1e-12);
        Assert.Equal(weighted / weights.Sum(), found.Estimates[1].Value, 1e-12);
        Assert.Equal(weights.Zip(rounds.Rewards, (weight, reward) => Math.Min(2, weight) * reward).Average(), found.Estimates[2].Value, 1e-12);
        Assert.Equal(weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight), found.Weights.EffectiveSampleSize, 1e-6);
        Assert.Equal(weights.Length, found.Weights.Bars.Sum(bar => bar.Count));
        Assert.Equal(weights.Max(), found.Weights.Heaviest[0].Weight);
    }

    [Fact]
    public void A_huge_weight_leaves_the_error_of_the_self_normalised_estimate_exact()
    {
        double[] weights = [9e5, .2, .2, .2], rewards = [1, 0, 1, 0];
        var moments = new SelfNormalisedMoments();
        moments.Add([], weights, rewards);
        var value = weights.Zip(rewards, (weight, reward) => weight * reward).Sum() / weights.Sum();
        var expected = Math.Sqrt(Math.Pow(weights[0] * (1 - value), 2) + (2 * 0.04 * value * value) + (0.04 * (1 - value) * (1 - value))) / weights.Sum();
        Assert.Equal(1, moments.StandardError / expected, 1e-6);
    }

    [Fact]
    public void The_same_bits_come_out_at_any_number_of_threads()
    {
        var rounds = Synthetic(BanditLog.BlockRounds + 5_000, new Seed(3));
        var found = ((int[])[1, 2, 5]).Select(threads => OffPolicyJudge.Judge(BanditLog.Of(rounds), Options("ips", "snips", "clipped_ips") with { Bootstrap = new BootstrapOptions { Replicates = 60, Threads = threads } }, null, TestContext.Current.CancellationToken)).ToList();
        foreach (var other in found.Skip(1))
            Assert.Equal(found[0].Estimates.Select(estimate => (estimate.Value, estimate.Bootstrap?.Low, estimate.Bootstrap?.High)), other.Estimates.Select(estimate => (estimate.Value, estimate.Bootstrap?.Low, estimate.Bootstrap?.High)));
    }

    [Fact]
    public void Intervals_hold_the_truth_about_as_often_as_they_say()
    {
        const int Repetitions = 400;
        var truth = Truth();
        var hits = new int[3];
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var options = Options("ips", "snips") with { Bootstrap = new BootstrapOptions { Replicates = 200, Seed = new Seed((ulong)repetition) }, RewardRange = (0, 1) };
            var found = OffPolicyJudge.Judge(BanditLog.Of(Synthetic(1_500, new Seed(77).For("log", repetition))), options, null, TestContext.Current.CancellationToken).Estimates;
            Estimate?[] intervals = [found[0].Normal, found[1].Bootstrap, found[0].Bernstein];
            for (var i = 0; i < intervals.Length; i++)
                if (intervals[i] is { } interval && interval.Low <= truth && truth <= interval.High) hits[i]++;
        }

        Assert.InRange(hits[0] / (double)Repetitions, .91, .98);
        Assert.InRange(hits[1] / (double)Repetitions, .91, .98);
        Assert.True(hits[2] >= Repetitions - 2, "empirical Bernstein holds at every size");
    }

    [Fact]
    public void A_log_that_does_not_carry_a_figure_is_refused_and_what_is_missing_is_named()
    {
        var heavy = new BanditRounds { Rewards = [1, 0, 0, 0, 1], Propensities = [1e-6, .5, .5, .5, .5], Targets = [.9, .1, .1, .1, .1] };
        var found = OffPolicyJudge.Judge(BanditLog.Of(heavy), new OffPolicyOptions { Estimators = [PolicyEstimator.Parse("ips"), PolicyEstimator.Parse("dr"), PolicyEstimator.Parse("mips")] }, null, TestContext.Current.CancellationToken);
        Assert.True(found.IsRefused);
        Assert.Null(found.Estimates[0].Bootstrap);
        Assert.Equal(180000.04, found.Estimates[0].Value, 1e-6);
        Assert.Equal("5 rounds say of the judged policy what 1 of its own would, fewer than 30: log more rounds, or judge a policy nearer to the log's (largest weight 900000).", found.Estimates[0].Missing[0]);
        Assert.Equal("dr needs what a reward model expects under the judged policy: give the policy's probabilities by action (--target FILE), or the columns q_hat and q_hat_target.", found.Estimates[1].Missing[0]);
        Assert.Equal("mips weighs categories: give p(category | context, policy) for both policies, as the columns category_propensity and category_target.", found.Estimates[2].Missing[0]);
        Assert.Contains("Round 0 alone carries 100 % of all weight (900000).", found.Warnings);
        Assert.Contains(found.Warnings, warning => warning.StartsWith("The effective sample size is 1: below about 150 the intervals are too narrow", StringComparison.Ordinal));
    }

    [Fact]
    public void A_shrunken_estimate_that_cuts_most_of_the_weight_away_is_refused()
    {
        var found = Judge(BanditLog.Of(Synthetic(5_000, new Seed(5))), "clipped_ips:0.3", "clipped_ips:4");
        Assert.Equal([EstimateStatus.Refused, EstimateStatus.Sound], found.Estimates.Select(estimate => estimate.Status));
        Assert.StartsWith("clipped_ips:0.3: shrinking has cut the mean weight from ", found.Estimates[0].Missing[0], StringComparison.Ordinal);
        Assert.EndsWith("so the figure is mostly what was not cut away: state a larger λ than 0.3, or log more rounds.", found.Estimates[0].Missing[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Propensities_that_are_not_the_log_s_are_told_by_the_mean_weight()
    {
        var rounds = Synthetic(20_000, new Seed(5));
        var wrong = rounds with { Propensities = [.. rounds.Propensities.Select(propensity => propensity / 2)] };
        var estimate = Judge(BanditLog.Of(wrong), "ips").Estimates[0];
        Assert.Equal(EstimateStatus.Refused, estimate.Status);
        Assert.Contains("the propensities are not those that the log chose with. Log the probability at the moment of choice.", estimate.Missing[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Products_that_a_short_log_happens_not_to_show_do_not_make_its_propensities_doubtful()
    {
        const int Products = 100_000;
        var random = new Seed(15).NewRandom();
        int[] actions = [.. Enumerable.Range(0, 1_000).Select(_ => random.NextInt(Products))];
        double[] propensities = [.. actions.Select(_ => 1.0 / Products)];
        var rounds = new BanditRounds { Rewards = [.. actions.Select(action => (double)(action % 2))], Propensities = propensities, Targets = propensities, Contexts = new int[1_000], Actions = actions };
        var target = SparsePolicy.Create(new int[Products], [.. Enumerable.Range(0, Products)], [.. Enumerable.Repeat(1.0 / Products, Products)], 1);
        var found = Judge(new BanditLog { Rounds = () => BanditLog.Blocks(rounds), Target = target, TargetRows = [0] }, "ips", "dr");
        Assert.All(found.Estimates, estimate => Assert.Equal(EstimateStatus.Sound, estimate.Status));
        Assert.InRange(found.MassNeverLogged, .98, 1);
    }

    [Fact]
    public void Choices_without_support_are_warned_of_with_their_mass()
    {
        var (logging, target) = (SparsePolicy.Create([0, 0], [0, 1], [.5, .5], 1), SparsePolicy.Create([0, 0, 0], [0, 1, 2], [.25, .25, .5], 1));
        var random = new Seed(4).NewRandom();
        int[] actions = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt(2))];
        var rounds = new BanditRounds { Rewards = [.. actions.Select(action => (double)action)], Propensities = [.. actions.Select(_ => .5)], Targets = [.. actions.Select(_ => .25)], Contexts = new int[500], Actions = actions };
        var log = new BanditLog { Rounds = () => BanditLog.Blocks(rounds), Target = target, TargetRows = [0], Logging = logging, LoggingRows = [0] };
        var found = Judge(log, "ips", "dr");
        Assert.Equal(.5, found.MassWithoutSupport, 1e-12);
        Assert.Equal(.5, found.MassNeverLogged, 1e-12);
        Assert.StartsWith("No support: in the mean 50 % of the judged policy's choices are actions that the logging policy never takes.", found.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(EstimateStatus.Sound, found.Estimates[0].Status);
    }

    [Theory]
    [InlineData(double.NaN, .5, .5, "rewards[1] = NaN; expected a finite number.")]
    [InlineData(double.PositiveInfinity, .5, .5, "rewards[1] = ∞; expected a finite number.")]
    [InlineData(1, 0, .5, "propensities[1] = 0; expected (0, 1].")]
    [InlineData(1, 1.5, .5, "propensities[1] = 1.5; expected (0, 1].")]
    [InlineData(1, -.1, .5, "propensities[1] = -0.1; expected (0, 1].")]
    [InlineData(1, double.NaN, .5, "propensities[1] = NaN; expected (0, 1].")]
    [InlineData(1, .5, 1.01, "targets[1] = 1.01; expected [0, 1]")]
    [InlineData(1, .5, double.NaN, "targets[1] = NaN; expected [0, 1]")]
    public void Faulty_rounds_are_errors_that_name_the_round(double reward, double propensity, double target, string message)
    {
        var rounds = new BanditRounds { Rewards = [0, reward], Propensities = [.5, propensity], Targets = [.5, target] };
        var fault = Assert.Throws<ArgumentException>(() => Judge(BanditLog.Of(rounds), "ips"));
        Assert.StartsWith(message.Replace("∞", "Infinity", StringComparison.Ordinal), fault.Message.Replace("∞", "Infinity", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_estimators_are_read_in_several_spellings_and_unknown_ones_are_refused()
    {
        Assert.Equal("clipped_ips:5", PolicyEstimator.Parse("clipped:5").Name);
        Assert.Equal("switch_dr:auto", PolicyEstimator.Parse("SWITCH-DR").Name);
        Assert.True(PolicyEstimator.Parse("dros").IsTunable);
        Assert.StartsWith("There is no estimator \"ipz\"; known: ips, snips,", Assert.Throws<ArgumentException>(() => PolicyEstimator.Parse("ipz")).Message, StringComparison.Ordinal);
        Assert.StartsWith("clipped_ips: λ = -1; expected 0 or more.", Assert.Throws<ArgumentException>(() => PolicyEstimator.Parse("clipped_ips:-1")).Message, StringComparison.Ordinal);
        Assert.StartsWith("ips has no parameter; write ips.", Assert.Throws<ArgumentException>(() => PolicyEstimator.Parse("ips:3")).Message, StringComparison.Ordinal);
    }

    internal static BanditRounds Synthetic(int count, Seed seed)
    {
        var random = seed.NewRandom();
        int Draw(double[] probabilities)
        {
            var (at, left) = (0, random.NextDouble());
            while (at < probabilities.Length - 1 && (left -= probabilities[at]) >= 0) at++;
            return at;
        }

        int[] actions = [.. Enumerable.Range(0, count).Select(_ => Draw(s_logging))];
        return new BanditRounds
        {
            Actions = actions,
            Contexts = new int[count],
            Rewards = [.. actions.Select(action => random.NextDouble() < Rate(action) ? 1.0 : 0)],
            Propensities = [.. actions.Select(action => s_logging[action])],
            Targets = [.. actions.Select(action => s_target[action])],
        };
    }

    internal static double Truth() => s_target.Select((probability, action) => probability * Rate(action)).Sum();

    private static double Rate(int action) => .1 + (.15 * action);

    private static BanditRounds Of(int[] cells) => new()
    {
        Rewards = [.. cells.Select(cell => cell % 5 * 0.7)],
        Propensities = [.. cells.Select(cell => .05 + (cell % 7 * .1))],
        Targets = [.. cells.Select(cell => .1 + (cell % 3 * .2))],
    };

    private static double[] Times(double[] values, double by) => [.. values.Select(value => value * by)];

    private static OffPolicyOptions Options(params string[] names) => new() { Estimators = [.. names.Select(PolicyEstimator.Parse)], Bootstrap = new BootstrapOptions { Replicates = 100 } };

    private static PolicyEvaluation Judge(BanditLog log, params string[] names) => OffPolicyJudge.Judge(log, Options(names), null, TestContext.Current.CancellationToken);
}
