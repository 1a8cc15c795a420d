using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class SlateTruthTests
{
    [Fact]
    public void Every_slate_estimator_gives_the_known_values_and_errors()
    {
        foreach (var known in Truth.Cases("ope", "slate.json"))
        {
            var (id, tolerance) = (known.GetProperty("id").GetString() ?? "", known.GetProperty("tol").GetDouble());
            var slates = Slates(BanditTruth.Read(known.GetProperty("input").GetProperty("file").GetString() ?? ""));
            var wanted = known.GetProperty("expected").EnumerateObject().ToList();
            var options = new OffPolicyOptions { Bootstrap = new BootstrapOptions { Replicates = 50 }, MinimumEffectiveSampleSize = 0 };
            var found = SlateJudge.Judge(slates, [.. wanted.Select(pair => SlateEstimator.Parse(pair.Name))], options, TestContext.Current.CancellationToken);
            for (var i = 0; i < wanted.Count; i++)
            {
                Truth.Near(wanted[i].Value.GetProperty("value").GetDouble(), found.Estimates[i].Value, tolerance, $"{id} {wanted[i].Name}");
                if (wanted[i].Value.TryGetProperty("se", out var error)) Truth.Near(error.GetDouble(), found.Estimates[i].StandardError, tolerance, $"{id} {wanted[i].Name} se");
            }
        }
    }

    [Fact]
    public void Pseudo_inverse_weights_have_mean_1_under_the_log_and_equal_the_short_form_where_slots_are_filled_independently()
    {
        foreach (var file in (string[])["slate_independent.json", "slate_rank_independent.json"])
        {
            var world = BanditTruth.Read(file);
            var (logging, weights) = (BanditTruth.Numbers(world.GetProperty("pi_b_slate")), AllWeights(world));
            Assert.Equal(1, logging.Zip(weights, (probability, weight) => probability * weight).Sum(), 1e-10);
            if (!world.GetProperty("replacement").GetBoolean()) continue;
            var slates = Slates(world) with { PseudoInverseWeights = [] };
            var exact = Slates(world).PseudoInverseWeights;
            var shortForm = SlateKernel.SlotWeights(slates, SlateAssumption.Additive);
            for (var slate = 0; slate < slates.Count; slate++) Assert.Equal(exact[slate], shortForm[slates.Starts[slate]], 1e-9);
        }
    }

    [Theory]
    [InlineData("slate_independent.json")]
    [InlineData("slate_whole.json")]
    [InlineData("slate_rank_independent.json")]
    [InlineData("slate_rank_whole.json")]
    public void Over_all_slates_each_estimator_is_unbiased_where_rewards_arise_as_it_takes_for_granted(string file)
    {
        var world = BanditTruth.Read(file);
        var (logging, target, actions) = (BanditTruth.Numbers(world.GetProperty("pi_b_slate")), BanditTruth.Numbers(world.GetProperty("pi_e_slate")), Actions(world));
        var model = BanditTruth.Matrix(world.GetProperty("q_hat_slot_action"));
        var all = AllSlates(actions, logging, target, model) with { PseudoInverseWeights = AllWeights(world) };
        // Of its own action; of the slate down to the slot; of the whole slate.
        double Own(int slate, int slot) => Math.Pow(model[slot][actions[slate][slot]], 2);
        double Above(int slate, int slot) => Enumerable.Range(0, slot + 1).Aggregate(1.0, (product, above) => product * model[above][actions[slate][above]]);
        double Whole(int slate, int slot) => Above(slate, actions[slate].Length - 1) * (slot + 1);
        double Bias(string estimator, Func<int, int, double> reward)
        {
            double[] rewards = [.. Enumerable.Range(0, actions.Length).SelectMany(slate => Enumerable.Range(0, actions[slate].Length).Select(slot => reward(slate, slot)))];
            var (slates, assumption) = (all with { Rewards = rewards }, SlateEstimator.Parse(estimator).Assumption);
            var terms = SlateKernel.Terms(slates, assumption, SlateKernel.SlotWeights(slates, assumption));
            double[] sums = [.. Enumerable.Range(0, actions.Length).Select(slate => rewards[slates.Starts[slate]..slates.Starts[slate + 1]].Sum())];
            return logging.Zip(terms, (probability, term) => probability * term).Sum() - target.Zip(sums, (probability, sum) => probability * sum).Sum();
        }

        foreach (var (estimator, reward) in ((string, Func<int, int, double>)[])[("sips", Own), ("sips", Above), ("sips", Whole), ("iips", Own), ("rips", Own), ("rips", Above), ("cascade-dr", Own), ("cascade-dr", Above), ("pi", Own)])
            Assert.Equal(0, Bias(estimator, reward), 1e-9);
        foreach (var estimator in (string[])["iips", "rips", "cascade-dr", "pi"]) Assert.True(Math.Abs(Bias(estimator, Whole)) > 1e-4, estimator);
    }

    [Theory]
    [InlineData("snsips")]
    [InlineData("sniips")]
    [InlineData("snrips")]
    public void How_many_slates_have_a_slot_is_part_of_the_error(string estimator)
    {
        // All weights and rewards are 1, 300 slates have one slot and 100 have two: the value is 1.25, and only the lengths vary.
        int[] lengths = [.. Enumerable.Range(0, 400).Select(slate => slate % 4 == 0 ? 2 : 1)];
        double[] Column(double value) => [.. Enumerable.Repeat(value, lengths.Sum())];
        var slates = new SlateRounds
        {
            Starts = [0, .. Enumerable.Range(1, 400).Select(slate => lengths[..slate].Sum())],
            Rewards = Column(1),
            SlotPropensities = Column(0.5),
            SlotTargets = Column(0.5),
            PrefixPropensities = Column(0.5),
            PrefixTargets = Column(0.5),
        };
        var found = Assert.Single(SlateJudge.Judge(slates, [SlateEstimator.Parse(estimator)], new OffPolicyOptions(), TestContext.Current.CancellationToken).Estimates);
        Assert.Equal(1.25, found.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.25 * 0.75 / 400), found.StandardError, 1e-12);
        Assert.NotNull(found.Bootstrap);
        Assert.Equal(found.StandardError, found.Bootstrap.StandardError, 0.1 * found.StandardError);
    }

    [Fact]
    public void What_a_log_of_slates_lacks_is_named()
    {
        var slates = new SlateRounds { Starts = [0, 2, 4], Rewards = [1, 0, 0, 1], SlotPropensities = [.5, .5, .5, .5], SlotTargets = [.5, .5, .5, .5] };
        var found = SlateJudge.Judge(slates, [SlateEstimator.Parse("iips"), SlateEstimator.Parse("sips"), SlateEstimator.Parse("cascade-dr")], new OffPolicyOptions(), TestContext.Current.CancellationToken);
        Assert.Equal([EstimateStatus.Refused, EstimateStatus.Undefined, EstimateStatus.Undefined], found.Estimates.Select(estimate => estimate.Status));
        Assert.True(found.IsRefused);
        Assert.Equal("2 slates say of the judged policy what 2 of its own would, fewer than 30: log more, or judge a policy nearer to the log's.", found.Estimates[0].Missing[0]);
        Assert.Equal("sips needs the probability of the slate down to each slot under both policies: the columns propensity_prefix and target_prefix.", found.Estimates[1].Missing[0]);
    }

    private static SlateRounds Slates(JsonElement world)
    {
        var (log, slots) = (world.GetProperty("log").EnumerateArray().ToList(), world.GetProperty("slots").GetInt32());
        double[] Column(string name) => [.. log.SelectMany(row => BanditTruth.Numbers(row.GetProperty(name)))];
        var model = BanditTruth.Matrix(world.GetProperty("q_hat_slot_action"));
        var next = world.GetProperty("pi_e_next_action").EnumerateArray().Select(BanditTruth.Matrix).ToList();
        var all = AllWeights(world);
        var indexOf = world.GetProperty("slates").EnumerateArray().Select((slate, i) => (Key: slate.GetRawText().Replace(" ", "", StringComparison.Ordinal), i)).ToDictionary(pair => pair.Key, pair => pair.i);
        return new SlateRounds
        {
            Starts = [.. Enumerable.Range(0, log.Count + 1).Select(slate => slate * slots)],
            Rewards = Column("r"),
            SlotPropensities = Column("p_slot"),
            SlotTargets = Column("pe_slot"),
            PrefixPropensities = Column("p_prefix"),
            PrefixTargets = Column("pe_prefix"),
            ModelledRewards = [.. log.SelectMany(row => BanditTruth.Numbers(row.GetProperty("a")).Select((action, slot) => model[slot][(int)action]))],
            ModelledValues = [.. next.SelectMany(row => row.Select((probabilities, slot) => probabilities.Select((probability, action) => probability * model[slot][action]).Sum()))],
            PseudoInverseWeights = [.. log.Select(row => all[indexOf[row.GetProperty("a").GetRawText().Replace(" ", "", StringComparison.Ordinal)]])],
        };
    }

    private static int[][] Actions(JsonElement world) => [.. world.GetProperty("slates").EnumerateArray().Select(slate => slate.EnumerateArray().Select(action => action.GetInt32()).ToArray())];

    // Every slate once, its probabilities and the model's expectations summed from those of whole slates.
    private static SlateRounds AllSlates(int[][] actions, double[] logging, double[] target, double[][] model)
    {
        var slots = actions[0].Length;
        double Mass(double[] policy, Func<int[], bool> isSuch) => policy.Where((_, slate) => isSuch(actions[slate])).Sum();
        double[] Column(Func<int[], int, double> of) => [.. actions.SelectMany(slate => Enumerable.Range(0, slots).Select(slot => of(slate, slot)))];
        double Slot(double[] policy, int[] slate, int slot) => Mass(policy, other => other[slot] == slate[slot]);
        double Prefix(double[] policy, int[] slate, int length) => Mass(policy, other => other.AsSpan(0, length).SequenceEqual(slate.AsSpan(0, length)));
        return new SlateRounds
        {
            Starts = [.. Enumerable.Range(0, actions.Length + 1).Select(slate => slate * slots)],
            Rewards = [],
            SlotPropensities = Column((slate, slot) => Slot(logging, slate, slot)),
            SlotTargets = Column((slate, slot) => Slot(target, slate, slot)),
            PrefixPropensities = Column((slate, slot) => Prefix(logging, slate, slot + 1)),
            PrefixTargets = Column((slate, slot) => Prefix(target, slate, slot + 1)),
            ModelledRewards = Column((slate, slot) => model[slot][slate[slot]]),
            ModelledValues = Column((slate, slot) => actions.Select((other, i) => other.AsSpan(0, slot).SequenceEqual(slate.AsSpan(0, slot)) ? target[i] * model[slot][other[slot]] : 0).Sum() / Prefix(target, slate, slot)),
        };
    }

    private static double[] AllWeights(JsonElement world) => PseudoInverse.Weights(
        Actions(world),
        BanditTruth.Numbers(world.GetProperty("pi_b_slate")),
        BanditTruth.Numbers(world.GetProperty("pi_e_slate")),
        world.GetProperty("actions").GetInt32());
}
