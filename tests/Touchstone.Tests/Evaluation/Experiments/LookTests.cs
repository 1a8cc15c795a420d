using System.Text.Json;
using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.Experiments;

/// <summary>Figures of planned looks and of the mixture test: computed apart in Python 3.11 from the definitions (error function, Simpson's rule, bisection).</summary>
public sealed class LookTests
{
    private static readonly ExperimentMetric s_spend = new() { Name = "spend", Kind = MetricKind.Mean, Column = "spend" };
    private static readonly ExperimentMetric s_bought = new() { Name = "bought", Kind = MetricKind.Proportion, Column = "bought" };

    [Theory]
    [InlineData(AlphaSpending.OBrienFleming, new[] { 0.25 }, 3.0, 0.2180559466491142)]
    [InlineData(AlphaSpending.Pocock, new[] { 0.25 }, 3.0, 0.007554539266651415)]
    [InlineData(AlphaSpending.OBrienFleming, new[] { 0.5, 1 }, 2.5, 0.012496246804456813)]
    [InlineData(AlphaSpending.Pocock, new[] { 0.5, 1 }, 2.5, 0.023780527793372513)]
    public void A_repeated_p_is_the_least_alpha_whose_boundary_is_passed(AlphaSpending spending, double[] fractions, double z, double expected) =>
        Truth.Near(expected, GroupSequential.RepeatedPValue(fractions, fractions.Length, z, spending), 1e-4 * expected, "p");

    [Fact]
    public void A_repeated_p_equals_alpha_on_the_boundary_and_falls_with_z() => Gen.Select(Gen.Int[1, 4], Gen.Double[0.005, 0.2], Gen.Bool).Sample(
        drawn =>
        {
            var (look, alpha, isEven) = drawn;
            var spending = isEven ? AlphaSpending.Pocock : AlphaSpending.OBrienFleming;
            double[] fractions = [0.3, 0.5, 0.8, 1];
            var boundary = GroupSequential.Boundaries(fractions, alpha, spending)[look - 1];
            Assert.Equal(alpha, GroupSequential.RepeatedPValue(fractions, look, boundary, spending), 2e-4 * alpha);
            Assert.True(GroupSequential.RepeatedPValue(fractions, look, boundary + 0.1, spending) < alpha);
            Assert.True(GroupSequential.RepeatedPValue(fractions, look, boundary - 0.1, spending) > alpha);
        },
        iter: 15);

