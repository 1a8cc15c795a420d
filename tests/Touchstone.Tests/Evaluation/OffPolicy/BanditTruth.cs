using System.Globalization;
using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

/// <summary>Logs of truth/ope as columns, and its names of estimators as ours.</summary>
internal static class BanditTruth
{
    internal static JsonElement World { get; } = Read("bandit_log_world.json");

    internal static string PathOf(params string[] parts) => SharedData.Folder(["truth", "ope", .. parts]);

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(Truth.Number)];

    internal static double[][] Matrix(JsonElement array) => [.. array.EnumerateArray().Select(Numbers)];

    internal static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf(file)));
        return document.RootElement.Clone();
    }

    /// <summary>clippedIPS_5 → clipped_ips:5.</summary>
    internal static PolicyEstimator Estimator(string name)
    {
        var parts = name.Split('_');
        return PolicyEstimator.Parse(parts.Length == 1 ? parts[0] : $"{parts[0]}:{parts[1]}");
    }

    internal static OffPolicyOptions Options(IEnumerable<PolicyEstimator> estimators) =>
        new() { Estimators = [.. estimators], Bootstrap = new BootstrapOptions { Replicates = 50 }, MinimumEffectiveSampleSize = 0 };

    /// <summary>The synthetic log under one of its policies, with its own reward model.</summary>
    internal static BanditRounds Synthetic(string policy, string reward)
    {
        double[] price = reward == "revenue" ? [10, 25, 40, 15, 60] : [1, 1, 1, 1, 1];
        var (target, model) = (Matrix(World.GetProperty("evaluation_policies").GetProperty(policy)), Matrix(World.GetProperty("reward_model_q_hat")));
        var rows = File.ReadLines(PathOf("bandit_log.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        double Cell(string[] row, int column) => double.Parse(row[column], CultureInfo.InvariantCulture);
        int[] contexts = [.. rows.Select(row => (int)Cell(row, 0))], actions = [.. rows.Select(row => (int)Cell(row, 1))];
        return new BanditRounds
        {
            Contexts = contexts,
            Actions = actions,
            Rewards = [.. rows.Select(row => Cell(row, reward == "click" ? 2 : 3))],
            Propensities = [.. rows.Select(row => Cell(row, 4))],
            Targets = [.. contexts.Select((context, i) => target[context][actions[i]])],
            ModelledRewards = [.. contexts.Select((context, i) => model[context][actions[i]] * price[actions[i]])],
            ModelledValues = [.. contexts.Select(context => Enumerable.Range(0, 5).Sum(action => target[context][action] * model[context][action] * price[action]))],
        };
    }

    internal static void Check(JsonElement known, BanditRounds rounds)
    {
        var (id, tolerance, expected) = (known.GetProperty("id").GetString() ?? "", known.GetProperty("tol").GetDouble(), known.GetProperty("expected"));
        var wanted = expected.GetProperty("estimators").EnumerateObject().ToList();
        var found = OffPolicyJudge.Judge(BanditLog.Of(rounds), Options(wanted.Select(pair => Estimator(pair.Name))), null, TestContext.Current.CancellationToken);
        for (var i = 0; i < wanted.Count; i++)
        {
            var (value, estimate) = (Truth.Number(wanted[i].Value.GetProperty("value")), found.Estimates[i]);
            if (double.IsNaN(value)) Assert.True(double.IsNaN(estimate.Value) && estimate.Status == EstimateStatus.Undefined, $"{id} {wanted[i].Name}: expected NaN, got {estimate.Value}");
            else Truth.Near(value, estimate.Value, tolerance, $"{id} {wanted[i].Name}");
            if (wanted[i].Value.TryGetProperty("se", out var error)) Truth.Near(error.GetDouble(), estimate.StandardError, tolerance, $"{id} {wanted[i].Name} se");
        }

        var diagnostics = expected.GetProperty("diagnostics");
        Assert.Equal(diagnostics.GetProperty("n").GetInt64(), found.Weights.Rounds);
        Truth.Near(diagnostics.GetProperty("mean_weight").GetDouble(), found.Weights.MeanWeight, tolerance, $"{id} mean weight");
        Truth.Near(diagnostics.GetProperty("max_weight").GetDouble(), found.Weights.MaximumWeight, tolerance, $"{id} max weight");
        Truth.Near(diagnostics.GetProperty("ess").GetDouble(), found.Weights.EffectiveSampleSize, tolerance, $"{id} ess");
        Truth.Near(diagnostics.GetProperty("share_zero_weight").GetDouble(), found.Weights.ZeroShare, tolerance, $"{id} zero share");
    }
}
