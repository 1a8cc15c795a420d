using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;
using Touchstone.Evaluation.Calibration;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Calibration;

/// <summary>The calibration of the judge, small; the whole one is a verb, with its result in docs/.</summary>
public sealed class JudgeCalibrationTests
{
    private static readonly SimulatedWorld s_world = SimulatedWorld.Create(new SimulatedShopOptions());

    private static IReadOnlyList<CalibrationFinding> Run(int threads)
    {
        var options = new CalibrationOptions { Repetitions = 400, SlowRepetitions = 100, Units = 300, UnitsADay = 30, Days = 10, Replicates = 100, Threads = threads };
        var pool = FreshOutcomes.Of(s_world, 6_000, new Seed(3), threads, TestContext.Current.CancellationToken);
        return JudgeCalibration.Run(pool, [new PolicyScenario(CategoryBandit.Of(s_world, 1.5, new Seed(3)), 500)], options, null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Methods_keep_what_they_claim_and_peeking_does_not_at_any_number_of_threads()
    {
        var findings = Run(2);
        Assert.Equal(findings, Run(1));
        foreach (var finding in findings.Where(finding => finding.Family is "fixed horizon" or "group sequential" or "Bayesian" or "sample ratio"))
            Assert.True(Math.Abs(finding.Rate - ((finding.Wanted.Low + finding.Wanted.High) / 2)) < 0.06, $"{finding.Method}: {finding.Counted}: {finding.Rate}");
        Assert.All(findings.Where(finding => finding.Family == "sequential"), finding => Assert.True(finding.Rate < 0.08 && finding.RelativeWidth > 1, $"{finding.Method}: {finding.Rate}"));
        Assert.True(findings.Single(finding => finding.Family == "peeking").Rate > 0.12);
        Assert.True(findings.Single(finding => finding.Method == "ips, normal").Rate > 0.85);
        Assert.True(Math.Abs(findings.Single(finding => finding.Method == "ips, normal").BiasInErrors) < 0.4);
    }

    [Fact]
    public void What_fails_is_named()
    {
        var finding = new CalibrationFinding
        {
            Family = "fixed horizon",
            Method = "a test",
            Counted = "A/A test wins at α .05",
            Repetitions = 1000,
            Rate = 0.09,
            MonteCarlo = new Interval(0.074, 0.109),
            Wanted = new Interval(0.04, 0.06),
        };
        Assert.False(finding.Passes);
        var document = CalibrationReport.Compose([finding], new CalibrationOptions(), "somebody");
        Assert.Contains("Failed: a test: A/A test wins at α .05: 0.09, wanted 0.04 to 0.06.", PlainTextRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("<h1>Calibration of the judge</h1>", HtmlRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("\"passes\": false", document.FiguresJson, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_too_small_are_refused() =>
        Assert.StartsWith("Units counts from 10.", Assert.Throws<ArgumentOutOfRangeException>(() => new CalibrationOptions { Units = 3 }).Message, StringComparison.Ordinal);
}
