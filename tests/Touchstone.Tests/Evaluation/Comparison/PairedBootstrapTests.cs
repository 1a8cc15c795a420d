using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.Comparison;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Interval_ends_lie_where_exact_enumeration_puts_them()
    {
        foreach (var known in Truth.Cases("abtest", "bootstrap.json"))
        {
            double[] values = [.. known.GetProperty("input").GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
            var sums = PairedBootstrap.Resample([values], new BootstrapOptions { Replicates = 20000 }, TestContext.Current.CancellationToken);
            double[] means = [.. sums.Replicates[0].Select(sum => sum / values.Length)];
            var estimate = ReplicateEstimate.Percentile(sums.Totals[0] / values.Length, means, 0.95, values.Length);
            var expected = known.GetProperty("expected");
            Truth.Near(expected.GetProperty("exact_bootstrap_mean").GetDouble(), estimate.Value, 1e-9, "mean");
            Assert.InRange(estimate.StandardError, expected.GetProperty("exact_bootstrap_sd").GetDouble() * 0.97, expected.GetProperty("exact_bootstrap_sd").GetDouble() * 1.03);
            Assert.InRange(estimate.Low, expected.GetProperty("accept_lower")[0].GetDouble() - 1e-9, expected.GetProperty("accept_lower")[1].GetDouble() + 1e-9);
            Assert.InRange(estimate.High, expected.GetProperty("accept_upper")[0].GetDouble() - 1e-9, expected.GetProperty("accept_upper")[1].GetDouble() + 1e-9);
        }
    }

    [Fact]
    public void The_same_bits_come_out_at_any_number_of_threads_and_for_any_company_of_columns()
    {
        var random = new Seed(3).NewRandom();
        double[] left = [.. Enumerable.Range(0, 500).Select(_ => random.NextNormal())], right = [.. Enumerable.Range(0, 500).Select(_ => random.NextExponential())];
        var token = TestContext.Current.CancellationToken;
        var one = PairedBootstrap.Resample([left, right], new BootstrapOptions { Replicates = 300, Threads = 1 }, token);
        var four = PairedBootstrap.Resample([left, right], new BootstrapOptions { Replicates = 300, Threads = 4 }, token);
        Assert.Equal(one.Replicates[0], four.Replicates[0]);
        Assert.Equal(one.Replicates[1], four.Replicates[1]);
        Assert.Equal(one.Replicates[1], PairedBootstrap.Resample([right], new BootstrapOptions { Replicates = 300 }, token).Replicates[0]);
    }

    [Fact]
    public void Intervals_of_a_mean_and_of_a_ratio_cover_the_truth_about_as_often_as_they_say()
    {
        var (means, ratios) = (0, 0);
        const int Runs = 200, Units = 200;
        for (var run = 0; run < Runs; run++)
        {
            var random = new Seed(11).For("run", run).NewRandom();
            var (numerator, denominator, values) = (new double[Units], new double[Units], new double[Units]);
            for (var i = 0; i < Units; i++)
            {
                denominator[i] = 1 + random.NextInt(4);
                numerator[i] = denominator[i] * (2 + random.NextNormal());
                values[i] = random.NextExponential();
            }

            var sums = PairedBootstrap.Resample([values, numerator, denominator], new BootstrapOptions { Replicates = 400, Seed = new Seed((ulong)run) }, TestContext.Current.CancellationToken);
            double[] ratio = [.. sums.Replicates[1].Zip(sums.Replicates[2], (above, below) => above / below)];
            if (ReplicateEstimate.Percentile(0, ratio, 0.95, Units) is { Low: <= 2, High: >= 2 }) ratios++;
            if (ReplicateEstimate.Percentile(0, [.. sums.Replicates[0].Select(sum => sum / Units)], 0.95, Units) is { Low: <= 1, High: >= 1 }) means++;
        }

        // 95 % of 200 is 190 with a standard deviation of 3.1.
        Assert.InRange(means, 179, 200);
        Assert.InRange(ratios, 179, 200);
    }

    [Fact]
    public void Quantiles_are_of_type_7()
    {
        Assert.Equal(1.75, Quantile.Type7([1, 2, 3, 4], 0.25));
        Assert.Equal(4, Quantile.Type7([1, 2, 3, 4], 1));
        Assert.Equal(2.5, Quantile.Type7([1, 2, 3, 4], 0.5));
        Assert.Throws<ArgumentException>(() => Quantile.Type7([], 0.5));
    }

    [Fact]
    public void An_undefined_replicate_leaves_the_interval_undefined()
    {
        var estimate = ReplicateEstimate.Percentile(1, [1, double.NaN, 2], 0.95, 3);
        Assert.True(double.IsNaN(estimate.Low) && double.IsNaN(estimate.High));
        Assert.Equal(1, estimate.Value);
    }

    [Fact]
    public void A_difference_of_nothing_is_better_half_the_time() => Assert.Equal(0.5, ReplicateEstimate.ProbabilityAboveZero([0, 0, 0]));

    [Fact]
    public void Columns_of_unequal_length_are_refused_by_number()
    {
        var refusal = Assert.Throws<ArgumentException>(() => PairedBootstrap.Resample([[1, 2], [1]], new BootstrapOptions(), TestContext.Current.CancellationToken));
        Assert.StartsWith("columns[1] has 1 units; expected 2, as columns[0].", refusal.Message, StringComparison.Ordinal);
    }
}
