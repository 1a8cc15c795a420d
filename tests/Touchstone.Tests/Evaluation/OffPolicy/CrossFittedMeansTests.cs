using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class CrossFittedMeansTests
{
    private static readonly SparsePolicy s_target = SparsePolicy.Create([0, 0, 0, 0], [0, 1, 2, 3], [.1, .2, .3, .4], 1);

    [Fact]
    public void What_is_expected_of_a_round_does_not_hang_on_its_own_reward()
    {
        var rounds = OffPolicyJudgeTests.Synthetic(400, new Seed(11));
        var (before, _) = Expected(rounds);
        rounds.Rewards[7] = 1 - rounds.Rewards[7];
        var (after, _) = Expected(rounds);
        Assert.Equal(before[7], after[7]);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Expectations_are_shrunken_means_of_the_other_folds()
    {
        var rounds = OffPolicyJudgeTests.Synthetic(300, new Seed(12));
        var model = new CrossFittedMeans(3, new Seed(1), new LoggedPairs());
        model.Add(rounds);
        model.Fit();
        var (modelled, values) = (new double[300], new double[300]);
        model.Fill(rounds, s_target, [0], modelled, values);
        for (var i = 0; i < 20; i++)
        {
            var others = Enumerable.Range(0, 300).Where(other => model.FoldOf(other) != model.FoldOf(i)).ToList();
            double Of(int action)
            {
                var same = others.Where(other => rounds.Actions[other] == action).ToList();
                var mean = others.Average(other => rounds.Rewards[other]);
                var byAction = (same.Sum(other => rounds.Rewards[other]) + (model.Strength * mean)) / (same.Count + model.Strength);
                return (same.Sum(other => rounds.Rewards[other]) + (model.Strength * byAction)) / (same.Count + model.Strength);
            }

            Assert.Equal(Of(rounds.Actions[i]), modelled[i], 1e-12);
            Assert.Equal((.1 * Of(0)) + (.2 * Of(1)) + (.3 * Of(2)) + (.4 * Of(3)), values[i], 1e-12);
        }
    }

    [Fact]
    public void Doubly_robust_with_the_fitted_model_finds_the_truth_more_closely_than_weights_alone()
    {
        double weighted = 0, robust = 0;
        for (var repetition = 0; repetition < 60; repetition++)
        {
            var rounds = OffPolicyJudgeTests.Synthetic(2_000, new Seed(13).For("log", repetition));
            var log = new BanditLog { Rounds = () => BanditLog.Blocks(rounds), Target = s_target, TargetRows = [0] };
            var options = new OffPolicyOptions { Estimators = [PolicyEstimator.Parse("ips"), PolicyEstimator.Parse("dr")], Bootstrap = new BootstrapOptions { Replicates = 2 } };
            var found = OffPolicyJudge.Judge(log, options, null, TestContext.Current.CancellationToken).Estimates;
            weighted += Math.Pow(found[0].Value - OffPolicyJudgeTests.Truth(), 2);
            robust += Math.Pow(found[1].Value - OffPolicyJudgeTests.Truth(), 2);
        }

        Assert.True(robust < weighted, $"squared error {robust} of dr, {weighted} of ips");
    }

    [Fact]
    public void A_million_products_cost_what_the_policy_and_the_log_mention()
    {
        var target = SparsePolicy.Create([0, 0, 0], [999_999, 3, 500_000], [.2, .5, .3], 1);
        Assert.Equal(3, target.EntryCount);
        Assert.Equal(.2, target.Of(0, 999_999));
        Assert.Equal(0, target.Of(0, 7));
        var pairs = new LoggedPairs();
        pairs.Add(0, 3);
        Assert.Equal(.5, pairs.MassNeverLogged(target, [0]), 1e-12);
    }

    [Fact]
    public void What_is_expected_under_a_policy_is_the_sum_over_its_actions_in_every_context()
    {
        var random = new Seed(14).NewRandom();
        var rounds = OffPolicyJudgeTests.Synthetic(600, new Seed(14)) with { Contexts = [.. Enumerable.Range(0, 600).Select(_ => random.NextInt(3))] };
        var pairs = new LoggedPairs();
        var model = new CrossFittedMeans(4, new Seed(2), pairs);
        model.Add(rounds);
        model.Fit();
        var policy = SparsePolicy.Create([0, 0, 0], [0, 2, 900], [.3, .5, .2], 1);
        var (modelled, values) = (new double[600], new double[600]);
        model.Fill(rounds, policy, [0, 0, 0], modelled, values);
        for (var i = 0; i < 600; i++)
        {
            // What is expected of an action in the round's context and fold, as some round of the same context, fold and action shows it.
            double Of(int action) => Enumerable.Range(0, 600).Where(other => rounds.Contexts[other] == rounds.Contexts[i] && model.FoldOf(other) == model.FoldOf(i) && rounds.Actions[other] == action).Select(other => modelled[other]).FirstOrDefault(double.NaN);
            var unknown = Enumerable.Range(0, 600).Where(other => model.FoldOf(other) != model.FoldOf(i)).Average(other => rounds.Rewards[other]);
            var expected = (.3 * Of(0)) + (.5 * Of(2)) + (.2 * unknown);
            if (!double.IsNaN(expected)) Assert.Equal(expected, values[i], 1e-12);
        }
    }

    private static (double[] Modelled, double[] Values) Expected(BanditRounds rounds)
    {
        var model = new CrossFittedMeans(5, new Seed(1), new LoggedPairs());
        model.Add(rounds);
        model.Fit();
        var (modelled, values) = (new double[rounds.Count], new double[rounds.Count]);
        model.Fill(rounds, s_target, [0], modelled, values);
        return (modelled, values);
    }
}