    [Fact]
    public void A_p_below_what_the_grid_can_tell_is_its_least_and_none_stays_none()
    {
        Assert.Equal(1e-15, GroupSequential.RepeatedPValue([0.5, 1], 2, 30, AlphaSpending.Pocock));
        Assert.Equal(1, GroupSequential.RepeatedPValue([0.5, 1], 1, 0, AlphaSpending.OBrienFleming));
        Assert.True(double.IsNaN(GroupSequential.RepeatedPValue([0.5, 1], 1, double.NaN, AlphaSpending.Pocock)));
        Assert.StartsWith("The look must be 1 to 2.", Assert.Throws<ArgumentOutOfRangeException>(() => GroupSequential.RepeatedPValue([0.5, 1], 3, 1, AlphaSpending.Pocock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixture_test_of_an_effect_is_that_of_the_differences_behind_it()
    {
        var known = MixtureSequentialTest.AlwaysValid(EffectTest.Test(0.03, 0.01, double.PositiveInfinity, new EffectOptions()), 0.02, new EffectOptions());
        Truth.Near(0.06109770079048311, known.PValue, 1e-12, "p");
        Truth.Near(0.03082389993889093, (known.High - known.Low) / 2, 1e-12, "half width");
        double[] differences = [0.4, 1.2, -0.3, 0.9, 0.8, 1.1];
        var look = MixtureSequentialTest.Path(differences, 0.7, 0.3, 0.1)[^1];
        var effect = MixtureSequentialTest.AlwaysValid(EffectTest.Test(differences.Average(), Math.Sqrt(0.7 / differences.Length), double.PositiveInfinity, new EffectOptions()), Math.Sqrt(0.3), new EffectOptions { Alpha = 0.1 });
        Truth.Near(Math.Min(1, 1 / look.Lambda), effect.PValue, 1e-12, "p");
        Truth.Near(look.Interval.Low, effect.Low, 1e-12, "low");
        Truth.Near(look.Interval.High, effect.High, 1e-12, "high");
    }

    [Fact]
    public void A_mixture_of_a_control_of_0_has_no_size()
    {
        double[] around = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1.0 : -1)];
        var data = Of(VariantMoments.Of("A", ("spend", around)), VariantMoments.Of("B", ("spend", [.. around.Select(value => value + 0.3)])));
        var judged = Assert.Single(ExperimentJudge.Judge(data, new ExperimentPlan { Control = "A", Metrics = [s_spend], Looks = new LookPlan { Rule = LookRule.MixtureTest } }).Comparisons);
        Assert.Equal(("zero_baseline", double.NaN), (judged.SequentialDifference?.StatusName, judged.SequentialDifference?.PValue ?? 0));
        var mixture = EffectTest.Test(0.3, 0.07, double.PositiveInfinity, new EffectOptions());
        Assert.Throws<ArgumentException>(() => MixtureSequentialTest.AlwaysValid(mixture, 1, new EffectOptions { Side = TestSide.Less }));
    }

    [Fact]
    public void Planned_looks_stop_exactly_where_the_look_s_own_p_passes_its_boundary()
    {
        List<PlannedLookDecision?> decisions = [];
        foreach (var (size, look) in ((double, int)[])[(0.5, 1), (0.5, 2), (0.5, 3), (0.7, 1), (0.7, 2), (0.7, 3)])
        {
            var looks = new LookPlan { Rule = LookRule.PlannedLooks, Fractions = LookPlan.EqualFractions(3), Look = look };
            var result = ExperimentJudge.Judge(Two(size), new ExperimentPlan { Control = "A", Metrics = [s_spend, s_bought], Looks = looks });
            Assert.Equal(GroupSequential.Boundaries([1.0 / 3, 2.0 / 3, 1]), result.Boundaries);
            var nominal = 2 * Distributions.NormalUpper(result.Boundaries[look - 1]);
            foreach (var compared in result.Comparisons)
            {
                var passes = compared.Difference.PValue < nominal;
                Assert.Equal(passes ? PlannedLookDecision.Stop : look < 3 ? PlannedLookDecision.GoOn : PlannedLookDecision.NotShown, compared.Decision);
                Assert.Equal(passes, compared.SequentialDifference?.PValue < 0.05);
                Assert.True(compared.SequentialDifference?.Low < compared.Difference.Low && compared.SequentialDifference.High > compared.Difference.High);
                Assert.Equal(0.95, compared.SequentialDifference?.Level ?? 0, 12);
            }

            // Welch's interval at the alpha of the boundary.
            var wide = EffectTest.Difference(result.Comparisons[0].Control, result.Comparisons[0].Treatment, new EffectOptions { Alpha = nominal });
            Assert.Equal((wide.Low, wide.High), (result.Comparisons[0].SequentialDifference?.Low, result.Comparisons[0].SequentialDifference?.High));
            decisions.Add(result.Comparisons[0].Decision);
        }

        // A near miss, and an effect that passes from the second look on.
        Assert.Equal([PlannedLookDecision.GoOn, PlannedLookDecision.GoOn, PlannedLookDecision.NotShown, PlannedLookDecision.GoOn, PlannedLookDecision.Stop, PlannedLookDecision.Stop], decisions);
    }

    [Fact]
    public void Looks_that_are_no_plan_are_refused()
    {
        string Fault(LookPlan looks) => Assert.Throws<ExperimentPlanException>(() => ExperimentJudge.Judge(Two(1), new ExperimentPlan { Control = "A", Metrics = [s_spend], Looks = looks })).Message;
        Assert.Equal("The planned looks are none: the last look is at all planned units: end with 1.", Fault(new LookPlan { Rule = LookRule.PlannedLooks, Fractions = [0.5, 0.9] }));
        Assert.Equal("The planned looks are none: shares of the planned units ascend within 0 to 1, e.g. 0.25, 0.5, 1.", Fault(new LookPlan { Rule = LookRule.PlannedLooks, Fractions = [0.5, 0.4, 1] }));
        Assert.Equal("Look 3 is none of the 2 planned looks; count from 1.", Fault(new LookPlan { Rule = LookRule.PlannedLooks, Fractions = [0.5, 1], Look = 3 }));
    }

    [Fact]
    public void Each_rule_is_told_in_every_form()
    {
        var mixture = Compose(new LookPlan { Rule = LookRule.MixtureTest, MixtureLift = 0.1 });
        Assert.Contains("mSPRT, a mixture of lifts with standard deviation 10.0 %", PlainTextRenderer.Render(mixture), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(mixture.FiguresJson ?? "");
        Assert.Equal(("every_look", "msprt", 0.1), (json.RootElement.GetProperty("intervals").GetString(), json.RootElement.GetProperty("sequential_method").GetString(), json.RootElement.GetProperty("mixture").GetDouble()));
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("effects")[0].GetProperty("every_look_difference").ValueKind);

        var planned = Compose(new LookPlan { Rule = LookRule.PlannedLooks, Fractions = [0.5, 1], Look = 1, Spending = AlphaSpending.Pocock });
        var text = PlainTextRenderer.Render(planned);
        Assert.Contains("This is look 1 of 2, at 50 % of the planned units; alpha is spent like Pocock, nearly evenly.", text, StringComparison.Ordinal);
        Assert.Contains("2.201", text, StringComparison.Ordinal);
        Assert.Contains("What this look says", HtmlRenderer.Render(planned), StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(planned.FiguresJson ?? "");
        Assert.Equal("planned_looks", figures.RootElement.GetProperty("intervals").GetString());
        Truth.Near(2.20097695527126, figures.RootElement.GetProperty("planned_looks").GetProperty("looks")[1].GetProperty("boundary").GetDouble(), 1e-6, "boundary");
        Assert.Equal(JsonValueKind.Null, figures.RootElement.GetProperty("effects")[0].GetProperty("every_look_difference").ValueKind);
        Assert.Equal("stop", figures.RootElement.GetProperty("effects")[0].GetProperty("decision").GetString());

        ReportDocument Compose(LookPlan looks) => ExperimentReport.Compose(ExperimentJudge.Judge(Two(3), new ExperimentPlan { Control = "A", Metrics = [s_spend], Looks = looks }), "units.csv");
    }

    private static ExperimentMoments Two(double effect)
    {
        var random = new Seed(7).NewRandom();
        VariantMoments Arm(string name, double mean) => VariantMoments.Of(
            name,
            ("spend", [.. Enumerable.Range(0, 60).Select(_ => mean + random.NextNormal())]),
            ("bought", [.. Enumerable.Range(0, 60).Select(i => i % 4 == 0 ? 1.0 : 0)]));
        return Of(Arm("A", 2), Arm("B", 2 + effect));
    }

    private static ExperimentMoments Of(params VariantMoments[] arms) => new() { Segments = [.. arms.Select(arm => new SegmentMoments("", arm))], Arms = arms, Hygiene = [] };
}
