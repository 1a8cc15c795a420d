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
        Within(8, "fixed horizon", "interval covers", 0.92, 0.98);
        Within(1, "Bayesian", "interval covers", 0.92, 0.98);
        Within(7, "fixed horizon", "A/A", 0.02, 0.09);
        Within(2, "group sequential", "A/A", 0.02, 0.09);
        Within(1, "sample ratio", "alarms", 0, 0.01);
        Within(2, "sequential", "A/A", 0, 0.05);
        Within(1, "peeking", "A/A", 0.12, 0.4);
        Assert.All(findings.Where(finding => finding.Family == "sequential"), finding => Assert.InRange(finding.RelativeWidth, 1, 5));
        // Those that promise to be unbiased; a hundred repetitions tell a bias from a tenth of an error on.
        foreach (var estimator in (string[])["ips", "snips", "dr", "sndr"])
        {
            foreach (var finding in Within(2, "off-policy", "interval covers", 0.9, 0.99, estimator + ", ")) Assert.InRange(finding.BiasInErrors, -0.2, 0.2);
        }

        // A shopper's five rounds are not five shoppers': intervals over rounds miss far more often than they say.
        foreach (var estimator in (string[])["ips", "snips", "dr"])
        {
            Within(2, "off-policy", "interval covers", 0.86, 1, estimator + " by shopper, ");
            Assert.True(Assert.Single(Within(1, "off-policy", "interval covers", 0.5, 0.86, estimator + " by round, ")).IsWarning);
        }

        List<CalibrationFinding> Within(int count, string family, string counted, double low, double high, string method = "")
        {
            var found = findings.Where(finding => finding.Family == family && finding.Counted.Contains(counted, StringComparison.Ordinal) && finding.Method.StartsWith(method, StringComparison.Ordinal)).ToList();
            Assert.Equal(count, found.Count);
            Assert.All(found, finding => Assert.True(finding.Rate >= low && finding.Rate <= high, $"{finding.Method}: {finding.Counted}: {finding.Rate}"));
            return found;
        }
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
    public void Planned_looks_fall_on_days_of_their_own()
    {
        Assert.Equal([6, 11, 17, 22, 28], new CalibrationOptions().PlannedDays);
        for (var days = 5; days < 100; days++)
        {
            var planned = new CalibrationOptions { Days = days }.PlannedDays;
            Assert.Equal((5, days, true), (planned.Distinct().Count(), planned[^1], planned[0] >= 1));
        }
    }

    [Fact]
    public void Sizes_too_small_are_refused()
    {
        Assert.StartsWith("Units counts from 10.", Assert.Throws<ArgumentOutOfRangeException>(() => new CalibrationOptions { Units = 3 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Days counts from 5.", Assert.Throws<ArgumentOutOfRangeException>(() => new CalibrationOptions { Days = 4 }).Message, StringComparison.Ordinal);
    }
}
