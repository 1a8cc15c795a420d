using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.OffPolicy;

/// <summary>The women's logs of the Open Bandit sample: 10,000 impressions and 46 clicks a policy.</summary>
public sealed class OpenBanditTests
{
    // Either policy's own 46 clicks give its rate only to within .0034 and .0061 (exact, 95 %).
    private const double Least = .0034, Most = .0061;

    [Fact]
    public void The_random_log_tells_the_trained_policy_s_rate_within_intervals_as_wide_as_46_clicks_allow()
    {
        var (evaluation, options) = Judge("random", "bts");
        Print(evaluation);
        Assert.Equal(10_000, evaluation.Weights.Rounds);
        Assert.Equal(.0046, evaluation.Logged.Value, 1e-12);
        Assert.Contains(evaluation.Warnings, warning => warning.StartsWith("Only 46 rounds have both a reward and a weight", StringComparison.Ordinal));
        var unbiased = evaluation.Estimates.Where(estimate => !estimate.Estimator.IsBiased).ToList();
        Assert.Equal(4, unbiased.Count);
        Assert.All(unbiased, estimate =>
        {
            Assert.Equal(EstimateStatus.Sound, estimate.Status);
            foreach (var interval in (Estimate?[])[estimate.Normal, estimate.Bootstrap])
                Assert.True(interval?.Low < Most && interval.High > Least && interval.High - interval.Low > .002, $"{estimate.Estimator.Name}: {interval?.Low} to {interval?.High}");
            Assert.True(estimate.AgainstLog?.Low < 0 && estimate.AgainstLog.High > 0, "46 clicks a policy show no difference");
        });
        Assert.Null(evaluation.Estimates.Single(estimate => estimate.Estimator.Rule == WeightRule.None).Bootstrap);
        // With so few clicks SLOPE cannot tell a biased estimate from a wide one: it shrinks as far as it may, and the report marks it.
        Assert.All(evaluation.Estimates.Where(estimate => estimate.Candidates.Count > 0), estimate => Assert.InRange(estimate.MeanWeightUsed, .5, 1));
        Assert.Contains("<svg", HtmlRenderer.Render(PolicyReport.Compose(evaluation, "women.csv", "bts", options)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_trained_policy_s_log_carries_the_random_one_only_with_shrunken_weights_and_says_why()
    {
        var (evaluation, _) = Judge("bts", "random");
        Print(evaluation);
        Assert.True(evaluation.Weights.EffectiveSampleSize < 30);
        Assert.All(evaluation.Estimates.Where(estimate => estimate.Candidates.Count > 0), estimate => Assert.True(estimate.Bootstrap?.Low < Most && estimate.Bootstrap?.High > Least, estimate.Estimator.Name));
        Assert.All(evaluation.Estimates.Where(estimate => !estimate.Estimator.IsBiased), estimate =>
        {
            Assert.Equal(EstimateStatus.Refused, estimate.Status);
            Assert.Null(estimate.Bootstrap);
            Assert.StartsWith("10,000 rounds say of the judged policy what ", estimate.Missing[0], StringComparison.Ordinal);
        });
    }

    private static void Print(PolicyEvaluation evaluation)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"effective sample size {evaluation.Weights.EffectiveSampleSize:0.0}, mean weight {evaluation.Weights.MeanWeight:0.000} ± {evaluation.Weights.MeanWeightStandardError:0.000}, largest {evaluation.Weights.MaximumWeight:0.0}");
        foreach (var estimate in evaluation.Estimates)
            TestContext.Current.TestOutputHelper?.WriteLine($"{estimate.Status} {estimate.Estimator.Name} λ {estimate.Estimator.Parameter} {estimate.Value:0.00000} bootstrap {estimate.Bootstrap?.Low:0.00000} to {estimate.Bootstrap?.High:0.00000}, normal {estimate.Normal?.Low:0.00000} to {estimate.Normal?.High:0.00000}, mean weight used {estimate.MeanWeightUsed:0.00}");
    }

    private static (PolicyEvaluation Evaluation, OffPolicyOptions Options) Judge(string logging, string target)
    {
        string Path(string policy) => SharedData.Folder("data", "open-bandit", policy, "women", "women.csv");
        var log = BanditLogFile.Open(new BanditLogFiles { Log = Path(logging), Target = Path(target), Context = ["position"] }, TestContext.Current.CancellationToken);
        var options = new OffPolicyOptions { RewardRange = (0, 1) };
        return (OffPolicyJudge.Judge(log, options, null, TestContext.Current.CancellationToken), options);
    }
}
