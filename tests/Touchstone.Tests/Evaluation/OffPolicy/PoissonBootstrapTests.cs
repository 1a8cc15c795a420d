using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class PoissonBootstrapTests
{
    [Fact]
    public void Each_round_stands_in_a_replicate_a_poisson_number_of_times()
    {
        const int Replicates = 20_000;
        var bootstrap = new PoissonBootstrap(2, new BootstrapOptions { Replicates = Replicates });
        bootstrap.Add([[1, 0], [0, 1]], 2, TestContext.Current.CancellationToken);
        var (first, second) = (bootstrap.Sums(0), bootstrap.Sums(1));
        double[] known = [.36788, .36788, .18394, .06131, .01533, .00307];
        for (var count = 0; count < known.Length; count++)
            Assert.InRange(first.Count(value => value == count) / (double)Replicates, known[count] - (4 * Math.Sqrt(known[count] / Replicates)), known[count] + (4 * Math.Sqrt(known[count] / Replicates)));
        Assert.InRange(first.Zip(second, (left, right) => (left - 1) * (right - 1)).Average(), -.03, .03);
        Assert.Equal(first.Zip(second, (left, right) => left + right), bootstrap.Drawn());
    }

    [Fact]
    public void The_spread_of_a_mean_over_replicates_is_its_standard_error()
    {
        var random = new Seed(8).NewRandom();
        double[] values = [.. Enumerable.Range(0, 5_000).Select(_ => random.NextExponential())];
        var bootstrap = new PoissonBootstrap(1, new BootstrapOptions { Replicates = 4_000 });
        bootstrap.Add([values], values.Length, TestContext.Current.CancellationToken);
        double[] means = [.. bootstrap.Sums(0).Zip(bootstrap.Drawn(), (sum, drawn) => sum / drawn)];
        var moments = new MeanMoments();
        moments.Add(values);
        var spread = new MeanMoments();
        spread.Add(means);
        Assert.InRange(Math.Sqrt(spread.Variance) / moments.StandardError, .95, 1.05);
    }

    [Fact]
    public void Rounds_in_one_block_or_in_several_give_the_same_bits()
    {
        var random = new Seed(9).NewRandom();
        double[] values = [.. Enumerable.Range(0, (3 * PoissonBootstrap.BlockRounds) + 100).Select(_ => random.NextNormal())];
        var (whole, parts) = (new PoissonBootstrap(1, new BootstrapOptions { Replicates = 20, Threads = 1 }), new PoissonBootstrap(1, new BootstrapOptions { Replicates = 20, Threads = 4 }));
        whole.Add([values], values.Length, TestContext.Current.CancellationToken);
        parts.Add([values], 2 * PoissonBootstrap.BlockRounds, TestContext.Current.CancellationToken);
        parts.Add([values[(2 * PoissonBootstrap.BlockRounds)..]], values.Length - (2 * PoissonBootstrap.BlockRounds), TestContext.Current.CancellationToken);
        Assert.Equal(whole.Sums(0), parts.Sums(0));
        Assert.Throws<InvalidOperationException>(() => parts.Add([values], 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Moments_of_blocks_are_those_of_the_whole_even_far_from_zero()
    {
        var random = new Seed(10).NewRandom();
        double[] values = [.. Enumerable.Range(0, 10_000).Select(_ => 1e9 + random.NextNormal())];
        var (whole, parts) = (new MeanMoments(), new MeanMoments());
        whole.Add(values);
        foreach (var part in values.Chunk(777)) parts.Add(part);
        Assert.InRange(whole.Variance, .95, 1.05);
        Assert.Equal(whole.Variance, parts.Variance, 1e-9);
        Assert.Equal(whole.Mean, parts.Mean, 1e-5);
        Assert.Equal((values.Min(), values.Max()), (parts.Minimum, parts.Maximum));
    }
}
