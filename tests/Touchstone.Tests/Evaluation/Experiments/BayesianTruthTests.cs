using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class BayesianTruthTests
{
    [Fact]
    public void Normal_posteriors_are_met()
    {
        foreach (var (id, input, expected, known) in KnownExperiments.Of("bayes.json", "bayes"))
        {
            var tolerance = KnownExperiments.Tolerance(known);
            double In(string name) => input.GetProperty(name).GetDouble();
            var result = BayesianEffect.Of(In("estimate"), In("se"), new EffectPrior(In("prior_mean"), In("prior_variance"), input.GetProperty("proper").GetBoolean()));
            Assert.NotNull(result);
            KnownExperiments.Near(expected, "mean", result.Mean, tolerance, id);
            KnownExperiments.Near(expected, "sd", result.StandardDeviation, tolerance, id);
            KnownExperiments.Near(expected, "chance_to_win", result.ChanceToWin, tolerance, id);
            KnownExperiments.NearInterval(expected, "ci", result.Interval.Low, result.Interval.High, tolerance, id);
            KnownExperiments.NearInterval(expected, "risk", result.RiskOfKeeping, result.RiskOfShipping, tolerance, id);
        }
    }

    [Fact]
    public void Beta_posteriors_are_met()
    {
        foreach (var (id, input, expected, known) in KnownExperiments.Of("bayes.json", "betabinomial"))
        {
            long In(string arm, int at) => input.GetProperty(arm)[at].GetInt64();
            KnownExperiments.Near(expected, "prob_treatment_better", BetaBinomial.ProbabilityTreatmentBetter(In("control", 0), In("control", 1), In("treatment", 0), In("treatment", 1)), KnownExperiments.Tolerance(known), id);
        }
    }

    [Fact]
    public void Every_group_of_the_known_answers_is_read() => Assert.Equal(["bayes", "betabinomial"], KnownExperiments.Groups("bayes.json"));

    [Theory]
    [InlineData(1_234_567, 50_000_000, 1_234_567, 50_000_000, 0.5)]
    [InlineData(0, 10, 0, 10, 0.5)]
    [InlineData(10, 10, 10, 10, 0.5)]
    public void Equal_posteriors_win_half_the_time(long controlSuccesses, long controlCount, long treatmentSuccesses, long treatmentCount, double expected) =>
        Assert.Equal(expected, BetaBinomial.ProbabilityTreatmentBetter(controlSuccesses, controlCount, treatmentSuccesses, treatmentCount), 1e-10);

    [Fact]
    public void Risk_far_from_zero_keeps_its_digits()
    {
        // 0.5365124375579775 / 0.040437721953872775 standard deviations away: gbstats prints 5.376045898849783e-43.
        var result = BayesianEffect.Of(0.5365124375579775, 0.040437721953872775, new EffectPrior());
        Assert.NotNull(result);
        Assert.InRange(result.RiskOfShipping, 5.3760e-43, 5.3761e-43);
    }
}
