using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class PowerTruthTests
{
    [Fact]
    public void Sample_sizes_and_power_are_met()
    {
        var count = 0;
        foreach (var (id, input, expected, known) in KnownExperiments.Of("power.json"))
        {
            double In(string name) => input.GetProperty(name).GetDouble();
            var tolerance = known.TryGetProperty("tol_rel", out var relative) ? relative.GetDouble() : KnownExperiments.Tolerance(known);
            count++;
            switch (known.GetProperty("group").GetString())
            {
                case "n_prop":
                    var proportions = SampleSize.ForProportions(In("p_control"), In("relative_mde"), In("alpha"), In("power"), In("treatment_to_control"));
                    KnownExperiments.Near(expected, "n_control_real", proportions.ControlReal, tolerance, id);
                    Assert.Equal((expected.GetProperty("n_control").GetInt64(), expected.GetProperty("n_treatment").GetInt64()), (proportions.Control, proportions.Treatment));
                    break;
                case "n_mean":
                    var means = SampleSize.ForMeans(In("sd"), In("absolute_mde"), In("alpha"), In("power"), In("treatment_to_control"));
                    KnownExperiments.Near(expected, "n_control_real", means.ControlReal, tolerance, id);
                    Assert.Equal(expected.GetProperty("n_control").GetInt64(), means.Control);
                    break;
                case "mde":
                    KnownExperiments.Near(expected, "mde_absolute", SampleSize.DetectableDifference(In("sd"), In("n_control"), In("n_treatment"), In("alpha"), In("power")), tolerance, id);
                    break;
                case "power_t":
                    KnownExperiments.Near(expected, "power", SampleSize.PowerOfStudent(In("effect_size_d"), In("n_control"), In("n_treatment"), In("alpha")), tolerance, id);
                    break;
                default: Assert.Fail($"{id}: a group that the test does not know"); break;
            }
        }

        Assert.Equal(10, count);
    }

    [Fact]
    public void Power_of_running_experiments_is_met()
    {
        foreach (var (id, input, expected, _) in KnownExperiments.Of("gbstats_power.json"))
        {
            var power = new OngoingPower(GrowthBookInput.Arm(input.GetProperty("control")), GrowthBookInput.Arm(input.GetProperty("treatment")), input.GetProperty("target_relative_mde").GetDouble(), input.GetProperty("alpha").GetDouble())
            {
                Tuning = input.GetProperty("sequential").GetBoolean() ? input.GetProperty("tuning").GetDouble() : null,
                Prior = input.GetProperty("prior") is { ValueKind: System.Text.Json.JsonValueKind.Object } prior
                    ? new EffectPrior(prior.GetProperty("mean").GetDouble(), prior.GetProperty("variance").GetDouble(), prior.GetProperty("proper").GetBoolean())
                    : null,
            };
            KnownExperiments.Near(expected, "power_now", power.At(1), 1e-4, id);
            KnownExperiments.Near(expected, "power_at_double", power.At(2), 1e-4, id);
            // gbstats' factor is what comes on top of the units of now.
            KnownExperiments.Near(expected, "power_at_scaling_factor", power.At(1 + expected.GetProperty("scaling_factor").GetDouble()), 1e-4, id);
            Assert.Equal(0.8, power.At(power.FactorFor(input.GetProperty("target_power").GetDouble())), 1e-9);
        }
    }

    [Fact]
    public void The_detectable_lift_undoes_the_sample_size()
    {
        var needed = SampleSize.ForProportions(0.05, 0.07);
        Assert.Equal(0.07, SampleSize.DetectableLift(0.05, needed.ControlReal), 1e-9);
    }
}
