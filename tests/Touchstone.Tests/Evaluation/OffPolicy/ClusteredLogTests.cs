using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Evaluation.Reports;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.OffPolicy;

/// <summary>Logs in which several rounds are of one shopper.</summary>
public sealed class ClusteredLogTests
{
    private static readonly SparsePolicy s_target = SparsePolicy.Create([0, 0, 0, 0], [0, 1, 2, 3], [.1, .2, .3, .4], 1);

    // Twelve rounds of five shoppers; figures from exact fractions in Python 3.11: G/(G - 1) Σ(Σ(x - mean))²/n², and Σ(Σψ)²/n² of the self-normalised.
    private static readonly BanditRounds s_small = new()
    {
        Rewards = [1, 0, 2, 1.5, 0, 3, 1, 0, .5, 2, 0, 1],
        Propensities = [.5, .25, .5, .2, .5, .25, .4, .5, .2, .1, .5, .25],
        Targets = [.25, .5, .5, .3, .1, .5, .2, .6, .4, .3, .5, .25],
        ModelledRewards = [.5, .5, 1, 1, .5, 2, .5, .25, .5, 1, .5, .75],
        ModelledValues = [.75, .75, 1, .75, .5, 1.5, .5, .5, .75, 1, .75, .75],
        Clusters = [0, 0, 1, 0, 2, 1, 3, 2, 2, 4, 3, 0],
    };

    [Theory]
    [InlineData("ips", 1.6041666666666667, 0.7865225246675479)]
    [InlineData("dr", 1.2583333333333333, 0.49105005865799944)]
    [InlineData("snips", 1.2106918238993711, 0.40484468494055087)]
    [InlineData("sndr", 1.1438679245283019, 0.31615840854206423)]
    public void Standard_errors_are_those_of_an_independent_computation(string name, double value, double error)
    {
        var found = Judge(BanditLog.Of(s_small), name);
        Assert.Equal(value, found.Estimates[0].Value, 1e-12);
        Assert.Equal(error, found.Estimates[0].StandardError, 1e-12);
        Assert.Equal(value - (1.959963984540054 * error), found.Estimates[0].Normal?.Low ?? double.NaN, 1e-12);
        Assert.Equal((5, 4L), (found.Clusters?.Count, found.Clusters?.LargestRounds));
        Assert.Equal(4.450096813941207, found.Clusters?.Effective ?? double.NaN, 1e-12);
        Assert.Equal(0.20136793473363354, found.Weights.MeanWeightStandardError, 1e-12);
        Assert.Equal((5, null), (found.Logged.Count, found.Estimates[0].Bernstein));
    }

    [Fact]
    public void Clusters_of_a_round_each_give_every_figure_of_independent_rounds_bit_for_bit()
    {
        var rounds = OffPolicyJudgeTests.Synthetic(5_000, new Seed(21));
        var options = new OffPolicyOptions { Bootstrap = new BootstrapOptions { Replicates = 100 } };
        string Json(BanditRounds of) => PolicyJson.Write(OffPolicyJudge.Judge(BanditLog.Of(of) with { Target = s_target, TargetRows = [0] }, options, null, TestContext.Current.CancellationToken), "log", "target", options);
        Assert.Equal(Json(rounds), Json(rounds with { Clusters = [.. Enumerable.Range(0, 5_000)] }));
    }

