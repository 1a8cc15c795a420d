using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class MarginalWeightsTruthTests
{
    [Fact]
    public void Weights_of_categories_give_the_known_values()
    {
        foreach (var known in Truth.Cases("ope", "mips.json"))
        {
            var (id, tolerance, input, expected) = (known.GetProperty("id").GetString() ?? "", known.GetProperty("tol").GetDouble(), known.GetProperty("input"), known.GetProperty("expected"));
            var (logging, target, categories) = (Policy(input.GetProperty("pi_b")), Policy(input.GetProperty("pi_e")), Policy(input.GetProperty("p_category_given_action")));
            int[] Whole(string name) => [.. input.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
            var (contexts, actions, shown) = (Whole("context"), Whole("action"), Whole("category"));
            var rounds = new BanditRounds
            {
                Rewards = BanditTruth.Numbers(input.GetProperty("reward")),
                Propensities = [.. contexts.Select((context, i) => logging.Of(context, actions[i]))],
                Targets = [.. contexts.Select((context, i) => target.Of(context, actions[i]))],
                CategoryWeights = [.. contexts.Select((context, i) => MarginalWeights.Of(logging, context, target, context, categories, shown[i]))],
            };
            PolicyEstimator[] estimators = [PolicyEstimator.Parse("mips"), PolicyEstimator.Parse("snmips"), PolicyEstimator.Parse("ips")];
            var found = OffPolicyJudge.Judge(BanditLog.Of(rounds), BanditTruth.Options(estimators), null, TestContext.Current.CancellationToken);
            foreach (var (name, estimate) in ((string[])["MIPS", "SNMIPS", "IPS"]).Zip(found.Estimates))
            {
                Truth.Near(expected.GetProperty(name).GetProperty("value").GetDouble(), estimate.Value, tolerance, $"{id} {name}");
                if (expected.GetProperty(name).TryGetProperty("se", out var error)) Truth.Near(error.GetDouble(), estimate.StandardError, tolerance, $"{id} {name} se");
            }

            Truth.Near(expected.GetProperty("max_w_action").GetDouble(), found.Weights.MaximumWeight, tolerance, $"{id} largest weight of actions");
            Truth.Near(expected.GetProperty("max_w_category").GetDouble(), rounds.CategoryWeights.Max(), tolerance, $"{id} largest weight of categories");
        }
    }

    [Fact]
    public void Over_all_actions_weights_of_categories_are_unbiased_for_any_reward_of_the_category()
    {
        foreach (var known in Truth.Cases("ope", "mips.json"))
        {
            var input = known.GetProperty("input");
            var (logging, target, categories) = (Policy(input.GetProperty("pi_b")), Policy(input.GetProperty("pi_e")), Policy(input.GetProperty("p_category_given_action")));
            var (plain, judged, shown) = (BanditTruth.Matrix(input.GetProperty("pi_b")), BanditTruth.Matrix(input.GetProperty("pi_e")), BanditTruth.Matrix(input.GetProperty("p_category_given_action")));
            for (var context = 0; context < plain.Length; context++)
            {
                double Mean(double[][] policy, Func<int, double> of) => policy[context].Select((chance, action) => chance * shown[action].Select((share, category) => share * of(category)).Sum()).Sum();
                for (var rewarded = 0; rewarded < shown[0].Length; rewarded++)
                {
                    double Reward(int category) => category == rewarded ? 1 : 0;
                    Assert.Equal(Mean(judged, Reward), Mean(plain, category => MarginalWeights.Of(logging, context, target, context, categories, category) * Reward(category)), 1e-12);
                }
            }
        }
    }

    private static SparsePolicy Policy(JsonElement matrix)
    {
        var rows = BanditTruth.Matrix(matrix);
        var entries = rows.SelectMany((row, context) => row.Select((probability, action) => (context, action, probability))).ToList();
        return SparsePolicy.Create([.. entries.Select(entry => entry.context)], [.. entries.Select(entry => entry.action)], [.. entries.Select(entry => entry.probability)], rows.Length);
    }
}
