using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class SequentialTruthTests
{
    [Fact]
    public void Confidence_sequences_are_met()
    {
        foreach (var (id, input, expected, known) in KnownExperiments.Of("sequential.json", "acs"))
        {
            var tolerance = KnownExperiments.Tolerance(known);
            double In(string name) => input.GetProperty(name).GetDouble();
            KnownExperiments.Near(expected, "rho", ConfidenceSequence.Rho(In("alpha"), In("tuning")), tolerance, id);
            KnownExperiments.Near(expected, "halfwidth", ConfidenceSequence.HalfWidth(In("se"), In("n"), In("alpha"), In("tuning")), tolerance, id);
            var options = new EffectOptions { Alpha = In("alpha") };
            var single = EffectTest.Test(In("estimate"), In("se"), double.PositiveInfinity, options);
            var always = ConfidenceSequence.AlwaysValid(single, In("n"), options, In("tuning"));
            KnownExperiments.NearInterval(expected, "ci", always.Low, always.High, tolerance, id);
            KnownExperiments.Near(expected, "p", always.PValue, tolerance, id);
            var fixedHorizon = EffectTest.Test(In("estimate"), In("se"), double.PositiveInfinity, new EffectOptions());
            KnownExperiments.NearInterval(expected, "fixed_z_ci", fixedHorizon.Low, fixedHorizon.High, tolerance, id);
            Assert.True(always.High - always.Low > single.High - single.Low, id);
        }
    }

    [Fact]
    public void Mixture_tests_are_met_and_their_p_never_rises()
    {
        foreach (var (id, input, expected, known) in KnownExperiments.Of("sequential.json", "msprt"))
        {
            var tolerance = KnownExperiments.Tolerance(known);
            var alpha = input.GetProperty("alpha").GetDouble();
            var path = MixtureSequentialTest.Path(KnownExperiments.Numbers(input.GetProperty("differences")), input.GetProperty("variance_of_difference").GetDouble(), input.GetProperty("tau2").GetDouble(), alpha);
            foreach (var step in expected.GetProperty("steps").EnumerateArray())
            {
                var look = path[step.GetProperty("n").GetInt32() - 1];
                KnownExperiments.Near(step, "mean", look.Mean, tolerance, id);
                KnownExperiments.Near(step, "lambda", look.Lambda, tolerance, id);
                KnownExperiments.Near(step, "p_always_valid", look.PValue, tolerance, id);
                KnownExperiments.NearInterval(step, "ci", look.Interval.Low, look.Interval.High, tolerance, id);
            }

            var first = Array.FindIndex(path, look => look.PValue <= alpha);
            var wanted = expected.GetProperty("first_n_with_p_le_alpha");
            Assert.Equal(wanted.ValueKind == JsonValueKind.Null ? 0 : wanted.GetInt32(), first + 1);
            for (var i = 1; i < path.Length; i++)
            {
                Assert.True(path[i].PValue <= path[i - 1].PValue, id);
                Assert.Equal(1 / path[i].Lambda < alpha, path[i].Interval.Low > 0 || path[i].Interval.High < 0);
            }
        }
    }

    /// <summary>Constants of Jennison and Turnbull (2000): spending like O'Brien and Fleming, and like Pocock, five equal looks, two-sided .05.</summary>
    [Theory]
    [InlineData(AlphaSpending.OBrienFleming, new[] { 4.877, 3.357, 2.680, 2.290, 2.031 })]
    [InlineData(AlphaSpending.Pocock, new[] { 2.438, 2.427, 2.410, 2.397, 2.386 })]
    public void Boundaries_of_five_looks_are_those_of_the_tables(AlphaSpending spending, double[] expected)
    {
        double[] fractions = [0.2, 0.4, 0.6, 0.8, 1];
        var boundaries = GroupSequential.Boundaries(fractions, 0.05, spending);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], boundaries[i], 0.0015);
        Assert.Equal(0.05, GroupSequential.ChanceToStop(fractions, boundaries), 1e-8);
    }

    /// <summary>Repeated tests at 1.96 err 8.3 %, 14.2 %, 19.3 % with 2, 5, 10 looks (Armitage, McPherson and Rowe 1969, table 2).</summary>
    [Theory]
    [InlineData(2, 0.083)]
    [InlineData(5, 0.142)]
    [InlineData(10, 0.193)]
    public void Peeking_at_the_fixed_boundary_errs_as_often_as_published(int looks, double expected)
    {
        double[] fractions = [.. Enumerable.Range(1, looks).Select(look => (double)look / looks)];
        Assert.Equal(expected, GroupSequential.ChanceToStop(fractions, [.. fractions.Select(_ => 1.959964)]), 5e-4);
    }

    [Theory]
    [InlineData(0.001, 150, AlphaSpending.OBrienFleming)]
    [InlineData(1e-6, 200, AlphaSpending.OBrienFleming)]
    [InlineData(1e-12, 40, AlphaSpending.OBrienFleming)]
    [InlineData(0.05, 60, AlphaSpending.OBrienFleming)]
    [InlineData(0.9, 20, AlphaSpending.OBrienFleming)]
    [InlineData(1e-9, 30, AlphaSpending.Pocock)]
    [InlineData(0.5, 30, AlphaSpending.Linear)]
    [InlineData(1e-300, 5, AlphaSpending.OBrienFleming)]
    public void Each_look_has_a_boundary_however_little_it_may_spend(double alpha, int looks, AlphaSpending spending)
    {
        double[] fractions = [.. Enumerable.Range(1, looks).Select(look => (double)look / looks)];
        var boundaries = GroupSequential.Boundaries(fractions, alpha, spending);
        Assert.All(boundaries, boundary => Assert.InRange(boundary, double.Epsilon, 38));
        var spent = 0.0;
        foreach (var upTo in ((int[])[1, looks / 2, looks]).Where(upTo => upTo > 0).Distinct())
        {
            var now = GroupSequential.ChanceToStop(fractions[..upTo], boundaries[..upTo]);
            Assert.True(now >= spent, $"{spent} after fewer looks, {now} after {upTo}");
            Assert.InRange(now, 0, alpha * (1 + 1e-6));
            spent = now;
        }

        Truth.Near(1, spent / alpha, 1e-6, "of alpha, spent");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.08)]
    public void A_one_sided_p_is_the_alpha_at_which_the_sequence_ends_at_0(double estimate)
    {
        const double Error = 0.02, Count = 10_000, Tuning = 5_000;
        var options = new EffectOptions { Side = TestSide.Greater };
        var p = ConfidenceSequence.AlwaysValid(EffectTest.Test(estimate, Error, double.PositiveInfinity, options), Count, options, Tuning).PValue;
        Assert.InRange(p, 1e-10, 0.05);
        Truth.Near(estimate, ConfidenceSequence.OneSidedHalfWidth(Error, Count, p, Tuning), 1e-9, "half width at p");
        Assert.True(ConfidenceSequence.AlwaysValid(EffectTest.Test(estimate, Error, double.PositiveInfinity, options), Count, options with { Alpha = 1.01 * p }, Tuning).Low > 0);
        Assert.True(ConfidenceSequence.AlwaysValid(EffectTest.Test(estimate, Error, double.PositiveInfinity, options), Count, options with { Alpha = 0.99 * p }, Tuning).Low < 0);
    }

    [Fact]
    public void Every_group_of_the_known_answers_is_read() => Assert.Equal(["acs", "msprt"], KnownExperiments.Groups("sequential.json"));

    [Fact]
    public void Looks_must_ascend()
    {
        var refusal = Assert.Throws<ArgumentException>(() => GroupSequential.Boundaries([0.5, 0.5]));
        Assert.StartsWith("fractions[1] = 0.5; expected ascending shares of the planned units in (0, 1].", refusal.Message, StringComparison.Ordinal);
    }
}