    [Fact]
    public void The_arithmetic_of_clusters_agrees_with_that_of_rounds_where_each_is_one()
    {
        var rounds = OffPolicyJudgeTests.Synthetic(70_000, new Seed(22));
        double[] sizes = [.. Enumerable.Repeat(1.0, 70_000)], weights = [.. rounds.Targets.Zip(rounds.Propensities, (target, propensity) => target / propensity)];
        double[] terms = [.. weights.Zip(rounds.Rewards, (weight, reward) => weight * reward)];
        var (moments, normalised) = (new MeanMoments(), new SelfNormalisedMoments());
        moments.Add(terms);
        normalised.Add(rounds.Propensities, weights, rounds.Rewards);
        Assert.Equal(1, ClusterErrors.OfMean(terms, sizes, moments.Mean) / moments.StandardError, 1e-12);
        Assert.Equal(1, ClusterErrors.OfSelfNormalised(rounds.Propensities, weights, terms, sizes) / normalised.StandardError, 1e-12);
        Assert.Equal(1, ClusterErrors.Effective(weights) / (weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight)), 1e-12);
        var options = new BootstrapOptions { Replicates = 20 };
        var (byRound, byCluster) = (new PoissonBootstrap(1, options), new PoissonBootstrap(1, options));
        byRound.Add([terms], terms.Length, TestContext.Current.CancellationToken);
        byCluster.AddClusters([terms], sizes, TestContext.Current.CancellationToken);
        Assert.Equal(byRound.Sums(0), byCluster.Sums(0));
        Assert.Equal(byRound.Drawn(), byCluster.Drawn());
    }

    [Fact]
    public void Rounds_logged_several_times_in_their_cluster_give_the_intervals_of_the_single_log() => Gen.Select(Gen.Int[2, 4], Gen.Bool, Gen.ULong).Sample((times, isApart, seed) =>
    {
        var single = OffPolicyJudgeTests.Synthetic(300, new Seed(seed)) with { Contexts = [], Actions = [] };
        single = single with { ModelledRewards = [.. single.Rewards.Select((_, i) => i % 3 * .25)], ModelledValues = [.. single.Rewards.Select((_, i) => i % 4 * .25)] };
        // The copies of a round stand together, or the whole log stands there several times over.
        T[] Copies<T>(T[] column) => isApart ? [.. Enumerable.Repeat(column, times).SelectMany(all => all)] : [.. column.SelectMany(value => Enumerable.Repeat(value, times))];
        var copied = new BanditRounds
        {
            Rewards = Copies(single.Rewards),
            Propensities = Copies(single.Propensities),
            Targets = Copies(single.Targets),
            ModelledRewards = Copies(single.ModelledRewards),
            ModelledValues = Copies(single.ModelledValues),
            Clusters = Copies(Enumerable.Range(0, 300).ToArray()),
        };
        string[] names = ["ips", "snips", "clipped_ips:2", "dr", "sndr", "switch_dr:3"];
        var (one, several) = (Judge(BanditLog.Of(single), names), Judge(BanditLog.Of(copied), names));
        foreach (var (left, right) in one.Estimates.Zip(several.Estimates))
        {
            foreach (var (first, second) in (ReadOnlySpan<(Estimate?, Estimate?)>)[(left.Normal, right.Normal), (left.Bootstrap, right.Bootstrap), (left.AgainstLog, right.AgainstLog)])
            {
                Assert.Equal(first?.Low ?? double.NaN, second?.Low ?? double.NaN, 1e-10);
                Assert.Equal(first?.High ?? double.NaN, second?.High ?? double.NaN, 1e-10);
            }
        }

        Assert.Equal(one.Logged.Low, several.Logged.Low, 1e-10);
        Assert.Equal(one.Weights.EffectiveSampleSize * times, several.Weights.EffectiveSampleSize, 1e-6);
    }, iter: 12);

    [Fact]
    public void Where_shoppers_have_many_rounds_intervals_over_clusters_hold_the_truth_and_those_over_rounds_do_not()
    {
        const int Repetitions = 400;
        var truth = OffPolicyJudgeTests.Truth();
        int[] byCluster = new int[4], byRound = new int[4];
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var rounds = OfShoppers(600, 5, new Seed(78).For("log", repetition));
            Count(rounds, byCluster);
            Count(rounds with { Clusters = [] }, byRound);
        }

        // The Monte Carlo error of .95 is .011; two and a half of them, and the small samples' own.
        Assert.All(byCluster, hits => Assert.InRange(hits / (double)Repetitions, .915, .98));
        Assert.All(byRound, hits => Assert.InRange(hits / (double)Repetitions, .4, .8));

        void Count(BanditRounds rounds, int[] hits)
        {
            var found = OffPolicyJudge.Judge(BanditLog.Of(rounds), Options("ips", "snips") with { Bootstrap = new BootstrapOptions { Replicates = 200, Threads = 1 } }, null, TestContext.Current.CancellationToken).Estimates;
            Estimate?[] intervals = [found[0].Normal, found[0].Bootstrap, found[1].Normal, found[1].Bootstrap];
            for (var i = 0; i < hits.Length; i++)
                if (intervals[i] is { } interval && interval.Low <= truth && truth <= interval.High) hits[i]++;
        }
    }

    [Fact]
    public void What_is_expected_of_a_round_does_not_hang_on_a_reward_of_its_shopper()
    {
        var rounds = OfShoppers(100, 6, new Seed(23));
        var before = Expected(rounds);
        rounds.Rewards[8] = 1 - rounds.Rewards[8];
        var after = Expected(rounds);
        Assert.Equal(before[6..12], after[6..12]);
        Assert.NotEqual(before, after);

        static double[] Expected(BanditRounds of)
        {
            var model = new CrossFittedMeans(4, new Seed(1), new LoggedPairs());
            model.Add(of);
            model.Fit();
            var modelled = new double[of.Count];
            model.Fill(of, s_target, [0], modelled, new double[of.Count]);
            return modelled;
        }
    }

    [Fact]
    public void Few_shoppers_are_refused_however_many_rounds_they_have()
    {
        var found = Judge(BanditLog.Of(OfShoppers(12, 400, new Seed(24))), "ips", "snips");
        Assert.True(found.IsRefused);
        Assert.InRange(found.Weights.EffectiveSampleSize, 500, 5_000);
        foreach (var estimate in found.Estimates)
        {
            Assert.Null(estimate.Normal);
            Assert.StartsWith("12 clusters (shoppers) say as much as ", Assert.Single(estimate.Missing), StringComparison.Ordinal);
            Assert.EndsWith(" of equal weight, fewer than 30, and their rounds are not independent: log more shoppers.", estimate.Missing[0], StringComparison.Ordinal);
        }

        Assert.Contains(found.Warnings, warning => warning.StartsWith("Empirical-Bernstein intervals are left out: they need independent terms", StringComparison.Ordinal));
        Assert.Contains("All rounds are of one cluster, which has no variance: log at least two.", Judge(BanditLog.Of(s_small with { Clusters = new int[12] }), "ips").Estimates[0].Missing);
        var report = PolicyReport.Compose(found, "log.csv", "policy.csv", Options("ips"));
        Assert.Contains("clusters (shoppers)", PlainTextRenderer.Render(report), StringComparison.Ordinal);
        Assert.Contains("\"clusters\": {\n    \"count\": 12,", report.FiguresJson?.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0, 2, 1 }, "clusters[1] = 2; expected 0 to 1. Number clusters from 0 as they first come.")]
    [InlineData(new[] { 0, -1, 1 }, "clusters[1] = -1; expected 0 to 1. Number clusters from 0 as they first come.")]
    [InlineData(new[] { 0, 0 }, "clusters has 2 rounds; expected 3.")]
    public void Faulty_clusters_are_errors_that_name_the_round(int[] clusters, string message)
    {
        var rounds = new BanditRounds { Rewards = [1, 0, 1], Propensities = [.5, .5, .5], Targets = [.5, .5, .5], Clusters = clusters };
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Judge(BanditLog.Of(rounds), "ips")).Message, StringComparison.Ordinal);
        var slates = new SlateRounds { Starts = [0, 1, 2, 3], Rewards = [1, 0, 1], SlotPropensities = [.5, .5, .5], SlotTargets = [.5, .5, .5], Clusters = clusters };
        Assert.StartsWith(message.Replace("rounds", "slates", StringComparison.Ordinal), Assert.Throws<ArgumentException>(() => Judge(slates)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slates_of_one_shopper_are_a_cluster_too()
    {
        var single = Slates(200, new Seed(25));
        Assert.Equal(Figures(Judge(single)), Figures(Judge(single with { Clusters = [.. Enumerable.Range(0, 200)] })));
        int[] twice = [.. Enumerable.Range(0, 400).Select(slate => slate % 200)];
        T[] Twice<T>(T[] column) => [.. column, .. column];
        var copied = new SlateRounds
        {
            Starts = [.. Enumerable.Range(0, 401).Select(slate => 3 * slate)],
            Rewards = Twice(single.Rewards),
            SlotPropensities = Twice(single.SlotPropensities),
            SlotTargets = Twice(single.SlotTargets),
            PrefixPropensities = Twice(single.PrefixPropensities),
            PrefixTargets = Twice(single.PrefixTargets),
            Clusters = twice,
        };
        var (one, several) = (Figures(Judge(single)), Figures(Judge(copied)));
        Assert.Equal(one.Length, several.Length);
        foreach (var (left, right) in one.Zip(several)) Assert.Equal(left, right, 1e-10);
        Assert.Equal((200, 2L), (Judge(copied).Clusters?.Count, Judge(copied).Clusters?.LargestRounds));

        static double[] Figures(SlateEvaluation found) =>
        [
            found.Logged.Low, found.Logged.High, found.Weights?.MeanWeightStandardError ?? double.NaN,
            .. found.Estimates.SelectMany(estimate => (double[])[estimate.Value, estimate.StandardError, estimate.Normal?.Low ?? double.NaN, estimate.Bootstrap?.Low ?? double.NaN, estimate.Bootstrap?.High ?? double.NaN]),
        ];
    }

    // Of a shopper all rounds show one action and earn one reward: the value is that of independent rounds, its error that of as many rounds as there are shoppers.
    private static BanditRounds OfShoppers(int shoppers, int rounds, Seed seed)
    {
        var one = OffPolicyJudgeTests.Synthetic(shoppers, seed);
        T[] Each<T>(T[] column) => [.. column.SelectMany(value => Enumerable.Repeat(value, rounds))];
        return new BanditRounds
        {
            Rewards = Each(one.Rewards),
            Propensities = Each(one.Propensities),
            Targets = Each(one.Targets),
            Actions = Each(one.Actions),
            Contexts = Each(one.Contexts),
            Clusters = Each(Enumerable.Range(0, shoppers).ToArray()),
        };
    }

    private static SlateRounds Slates(int count, Seed seed)
    {
        var slots = OffPolicyJudgeTests.Synthetic(3 * count, seed);
        double Prefix(double[] column, int slot) => Enumerable.Range(slot / 3 * 3, (slot % 3) + 1).Aggregate(1.0, (product, at) => product * column[at]);
        return new SlateRounds
        {
            Starts = [.. Enumerable.Range(0, count + 1).Select(slate => 3 * slate)],
            Rewards = slots.Rewards,
            SlotPropensities = slots.Propensities,
            SlotTargets = slots.Targets,
            PrefixPropensities = [.. slots.Propensities.Select((_, slot) => Prefix(slots.Propensities, slot))],
            PrefixTargets = [.. slots.Targets.Select((_, slot) => Prefix(slots.Targets, slot))],
        };
    }

    private static OffPolicyOptions Options(params string[] names) => new() { Estimators = [.. names.Select(PolicyEstimator.Parse)], Bootstrap = new BootstrapOptions { Replicates = 100 } };

    private static PolicyEvaluation Judge(BanditLog log, params string[] names)
    {
        var options = Options(names);
        // The small log is there for its arithmetic.
        if (log.Rounds().Sum(block => block.Count) < 30) options = options with { MinimumEffectiveSampleSize = 1 };
        return OffPolicyJudge.Judge(log, options, null, TestContext.Current.CancellationToken);
    }

    private static SlateEvaluation Judge(SlateRounds slates) =>
        SlateJudge.Judge(slates, [.. SlateEstimator.All.Where(estimator => estimator.Assumption != SlateAssumption.CascadeModel)], new OffPolicyOptions { MinimumEffectiveSampleSize = 1, Bootstrap = new BootstrapOptions { Replicates = 100 } }, TestContext.Current.CancellationToken);
}
