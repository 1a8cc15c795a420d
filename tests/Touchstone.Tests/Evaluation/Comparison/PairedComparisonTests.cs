namespace Touchstone.Tests.Evaluation.Comparison;

public sealed class PairedComparisonTests
{
    [Fact]
    public void Results_of_different_protocols_are_not_compared()
    {
        var cases = SampleRun.Cases();
        var full = SampleRun.Judge("a", cases, 0.2);
        var sampled = SampleRun.Judge("b", cases, 0.1, SampleRun.Protocol with { SampledNegatives = 99 });
        var refusal = Assert.Throws<InvalidOperationException>(() => SampleRun.Compare(full, sampled));
        Assert.StartsWith("Figures of different protocols cannot be compared: \"split leave-one-out, test; candidates full;", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("candidates sampled:99 (seed 1)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_on_other_cases_are_not_compared()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => SampleRun.Compare(SampleRun.Judge("a", SampleRun.Cases(), 0.2), SampleRun.Judge("b", SampleRun.Cases(count: 399), 0.1)));
        Assert.Equal("\"a\" was judged on 400 cases and \"b\" on 399: judge both on the same.", refusal.Message);
    }

    [Fact]
    public void A_difference_is_that_of_the_figures_and_its_interval_is_paired()
    {
        var cases = SampleRun.Cases();
        var (challenger, champion) = (SampleRun.Judge("a", cases, 0.3), SampleRun.Judge("b", cases, 0.05));
        var comparison = SampleRun.Compare(challenger, champion);
        foreach (var metric in comparison.Metrics)
        {
            Assert.Equal(challenger.Figure(metric.Metric) - champion.Figure(metric.Metric), metric.Difference.Value, 12);
            Assert.Equal(challenger.Figure(metric.Metric), metric.Challenger.Value, 12);
            Assert.InRange(metric.Difference.Value, metric.Difference.Low, metric.Difference.High);
        }

        Assert.Equal(["margin@10", "revenue@10", "ndcg@10", "hr@10", "mrr"], comparison.Metrics.Select(metric => metric.Metric));
        Assert.Equal("GBP", comparison.Metrics[0].Difference.Unit);
        Assert.Equal("share", comparison.Metrics[2].Difference.Unit);
    }

    [Fact]
    public void A_model_compared_with_itself_differs_by_exactly_nothing()
    {
        var cases = SampleRun.Cases();
        var result = SampleRun.Judge("a", cases, 0.3);
        Assert.All(SampleRun.Compare(result, result).Metrics, metric => Assert.Equal((0.0, 0.0, 0.0, 0.5), (metric.Difference.Value, metric.Difference.Low, metric.Difference.High, metric.ProbabilityBetter)));
    }

    [Fact]
    public void Metrics_that_the_data_cannot_feed_are_absent()
    {
        var cases = SampleRun.Cases(hasMoney: false);
        var comparison = SampleRun.Compare(SampleRun.Judge("a", cases, 0.3), SampleRun.Judge("b", cases, 0.05));
        Assert.Equal(["ndcg@10", "hr@10", "mrr"], comparison.Metrics.Select(metric => metric.Metric));
    }

    [Fact]
    public void Against_a_champion_that_captures_nothing_there_is_no_ratio()
    {
        var cases = SampleRun.Cases(count: 20);
        var nothing = SampleRun.Judge("b", cases, 0) with { Hits = [new double[20], new double[20], new double[20]] };
        Assert.Null(SampleRun.Compare(SampleRun.Judge("a", cases, 0.9), nothing).Find("hr@10")?.RelativeDifference);
    }
}
