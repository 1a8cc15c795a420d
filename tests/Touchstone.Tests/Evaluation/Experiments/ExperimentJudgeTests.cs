using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class ExperimentJudgeTests
{
    private static readonly ExperimentMetric s_spend = new() { Name = "spend", Kind = MetricKind.Mean, Column = "spend" };
    private static readonly ExperimentMetric s_bought = new() { Name = "bought", Kind = MetricKind.Proportion, Column = "bought" };

    [Fact]
    public void Each_arm_is_compared_and_p_is_corrected_over_metrics_and_arms()
    {
        var result = ExperimentJudge.Judge(Three(), new ExperimentPlan { Control = "A", Metrics = [s_spend, s_bought] });
        Assert.Equal([("spend", "B"), ("spend", "C"), ("bought", "B"), ("bought", "C")], result.Comparisons.Select(compared => (compared.Metric.Name, compared.Variant)));
        double[] p = [.. result.Comparisons.Select(compared => compared.Difference.PValue)];
        Assert.Equal(MultipleTesting.Holm(p), result.Comparisons.Select(compared => compared.HolmP));
        Assert.Equal(MultipleTesting.BenjaminiHochberg(p), result.Comparisons.Select(compared => compared.BenjaminiHochbergP));
        Assert.False(result.SampleRatio.IsMismatch);
    }

    [Fact]
    public void An_arm_of_weight_0_is_reported_not_compared()
    {
        var result = ExperimentJudge.Judge(Three(), new ExperimentPlan { Control = "A", Weights = new Dictionary<string, double> { ["A"] = 1, ["B"] = 1 }, Metrics = [s_spend] });
        Assert.Equal(["ok", "arm_off"], result.Comparisons.Select(compared => compared.Difference.StatusName));
        Assert.Equal(40, result.SampleRatio.UnitsInArmsWithoutWeight);
        Assert.Equal(double.NaN, result.Comparisons[1].HolmP);
    }

    [Fact]
    public void Guards_name_what_speaks_against_the_figures()
    {
        var zeros = new double[40];
        double[] one = [.. zeros.Skip(1), 250_000];
        var data = Of(VariantMoments.Of("A", ("spend", one), ("bought", zeros)), VariantMoments.Of("B", ("spend", [.. zeros.Select((_, i) => (double)i)]), ("bought", [.. zeros.Select((_, i) => i < 12 ? 1.0 : 0)])));
        var result = ExperimentJudge.Judge(data, new ExperimentPlan { Control = "A", Metrics = [s_spend, s_bought] });
        Assert.Equal(["one_unit_dominates"], result.Comparisons[0].Guards);
        Assert.Equal(["zero_baseline", "few_conversions"], result.Comparisons[1].Guards);
        Assert.Equal((EffectStatus.Ok, EffectStatus.ZeroBaseline), (result.Comparisons[1].Difference.Status, result.Comparisons[1].Lift.Status));
        Assert.True(result.Comparisons[1].Difference.Low > 0);
    }

    [Fact]
    public void Whether_one_unit_dominates_is_told_from_the_whole_arm_not_from_its_segments()
    {
        // A's outlier is a segment of its own, so it lies at its segment's mean; B's is far from its segment's mean, less so from the arm's.
        double[] plain = [.. Enumerable.Repeat(15.0, 60)];
        var arms = new Dictionary<string, VariantMoments[]>
        {
            ["A"] = [VariantMoments.Of("A", ("spend", plain)), VariantMoments.Of("A", ("spend", [250_000]))],
            ["B"] = [VariantMoments.Of("B", ("spend", plain)), VariantMoments.Of("B", ("spend", [40, -10, -10, -10, -10]))],
        };
        IReadOnlyList<string> Guards(VariantMoments arm) =>
            ExperimentJudge.Judge(Of(arm, arm with { Variant = "copy" }), new ExperimentPlan { Control = arm.Variant, Metrics = [s_spend] }).Comparisons[0].Guards;
        Assert.Equal(["one_unit_dominates"], Guards(VariantMoments.Merge("A", arms["A"])));
        Assert.Empty(Guards(VariantMoments.Merge("B", arms["B"])));
    }

    [Theory]
    [InlineData("X", null, "There is no variant \"X\" to compare with; there are \"A\", \"B\", \"C\".")]
    [InlineData("A", "Z", "The weights name the variant \"Z\", of which there is no unit; there are \"A\", \"B\", \"C\".")]
    public void What_the_plan_names_must_be_there(string control, string? weight, string message)
    {
        var weights = weight is null ? new Dictionary<string, double>() : new Dictionary<string, double> { ["A"] = 1, [weight] = 1 };
        var refusal = Assert.Throws<ExperimentPlanException>(() => ExperimentJudge.Judge(Three(), new ExperimentPlan { Control = control, Weights = weights, Metrics = [s_spend] }));
        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public void Segments_and_strata_tell_effects_that_differ()
    {
        List<SegmentMoments> segments = [];
        foreach (var (segment, effect) in (ValueTuple<string, double>[])[("new", 0.0), ("old", 5.0)])
            foreach (var arm in (string[])["A", "B"])
                segments.Add(new SegmentMoments(segment, VariantMoments.Of(arm, ("spend", [.. Enumerable.Range(0, 100).Select(i => (i % 7) + (segment == "old" ? 50 : 0) + (arm == "B" ? effect : 0))]))));
        var data = new ExperimentMoments
        {
            Segments = segments,
            Arms = [.. segments.GroupBy(entry => entry.Moments.Variant).Select(arm => VariantMoments.Merge(arm.Key, [.. arm.Select(entry => entry.Moments)]))],
            Hygiene = [],
        };
        var result = ExperimentJudge.Judge(data, new ExperimentPlan { Control = "A", Metrics = [s_spend], IsPostStratified = true });
        Assert.Equal([0.0, 5.0], result.SegmentEffects.Select(effect => effect.Difference.Value));
        Assert.True(result.Heterogeneity[0].PValue < 1e-10);
        var compared = result.Comparisons[0];
        Assert.Equal(2.5, compared.Difference.Value, 1e-12);
        Assert.NotNull(compared.Stratified);
        Assert.Equal(2.5, compared.Stratified.Value, 1e-12);
        Assert.True(compared.Stratified.StandardError < 0.2 * compared.Difference.StandardError);
    }

    [Fact]
    public void Merged_moments_are_those_of_all_units_together() => Gen.Select(Gen.Double[-5, 5].Array[0, 20], Gen.Double[-5, 5].Array[1, 20], Gen.Bool.Select(isFar => isFar ? 1e8 : 0.0)).Sample((left, right, offset) =>
    {
        VariantMoments Of(double[] values) => VariantMoments.Of("arm", ("y", [.. values.Select(value => value + offset)]), ("x", [.. values.Select(value => value * value)]));
        var (merged, whole) = (VariantMoments.Merge("arm", [Of(left), Of(right)]), Of([.. left, .. right]));
        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal((whole.Minima, whole.Maxima), (merged.Minima, merged.Maxima), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2));
        Truth.Near(whole.LargestDeviation("x"), merged.LargestDeviation("x"), 1e-12, "deviation");
        for (var i = 0; i < 2; i++)
        {
            Truth.Near(whole.Means[i], merged.Means[i], 1e-12, "mean");
            for (var j = 0; j < 2; j++) Truth.Near(whole.Products[i][j], merged.Products[i][j], offset == 0 ? 1e-10 : 1e-5, "product");
        }
    });

    [Fact]
    public void Swapping_the_arms_turns_the_difference_round() => Gen.Select(Gen.Double[-5, 5].Array[3, 30], Gen.Double[-5, 5].Array[3, 30]).Sample((left, right) =>
    {
        ArmStatistic Arm(double[] values) => ArmStatistic.Of(VariantMoments.Of("arm", ("y", values)), new MomentForm("y"));
        var (there, back) = (EffectTest.Difference(Arm(left), Arm(right), new EffectOptions()), EffectTest.Difference(Arm(right), Arm(left), new EffectOptions()));
        Assert.Equal(there.Status, back.Status);
        if (there.Status != EffectStatus.Ok) return;
        Truth.Near(-there.Value, back.Value, 1e-12, "value");
        Truth.Near(there.PValue, back.PValue, 1e-12, "p");
        Truth.Near(-there.High, back.Low, 1e-10, "interval");
    });

    [Fact]
    public void Several_covariates_take_away_what_a_regression_on_them_takes_and_a_copy_adds_nothing()
    {
        var random = new Seed(3).NewRandom();
        VariantMoments Arm(string name, double effect)
        {
            var (y, x, z) = (new double[500], new double[500], new double[500]);
            for (var i = 0; i < y.Length; i++)
            {
                (x[i], z[i]) = (random.NextNormal(), random.NextNormal());
                y[i] = effect + (2 * x[i]) - (3 * z[i]) + (0.1 * random.NextNormal());
            }

            return VariantMoments.Of(name, ("y", y), ("x", x), ("z", z), ("copy", [.. x.Select(value => 7 * value)]));
        }

        VariantMoments[] arms = [Arm("A", 10), Arm("B", 10.05)];
        MomentForm Column(string name) => new(name);
        var both = CupedAdjustment.Of(arms, Column("y"), [Column("x"), Column("z")]);
        Assert.Equal(2, both.Theta[0], 0.02);
        Assert.Equal(-3, both.Theta[1], 0.02);
        var effect = EffectTest.Difference(both.Arms[0], both.Arms[1], new EffectOptions());
        Assert.Equal(Math.Sqrt(2 * 0.01 / 500), effect.StandardError, 4e-4);
        Assert.InRange(effect.Value, 0.05 - (4 * effect.StandardError), 0.05 + (4 * effect.StandardError));
        var copied = CupedAdjustment.Of(arms, Column("y"), [Column("x"), Column("z"), Column("copy")]);
        Assert.Contains(0.0, copied.Theta);
        Truth.Near(effect.StandardError, EffectTest.Difference(copied.Arms[0], copied.Arms[1], new EffectOptions()).StandardError, 1e-9, "error");
    }

    [Fact]
    public void The_report_is_written_in_every_form_and_its_figures_are_JSON()
    {
        var result = ExperimentJudge.Judge(Three(), new ExperimentPlan { Control = "A", Metrics = [s_spend, s_bought], Looks = new LookPlan { Rule = LookRule.ConfidenceSequence } });
        var document = ExperimentReport.Compose(result, "units.csv");
        Assert.Contains("spend", PlainTextRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("| spend (mean) | B |", MarkdownRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("<svg class=\"iv\"", HtmlRenderer.Render(document), StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(document.FiguresJson ?? "");
        Assert.Equal("touchstone.experiment/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("effects").GetArrayLength());
    }

    private static ExperimentMoments Three()
    {
        var random = new Seed(5).NewRandom();
        VariantMoments Arm(string name, double effect) => VariantMoments.Of(
            name,
            ("spend", [.. Enumerable.Range(0, 40).Select(_ => effect + random.NextNormal())]),
            ("bought", [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 1.0 : 0)]));
        return Of(Arm("A", 1), Arm("B", 1.5), Arm("C", 3));
    }

    private static ExperimentMoments Of(params VariantMoments[] arms) => new() { Segments = [.. arms.Select(arm => new SegmentMoments("", arm))], Arms = arms, Hygiene = [] };
}
