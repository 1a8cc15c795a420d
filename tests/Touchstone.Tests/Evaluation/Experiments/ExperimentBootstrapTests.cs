using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class ExperimentBootstrapTests
{
    private static readonly ExperimentMetric s_spend = new() { Name = "spend", Kind = MetricKind.Mean, Column = "spend" };
    private static readonly ExperimentMetric s_rate = new() { Name = "rate", Kind = MetricKind.Ratio, Column = "rate", Denominator = "views" };
    private static readonly ExperimentPlan s_plan = new() { Control = "A", Metrics = [s_spend, s_rate], Covariates = ["covariate before"] };

    [Fact]
    public void Errors_of_means_ratios_and_adjusted_figures_are_those_of_the_formulas()
    {
        var arms = Arms(4000, 1e9);
        var result = Judge(arms, new BootstrapOptions { Replicates = 2000 });
        foreach (var compared in result.Comparisons)
        {
            // 2,000 replicates tell a standard error to 1/√4000 = 1.6 %; five of those.
            Assert.Equal(compared.Difference.StandardError, compared.BootstrapDifference?.StandardError ?? 0, 0.08 * compared.Difference.StandardError);
            Assert.Equal(compared.Lift.StandardError, compared.BootstrapLift?.StandardError ?? 0, 0.08 * compared.Lift.StandardError);
            Assert.Equal(compared.Difference.Value, compared.BootstrapDifference?.Value);
            Assert.Equal(compared.Difference.Low, compared.BootstrapDifference?.Low ?? 0, 0.3 * compared.Difference.StandardError);
            Assert.Equal(compared.Difference.High, compared.BootstrapDifference?.High ?? 0, 0.3 * compared.Difference.StandardError);
        }
    }

    [Fact]
    public void The_same_units_give_the_same_bits_at_any_number_of_threads_and_another_seed_others()
    {
        var arms = Arms(70_000, 0);
        var one = Judge(arms, new BootstrapOptions { Replicates = 20, Threads = 1 });
        var two = Judge(arms, new BootstrapOptions { Replicates = 20, Threads = 2 });
        Assert.Equal(one.Comparisons[0].BootstrapDifference, two.Comparisons[0].BootstrapDifference);
        Assert.NotEqual(one.Comparisons[0].BootstrapDifference, Judge(arms, new BootstrapOptions { Replicates = 20, Seed = new Seed(2) }).Comparisons[0].BootstrapDifference);
    }

    [Fact]
    public void Quantiles_and_arms_that_are_off_have_none()
    {
        var arms = Arms(100, 0);
        var slow = new ExperimentMetric { Name = "slow", Kind = MetricKind.Quantile, Column = "slow", Probability = 0.5 };
        VariantQuantile Quantile(string name) => new() { Variant = name, Probability = 0.5, Events = 100, Units = 50, Value = 1, Lower = 0.9, Upper = 1.1, ClusterFactor = 1 };
        var bootstrap = Filled(arms, new BootstrapOptions { Replicates = 10 });
        var data = Of(arms) with { Quantiles = new Dictionary<string, IReadOnlyList<VariantQuantile>> { ["slow"] = [Quantile("A"), Quantile("B")] } };
        var result = ExperimentJudge.Judge(data, s_plan with { Metrics = [slow, s_spend], Weights = new Dictionary<string, double> { ["A"] = 1 } }, bootstrap);
        Assert.All(result.Comparisons, compared => Assert.Null(compared.BootstrapDifference));
        Assert.NotNull(ExperimentJudge.Judge(data, s_plan with { Metrics = [slow, s_spend] }, bootstrap).Comparisons[1].BootstrapDifference);
    }

    [Fact]
    public void It_stands_in_text_and_JSON()
    {
        var document = ExperimentReport.Compose(Judge(Arms(500, 0), new BootstrapOptions { Replicates = 50, Seed = new Seed(9) }), "units.csv");
        Assert.Contains("50 replicates over units, seed 9: percentile intervals for one look", PlainTextRenderer.Render(document), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(document.FiguresJson ?? "");
        Assert.Equal(50, json.RootElement.GetProperty("bootstrap").GetProperty("replicates").GetInt32());
        Assert.True(json.RootElement.GetProperty("effects")[0].GetProperty("bootstrap_difference").GetProperty("low").GetDouble() < json.RootElement.GetProperty("effects")[0].GetProperty("bootstrap_difference").GetProperty("high").GetDouble());
    }

    private static ExperimentResult Judge(IReadOnlyList<(string Name, double[][] Columns)> arms, BootstrapOptions options) => ExperimentJudge.Judge(Of(arms), s_plan, Filled(arms, options));

    private static ExperimentBootstrap Filled(IReadOnlyList<(string Name, double[][] Columns)> arms, BootstrapOptions options)
    {
        var bootstrap = new ExperimentBootstrap(options);
        foreach (var (name, columns) in arms)
        {
            for (var first = 0; first < columns[0].Length; first += UnitBlock.Length)
            {
                var count = Math.Min(UnitBlock.Length, columns[0].Length - first);
                bootstrap.Add(new UnitBlock(name, [.. columns.Select(column => column[first..(first + count)])], count));
            }
        }

        return bootstrap;
    }

    private static (string Name, double[][] Columns)[] Arms(int units, double offset)
    {
        var random = new Seed(3).NewRandom();
        (string, double[][]) Arm(string name, double effect)
        {
            double[] before = [.. Enumerable.Range(0, units).Select(_ => random.NextNormal())];
            double[] spend = [.. before.Select(value => offset + effect + value + (0.5 * random.NextNormal()))];
            double[] views = [.. before.Select(_ => (double)(1 + random.NextInt(5)))];
            return (name, [spend, [.. views.Select(count => Math.Round(count * (0.3 + (0.1 * effect)) * random.NextDouble(), 2))], views, before]);
        }

        return [Arm("A", 1), Arm("B", 2)];
    }

    private static ExperimentMoments Of(IReadOnlyList<(string Name, double[][] Columns)> arms)
    {
        VariantMoments[] moments = [.. arms.Select(arm => VariantMoments.Of(arm.Name, ("spend", arm.Columns[0]), ("rate", arm.Columns[1]), ("rate denominator", arm.Columns[2]), ("covariate before", arm.Columns[3])))];
        return new ExperimentMoments { Segments = [.. moments.Select(arm => new SegmentMoments("", arm))], Arms = moments, Hygiene = [] };
    }
}
