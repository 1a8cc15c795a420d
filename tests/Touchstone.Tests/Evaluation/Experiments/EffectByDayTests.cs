using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class EffectByDayTests
{
    private const int Units = 400;
    private static readonly ExperimentMetric s_spend = new() { Name = "spend", Kind = MetricKind.Mean, Column = "spend" };

    [Fact]
    public void An_effect_that_fades_is_told_from_one_that_stays()
    {
        var fading = Judge([2, 1.5, 0.2, 0, 0]);
        Assert.Equal(5, fading.Days.Count);
        Assert.True(fading.Check.Change.PValue < 1e-6);
        Assert.True(fading.Check.Change.High < 0);
        Assert.True(Judge([1, 1, 1, 1, 1]).Check.Change.PValue > 0.01);
    }

    [Fact]
    public void The_change_is_Welch_s_test_of_each_unit_s_own_change()
    {
        var (control, treatment) = (Values(1, [0, 0, 0, 0, 0]), Values(2, [1, 1, 0, 0, 0]));
        ArmStatistic Change(double[][] days)
        {
            double[] own = [.. Enumerable.Range(0, Units).Select(unit => ((days[2][unit] + days[3][unit] + days[4][unit]) / 3) - ((days[0][unit] + days[1][unit]) / 2))];
            var arm = VariantMoments.Of("x", ("v", own));
            return ArmStatistic.Plain(Units, arm.Means[0], arm.Variance("v"));
        }

        var expected = EffectTest.Difference(Change(control), Change(treatment), new EffectOptions());
        var actual = Judge([1, 1, 0, 0, 0]).Check.Change;
        Truth.Near(expected.Value, actual.Value, 1e-12, "change");
        Truth.Near(expected.StandardError, actual.StandardError, 1e-12, "error");
        Truth.Near(expected.PValue, actual.PValue, 1e-9, "p");
    }

    [Fact]
    public void Days_stand_in_text_in_a_chart_and_in_JSON()
    {
        var data = Data([-1, -1, 0.5, 1, 1]);
        var document = ExperimentReport.Compose(ExperimentJudge.Judge(data, Plan), "basket");
        var text = PlainTextRenderer.Render(document);
        Assert.Contains("Effect a unit and day on the first 2 days after exposure against the 3 after them", text, StringComparison.Ordinal);
        var html = HtmlRenderer.Render(document);
        Assert.Contains("Effects by day after exposure", html, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(document.FiguresJson ?? "");
        var entry = json.RootElement.GetProperty("by_day")[0];
        Assert.Equal((5, 800), (entry.GetProperty("days").GetArrayLength(), entry.GetProperty("units_control").GetInt32() + entry.GetProperty("units_treatment").GetInt32()));
        Assert.True(entry.GetProperty("late_minus_early").GetProperty("value").GetDouble() > 1);
    }

    private static ExperimentPlan Plan => new() { Control = "A", Metrics = [s_spend] };

    private static EffectByDay Judge(double[] effects) => Assert.Single(ExperimentJudge.Judge(Data(effects), Plan).ByDay);

    private static ExperimentMoments Data(double[] effects)
    {
        VariantMoments[] arms = [Arm("A", Values(1, new double[effects.Length])), Arm("B", Values(2, effects))];
        var whole = arms.Select(arm => arm with { Columns = ["spend", .. arm.Columns.Skip(1)] }).ToArray();
        return new ExperimentMoments { Segments = [.. whole.Select(arm => new SegmentMoments("", arm))], Arms = whole, Hygiene = [], Daily = [new DailyMoments { Metric = "spend", Days = effects.Length, Arms = arms }] };
    }

    private static VariantMoments Arm(string name, double[][] days)
    {
        var early = days.Length / 2;
        double[] Mean(int from, int to) => [.. Enumerable.Range(0, Units).Select(unit => days[from..to].Average(day => day[unit]))];
        return VariantMoments.Of(name, [.. days.Select((day, i) => (DailyMoments.Day(i + 1), day)), (DailyMoments.Early, Mean(0, early)), (DailyMoments.Late, Mean(early, days.Length))]);
    }

    // Units differ for good, so that the days of one hang together.
    private static double[][] Values(ulong seed, double[] effects)
    {
        var random = new Seed(seed).NewRandom();
        double[] own = [.. Enumerable.Range(0, Units).Select(_ => 2 * random.NextNormal())];
        return [.. effects.Select(effect => own.Select(level => level + effect + random.NextNormal()).ToArray())];
    }
}
