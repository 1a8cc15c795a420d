using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Reports;

public sealed class PolicyReportTests
{
    [Fact]
    public void A_refusal_stands_above_its_figures_in_every_form_and_has_no_interval()
    {
        var rounds = new BanditRounds { Rewards = [1, 0, 1, 0], Propensities = [.5, .25, .1, .15], Targets = [.25, .5, .3, 0] };
        var options = new OffPolicyOptions { Estimators = [PolicyEstimator.Parse("ips"), PolicyEstimator.Parse("dm")] };
        var report = PolicyReport.Compose(OffPolicyJudge.Judge(BanditLog.Of(rounds), options, null, TestContext.Current.CancellationToken), "log.csv", "policy.csv", options);
        using var json = JsonDocument.Parse(report.FiguresJson ?? "");
        Assert.Equal("touchstone.evaluate-policy/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal("refused", json.RootElement.GetProperty("status").GetString());
        var ips = json.RootElement.GetProperty("estimates")[0];
        Assert.Equal(.875, ips.GetProperty("value").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, ips.GetProperty("bootstrap").ValueKind);
        Assert.Equal("undefined", json.RootElement.GetProperty("estimates")[1].GetProperty("status").GetString());
        foreach (var text in (string[])[PlainTextRenderer.Render(report), MarkdownRenderer.Render(report), HtmlRenderer.Render(report)])
        {
            Assert.True(text.IndexOf("Refused: this log does not tell", StringComparison.Ordinal) is > 0 and var at && at < text.IndexOf("Value of the judged policy", StringComparison.Ordinal));
            Assert.Contains("log more rounds", text, StringComparison.Ordinal);
        }

        Assert.Contains("Histogram of importance weights", HtmlRenderer.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Slates_have_a_report_too()
    {
        var slates = new SlateRounds { Starts = [0, 2, 4], Rewards = [1, 0, 0, 1], SlotPropensities = [.5, .5, .5, .5], SlotTargets = [.5, .5, .5, .5], PrefixPropensities = [.5, .25, .5, .25], PrefixTargets = [.5, .25, .5, .25] };
        var options = new OffPolicyOptions { MinimumEffectiveSampleSize = 2 };
        var report = SlateReport.Compose(SlateJudge.Judge(slates, SlateEstimator.All, options, TestContext.Current.CancellationToken), 2, "slates.csv", options);
        using var json = JsonDocument.Parse(report.FiguresJson ?? "");
        Assert.Equal("touchstone.evaluate-slates/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("estimates")[0].GetProperty("value").GetDouble());
        var text = PlainTextRenderer.Render(report);
        Assert.Contains("cascade_dr needs a reward model", text, StringComparison.Ordinal);
        Assert.Contains("\nWeights\n  weight ", text, StringComparison.Ordinal);
        Assert.Contains("share of slates", text, StringComparison.Ordinal);
        Assert.Contains("Heaviest slates", text, StringComparison.Ordinal);
        Assert.DoesNotContain("round", string.Join('\n', report.Sections.OfType<TableSection>().SelectMany(table => (IEnumerable<string>)[table.Caption, .. table.Columns.Select(column => column.Heading)])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_weight_far_from_1_is_red_for_slates_too()
    {
        // Weights 2 and 2.2 of 40 slates: the probabilities of the log cannot be right.
        double[] targets = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? .5 : .55)], propensities = [.. targets.Select(_ => .25)];
        var slates = new SlateRounds { Starts = [.. Enumerable.Range(0, 41)], Rewards = [.. targets.Select(_ => 1.0)], SlotPropensities = propensities, SlotTargets = targets, PrefixPropensities = propensities, PrefixTargets = targets };
        var options = new OffPolicyOptions { MinimumEffectiveSampleSize = 2 };
        var report = SlateReport.Compose(SlateJudge.Judge(slates, SlateEstimator.All, options, TestContext.Current.CancellationToken), 40, "slates.csv", options);
        var card = Assert.Single(Assert.Single(report.Sections.OfType<CardsSection>()).Cards, card => card.Name == "mean weight");
        Assert.Equal(("2.1000", Tone.Bad), (card.Figure, card.Tone));
    }
}
