using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Tests.Evaluation.Verdicts;

public sealed class VerdictJudgeTests
{
    [Fact]
    public void A_clear_gain_is_worth_trying_and_never_ships()
    {
        var cases = SampleRun.Cases();
        var (verdict, money) = SampleRun.Verdict(SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05), SampleRun.Money);
        Assert.Equal(Decision.Try, verdict.Decision);
        Assert.NotNull(money);
        Assert.Equal(money.Yearly, verdict.Money);
        Assert.StartsWith("Put new in an experiment: expected +£", verdict.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(" margin a year.", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal("margin@10", verdict.DecidingMetric);
        Assert.Equal("margin@10", verdict.Metrics[0].Metric);
        Assert.Equal(MetricDefinitions.Hash, verdict.MetricDefinitionsHash);
        Assert.Equal(SampleRun.Protocol.Description, verdict.Protocol);
        Assert.NotNull(verdict.ExperimentDays);
        Assert.Contains("0.30 of the offline gain carries over to real shoppers, 0.10 to 0.50 (offline_to_online), until your own experiments have calibrated it.", verdict.Assumptions);
        Assert.Empty(verdict.MissingEvidence);
    }

    [Fact]
    public void A_worse_model_is_held_with_the_reason()
    {
        var cases = SampleRun.Cases();
        var (verdict, _) = SampleRun.Verdict(SampleRun.Judge("new", cases, 0.02), SampleRun.Judge("popularity", cases, 0.4), SampleRun.Money);
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.StartsWith("new is worse than popularity on margin@10 (−£", verdict.MissingEvidence[0], StringComparison.Ordinal);
        Assert.StartsWith("Keep popularity, hold new: new is worse than popularity on margin@10", verdict.Sentence, StringComparison.Ordinal);
        Assert.Null(verdict.ExperimentDays);
    }

    [Fact]
    public void A_difference_not_told_from_nothing_is_held()
    {
        var cases = SampleRun.Cases();
        var (verdict, _) = SampleRun.Verdict(SampleRun.Judge("new", cases, 0.20), SampleRun.Judge("old", cases, 0.20), SampleRun.Money);
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.StartsWith("the difference on margin@10 is not told from 0 (", verdict.MissingEvidence[0], StringComparison.Ordinal);
        Assert.EndsWith("on 400 cases)", verdict.MissingEvidence[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_gain_that_does_not_pay_for_its_cost_is_held()
    {
        var cases = SampleRun.Cases();
        var (verdict, _) = SampleRun.Verdict(SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05), SampleRun.Money with { YearlyCost = 1e7 });
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.StartsWith("what it would earn does not pay for what it costs (−£", verdict.MissingEvidence.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_guardrail_holds_what_would_be_tried()
    {
        var cases = SampleRun.Cases();
        var (verdict, _) = SampleRun.Verdict(
            SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05), SampleRun.Money,
            new Guardrail("novelty@10", GuardrailKind.Minimum, 99), new Guardrail("hr@10", GuardrailKind.MaximumRelativeLoss, 0.1));
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.Matches(@"^novelty@10 is \d+\.\d+; it must be at least 99$", Assert.Single(verdict.GuardrailsBroken));
    }

    [Fact]
    public void A_guardrail_on_what_was_not_measured_is_missing_evidence()
    {
        var cases = SampleRun.Cases();
        var (verdict, _) = SampleRun.Verdict(
            SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05), SampleRun.Money, new Guardrail("returns", GuardrailKind.Maximum, 0.1));
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.Equal("the guardrail on returns was not measured", Assert.Single(verdict.MissingEvidence));
    }

    [Fact]
    public void Without_prices_the_verdict_is_on_ndcg_alone()
    {
        var cases = SampleRun.Cases(hasMoney: false);
        var (verdict, money) = SampleRun.Verdict(SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05), SampleRun.Money);
        Assert.Null(money);
        Assert.Null(verdict.Money);
        Assert.Equal("no judged purchase has a known margin", verdict.NoMoneyReason);
        Assert.Equal("ndcg@10", verdict.DecidingMetric);
        Assert.Equal(Decision.Try, verdict.Decision);
        Assert.Matches(@"^Put new in an experiment: ndcg@10 \.\d{4} against \.\d{4} of popularity\.$", verdict.Sentence);
    }

    [Fact]
    public void A_doubt_forbids_trying()
    {
        var cases = SampleRun.Cases();
        var (challenger, champion) = (SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05));
        var (verdict, _) = VerdictJudge.Judge(new OfflineEvidence
        {
            Comparison = SampleRun.Compare(challenger, champion),
            Challenger = challenger,
            Champion = champion,
            Money = SampleRun.Money,
            Doubts = ["12 test rows stand in training"],
        });
        Assert.Equal(Decision.Hold, verdict.Decision);
        Assert.Equal("Keep popularity, hold new: 12 test rows stand in training.", verdict.Sentence);
    }

    [Fact]
    public void An_experiment_needs_the_visits_that_the_power_formula_says()
    {
        var cases = SampleRun.Cases();
        var (challenger, champion) = (SampleRun.Judge("new", cases, 0.3), SampleRun.Judge("popularity", cases, 0.05));
        var margin = SampleRun.Compare(challenger, champion).Find("margin@10") ?? throw new InvalidOperationException("no margin");
        var meanMargin = champion.MarginsJudged.Sum() / champion.PurchasesWithMargin.Sum();
        var lift = 0.3 * margin.Difference.Value / meanMargin;
        var n = 7.8488797 * 2 * 0.03 * 0.97 / Math.Pow(0.03 * lift, 2);
        Assert.Equal((int)Math.Ceiling(2 * n / (40_000 * 12.5 / 0.03 / 365)), ExperimentLength.Days(margin, meanMargin, SampleRun.Money));
        Assert.Null(ExperimentLength.Days(margin, meanMargin, SampleRun.Money with { ShoppersAYear = 0 }));
    }
}
