using System.Text.Json;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class GrowthBookTruthTests
{
    [Fact]
    public void What_gbstats_prints_is_met()
    {
        var count = 0;
        foreach (var (id, input, expected, known) in KnownExperiments.Of("gbstats.json"))
        {
            count++;
            var tolerance = KnownExperiments.Tolerance(known);
            var (test, config) = (input.GetProperty("test").GetString() ?? "", input.GetProperty("config"));
            var (control, treatment) = Arms(input);
            var options = new EffectOptions
            {
                // gbstats does so for means only.
                TakesCovariateMeansAsEqual = input.GetProperty("control").GetProperty("kind").GetString() == "cuped",
                Side = test.EndsWith("GreaterTTest", StringComparison.Ordinal) ? TestSide.Greater : test.EndsWith("LesserTTest", StringComparison.Ordinal) ? TestSide.Less : TestSide.Both,
            };
            var type = config.TryGetProperty("difference_type", out var stated) ? stated.GetString() : "relative";
            var effect = type == "relative" ? EffectTest.Lift(control, treatment, options) : EffectTest.Difference(control, treatment, options);
            if (expected.TryGetProperty("status", out var status))
            {
                // No users at all: the lift has no baseline; the difference names the missing variance.
                Assert.Equal(status.GetString(), EffectTest.Difference(control, treatment, options).StatusName);
                Assert.NotEqual(EffectStatus.Ok, effect.Status);
                continue;
            }

            if (type == "scaled")
            {
                var factor = config.GetProperty("total_users").GetDouble() / (config.GetProperty("traffic_percentage").GetDouble() * config.GetProperty("phase_length_days").GetDouble());
                effect = EffectTest.Test(effect.Value * factor, effect.StandardError * factor, effect.DegreesOfFreedom, options);
            }

            if (test.StartsWith("Sequential", StringComparison.Ordinal))
                effect = ConfidenceSequence.AlwaysValid(effect, control.Count + treatment.Count, options, config.TryGetProperty("sequential_tuning_parameter", out var tuning) ? tuning.GetDouble() : ConfidenceSequence.DefaultTuning);
            if (test.StartsWith("Effect", StringComparison.Ordinal))
            {
                var prior = config.TryGetProperty("prior_effect", out var belief)
                    ? new EffectPrior(belief.GetProperty("mean").GetDouble(), belief.GetProperty("variance").GetDouble(), belief.GetProperty("proper").GetBoolean())
                    : new EffectPrior();
                Bayesian(expected, BayesianEffect.Of(effect.Value, effect.StandardError, type == "relative" ? prior : prior.Absolute(control.Mean)), tolerance, id);
                continue;
            }

            KnownExperiments.Near(expected, "se", effect.StandardError, tolerance, id);
            KnownExperiments.Near(expected, "estimate", effect.Value, tolerance, id);
            KnownExperiments.NearInterval(expected, "ci", effect.Low, effect.High, tolerance, id);
            KnownExperiments.Near(expected, "p", effect.PValue, test.StartsWith("SequentialOneSided", StringComparison.Ordinal) ? 1.5e-4 : tolerance, id);
        }

        Assert.Equal(26, count);
    }

    private static void Bayesian(JsonElement expected, BayesianEffect? result, double tolerance, string id)
    {
        Assert.NotNull(result);
        KnownExperiments.Near(expected, "se", result.StandardDeviation, tolerance, id);
        KnownExperiments.Near(expected, "estimate", result.Mean, tolerance, id);
        KnownExperiments.NearInterval(expected, "ci", result.Interval.Low, result.Interval.High, tolerance, id);
        KnownExperiments.Near(expected, "chance_to_win", result.ChanceToWin, tolerance, id);
        KnownExperiments.NearInterval(expected, "risk", result.RiskOfKeeping, result.RiskOfShipping, tolerance, id);
    }

    private static (ArmStatistic Control, ArmStatistic Treatment) Arms(JsonElement input)
    {
        var (control, treatment) = (input.GetProperty("control"), input.GetProperty("treatment"));
        switch (control.GetProperty("kind").GetString())
        {
            case "cuped":
                var cuped = CupedAdjustment.Of([GrowthBookInput.Moments(control), GrowthBookInput.Moments(treatment)], new MomentForm("y"), [new MomentForm("x")]);
                return (cuped.Arms[0], cuped.Arms[1]);
            case "cuped_ratio":
                var ratio = CupedAdjustment.Of([GrowthBookInput.Moments(control), GrowthBookInput.Moments(treatment)], new MomentForm("m", "d"), [new MomentForm("pm", "pd")]);
                return (ratio.Arms[0], ratio.Arms[1]);
            default: return (GrowthBookInput.Arm(control), GrowthBookInput.Arm(treatment));
        }
    }
}
