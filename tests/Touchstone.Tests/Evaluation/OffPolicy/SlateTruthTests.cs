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

    [Fact]
    public void What_a_log_of_slates_lacks_is_named()
    {
        var slates = new SlateRounds { Starts = [0, 2, 4], Rewards = [1, 0, 0, 1], SlotPropensities = [.5, .5, .5, .5], SlotTargets = [.5, .5, .5, .5] };
        var found = SlateJudge.Judge(slates, [SlateEstimator.Parse("iips"), SlateEstimator.Parse("sips"), SlateEstimator.Parse("cascade-dr")], new OffPolicyOptions(), TestContext.Current.CancellationToken);
        Assert.Equal([EstimateStatus.Refused, EstimateStatus.Undefined, EstimateStatus.Undefined], found.Estimates.Select(estimate => estimate.Status));
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

    private static double[] AllWeights(JsonElement world) => PseudoInverse.Weights(
        [.. world.GetProperty("slates").EnumerateArray().Select(slate => slate.EnumerateArray().Select(action => action.GetInt32()).ToArray())],
        BanditTruth.Numbers(world.GetProperty("pi_b_slate")),
        BanditTruth.Numbers(world.GetProperty("pi_e_slate")),
        world.GetProperty("actions").GetInt32());
}
