using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

public sealed class SlopeTests
{
    [Fact]
    public void It_goes_on_while_estimates_agree_and_stops_before_the_first_that_does_not()
    {
        Assert.Equal(2, Slope.Choose([1, 1.05, .98, .2], [.4, .2, .1, .05]));
        Assert.Equal(3, Slope.Choose([1, 1.05, .98, .9], [.4, .2, .1, .05]));
        Assert.Equal(0, Slope.Choose([1], [.4]));
        // |1 − .38| = .62 ≤ .04 + 1.449 × .4 = .6198 fails by a hair.
        Assert.Equal(0, Slope.Choose([1, .38], [.4, .04]));
        Assert.Equal(1, Slope.Choose([1, .3803], [.4, .04]));
    }

    [Fact]
    public void The_chosen_clipping_lies_among_the_candidates_and_its_estimate_is_that_candidate_s()
    {
        var rounds = OffPolicyJudgeTests.Synthetic(3_000, new Seed(6));
        var options = new OffPolicyOptions { Estimators = [PolicyEstimator.Parse("clipped_ips:auto")], Bootstrap = new BootstrapOptions { Replicates = 50 } };
        var estimate = OffPolicyJudge.Judge(BanditLog.Of(rounds), options, null, TestContext.Current.CancellationToken).Estimates[0];
        var chosen = estimate.Candidates.Single(candidate => candidate.IsChosen);
        Assert.Equal(chosen.Parameter, estimate.Estimator.Parameter);
        Assert.Equal(chosen.Value, estimate.Value, 1e-12);
        Assert.Equal([8, 4, 2, 1], estimate.Candidates.Select(candidate => candidate.Parameter));
    }

    [Fact]
    public void Empirical_bernstein_is_the_formula_worked_by_hand()
    {
        // √(2 · .25 · ln 80 / 100) + 7 · 1 · ln 80 / (3 · 99)
        Assert.Equal(Math.Sqrt(.005 * Math.Log(80)) + (7 * Math.Log(80) / 297), EmpiricalBernstein.HalfWidth(.25, 1, 100, .95), 1e-12);
        Assert.True(double.IsNaN(EmpiricalBernstein.HalfWidth(.25, 1, 1, .95)));
        Assert.StartsWith("range = -1; expected 0 or more.", Assert.Throws<ArgumentException>(() => EmpiricalBernstein.HalfWidth(.25, -1, 100, .95)).Message, StringComparison.Ordinal);
    }
}
