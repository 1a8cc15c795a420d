using System.Globalization;
using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class BanditTruthTests
{
    [Fact]
    public void Every_estimator_gives_the_known_values_and_errors_on_the_synthetic_log()
    {
        foreach (var known in Truth.Cases("ope", "bandit.json").Where(known => Group(known).StartsWith("synthetic", StringComparison.Ordinal)))
        {
            var input = known.GetProperty("input");
            var rounds = BanditTruth.Synthetic(input.GetProperty("policy").GetString() ?? "", input.GetProperty("reward").GetString() ?? "");
            BanditTruth.Check(known, rounds);
            if (!known.TryGetProperty("truth", out var truth)) continue;
            var ips = OffPolicyJudge.Judge(BanditLog.Of(rounds), BanditTruth.Options([PolicyEstimator.Parse("ips")]), null, TestContext.Current.CancellationToken).Estimates[0].Value;
            Assert.True(Math.Abs(ips - truth.GetProperty("policy_value").GetDouble()) < 4 * truth.GetProperty("ips_se_theory_n2000").GetDouble());
        }
    }

    [Fact]
    public void Every_group_of_the_known_answers_is_read() =>
        Assert.All(Truth.Cases("ope", "bandit.json"), known => Assert.True(Group(known) is "tiny" or "refuse" || Group(known).StartsWith("synthetic", StringComparison.Ordinal), Group(known)));

    [Fact]
    public void Every_estimator_gives_the_known_values_on_tiny_logs()
    {
        foreach (var known in Truth.Cases("ope", "bandit.json").Where(known => Group(known) == "tiny"))
        {
            var input = known.GetProperty("input");
            BanditTruth.Check(known, new BanditRounds
            {
                Rewards = BanditTruth.Numbers(input.GetProperty("reward")),
                Propensities = BanditTruth.Numbers(input.GetProperty("pscore")),
                Targets = BanditTruth.Numbers(input.GetProperty("pi_e_of_logged_action")),
                ModelledRewards = BanditTruth.Numbers(input.GetProperty("q_hat_of_logged_action")),
                ModelledValues = BanditTruth.Numbers(input.GetProperty("q_hat_under_pi_e")),
            });
        }
    }

    [Fact]
    public void Faulty_policies_are_refused_with_the_row_and_missing_support_with_its_mass()
    {
        foreach (var known in Truth.Cases("ope", "bandit.json").Where(known => Group(known) == "refuse"))
        {
            var (input, expected) = (known.GetProperty("input"), known.GetProperty("expected"));
            switch (known.GetProperty("id").GetString())
            {
                case "pscore_zero":
                    var rounds = new BanditRounds { Rewards = BanditTruth.Numbers(input.GetProperty("reward")), Propensities = BanditTruth.Numbers(input.GetProperty("pscore")), Targets = BanditTruth.Numbers(input.GetProperty("pi_e_of_logged_action")) };
                    var fault = Assert.Throws<ArgumentException>(() => OffPolicyJudge.Judge(BanditLog.Of(rounds), new OffPolicyOptions(), null, TestContext.Current.CancellationToken));
                    Assert.StartsWith("propensities[0] = 0; expected (0, 1]. Log the probability that the policy chose with.", fault.Message, StringComparison.Ordinal);
                    break;
                case "no_common_support":
                    var mass = Support.MissingMass(Policy(input.GetProperty("pi_b")), 0, Policy(input.GetProperty("pi_e")), 0);
                    Truth.Near(expected.GetProperty("pi_e_mass_without_support").GetDouble(), mass, 1e-12, "mass");
                    break;
                case "policy_not_normalised":
                    var message = Assert.Throws<ArgumentException>(() => Policy(input.GetProperty("pi_e"))).Message;
                    Assert.StartsWith("probabilities of context 0 add up to 0.9;", message, StringComparison.Ordinal);
                    break;
                default: Assert.Fail("an unknown case: " + known.GetProperty("id").GetString()); break;
            }
        }
    }

    [Fact]
    public void The_open_bandit_logs_give_the_known_values_and_enclose_the_click_rate_of_the_policy_that_was_run()
    {
        foreach (var known in Truth.Cases("ope", "open_bandit.json"))
        {
            var (input, truth) = (known.GetProperty("input"), known.GetProperty("truth"));
            var items = input.GetProperty("items").GetInt32();
            var (log, other) = (Obd(input.GetProperty("behaviour").GetString() ?? ""), Obd(input.GetProperty("target_log").GetString() ?? ""));
            var isUniform = input.GetProperty("evaluation_policy").GetString()?.StartsWith("uniform", StringComparison.Ordinal) == true;
            var shares = new double[4, items];
            foreach (var row in other) shares[row.Position, row.Item] += 1.0 / other.Count(same => same.Position == row.Position);
            double Target(int item, int position) => isUniform ? 1.0 / items : shares[position, item];
            var (rows, clicks, mean) = (new double[4, items], new double[4, items], log.Average(row => row.Click));
            foreach (var row in log)
            {
                rows[row.Position, row.Item]++;
                clicks[row.Position, row.Item] += row.Click;
            }

            double Model(int item, int position) => (clicks[position, item] + (100 * mean)) / (rows[position, item] + 100);
            var values = Enumerable.Range(0, 4).Select(position => Enumerable.Range(0, items).Sum(item => Target(item, position) * Model(item, position))).ToArray();
            var rounds = new BanditRounds
            {
                Rewards = [.. log.Select(row => row.Click)],
                Propensities = [.. log.Select(row => row.Propensity)],
                Targets = [.. log.Select(row => Target(row.Item, row.Position))],
                ModelledRewards = [.. log.Select(row => Model(row.Item, row.Position))],
                ModelledValues = [.. log.Select(row => values[row.Position])],
            };
            BanditTruth.Check(known, rounds);
            var (low, high) = (truth.GetProperty("clopper_pearson_95")[0].GetDouble(), truth.GetProperty("clopper_pearson_95")[1].GetDouble());
            string[] unbiased = ["ips", "snips", "dr", "sndr"];
            foreach (var estimate in OffPolicyJudge.Judge(BanditLog.Of(rounds), BanditTruth.Options(unbiased.Select(PolicyEstimator.Parse)), null, TestContext.Current.CancellationToken).Estimates)
                Assert.True(estimate.Normal is { } normal && normal.Low <= high && normal.High >= low, $"{known.GetProperty("id")} {estimate.Estimator.Name}: {estimate.Normal}");
            Truth.Near(truth.GetProperty("on_policy_click_rate_of_target").GetDouble(), other.Average(row => row.Click), 1e-12, "rate of the other log");
        }
    }

    private static List<(int Item, int Position, double Click, double Propensity)> Obd(string file) =>
    [
        .. File.ReadLines(BanditTruth.PathOf(file)).Skip(1).Select(line => line.Split('\t')).Select(cells =>
            (int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture))),
    ];

    private static SparsePolicy Policy(JsonElement matrix)
    {
        var rows = BanditTruth.Matrix(matrix);
        var entries = rows.SelectMany((row, context) => row.Select((probability, action) => (context, action, probability))).ToList();
        return SparsePolicy.Create([.. entries.Select(entry => entry.context)], [.. entries.Select(entry => entry.action)], [.. entries.Select(entry => entry.probability)], rows.Length);
    }

    private static string Group(JsonElement known) => known.GetProperty("group").GetString() ?? "";
}
