using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Evaluation.Experiments;

/// <summary>Reads the known answers of experiment statistics.</summary>
internal static class KnownExperiments
{
    internal static IEnumerable<(string Id, JsonElement Input, JsonElement Expected, JsonElement Case)> Of(string file, string? group = null) =>
        Truth.Cases("abtest", file)
            .Where(known => group is null || known.GetProperty("group").GetString() == group)
            .Select(known => (known.GetProperty("id").GetString() ?? "", known.GetProperty("input"), known.GetProperty("expected"), known));

    internal static IEnumerable<string?> Groups(string file) => Truth.Cases("abtest", file).Select(known => known.GetProperty("group").GetString()).Distinct().Order(StringComparer.Ordinal);

    internal static double Tolerance(JsonElement known) => known.TryGetProperty("tol", out var tolerance) ? tolerance.GetDouble() : 1e-9;

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(Truth.Number)];

    internal static void Near(JsonElement expected, string name, double actual, double tolerance, string what)
    {
        var value = Truth.Number(expected.GetProperty(name));
        if (double.IsNaN(value) || double.IsInfinity(value)) Assert.Equal(value, actual);
        else Truth.Near(value, actual, tolerance, $"{what} {name}");
    }

    internal static void NearInterval(JsonElement expected, string name, double low, double high, double tolerance, string what)
    {
        var (lower, upper) = (Truth.Number(expected.GetProperty(name)[0]), Truth.Number(expected.GetProperty(name)[1]));
        if (double.IsInfinity(lower)) Assert.Equal(lower, low);
        else Truth.Near(lower, low, tolerance, $"{what} {name} low");
        if (double.IsInfinity(upper)) Assert.Equal(upper, high);
        else Truth.Near(upper, high, tolerance, $"{what} {name} high");
    }

    /// <summary>Difference and lift of an <c>expected</c> in the form of welch.json.</summary>
    /// <param name="expected">Numbers.</param>
    /// <param name="control">Control.</param>
    /// <param name="treatment">Treatment.</param>
    /// <param name="tolerance">Tolerance of the case.</param>
    /// <param name="id">Name of the case.</param>
    /// <param name="quantileError">Error of the known answer's own t quantile, where it is larger than the tolerance.</param>
    internal static void NearWelch(JsonElement expected, ArmStatistic control, ArmStatistic treatment, double tolerance, string id, double quantileError = 0)
    {
        var options = new EffectOptions();
        var difference = EffectTest.Difference(control, treatment, options);
        var lift = EffectTest.Lift(control, treatment, options);
        Near(expected, "mean_control", control.Mean, tolerance, id);
        Near(expected, "mean_treatment", treatment.Mean, tolerance, id);
        if (control.Count > 1) Near(expected, "var_control", control.Variance, tolerance, id);
        if (treatment.Count > 1) Near(expected, "var_treatment", treatment.Variance, tolerance, id);
        Assert.Equal(expected.GetProperty("status").GetString(), difference.StatusName);
        Near(expected, "diff", difference.Value, tolerance, id);
        if (difference.Status != EffectStatus.Ok)
        {
            Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN], [difference.PValue, difference.Low, difference.High, difference.StandardError]);
            Assert.Equal([double.NaN, double.NaN, double.NaN], [lift.PValue, lift.Low, lift.High]);
            return;
        }

        Near(expected, "df", difference.DegreesOfFreedom, tolerance, id);
        Near(expected, "se", difference.StandardError, tolerance, id);
        Near(expected, "t", difference.Statistic, tolerance, id);
        Near(expected, "p", difference.PValue, tolerance, id);
        NearInterval(expected, "ci", difference.Low, difference.High, Math.Max(tolerance, quantileError), id);
        if (!expected.TryGetProperty("lift", out _)) return;
        Near(expected, "lift", lift.Value, tolerance, id);
        Near(expected, "lift_se", lift.StandardError, tolerance, id);
        Near(expected, "lift_t", lift.Statistic, tolerance, id);
        Near(expected, "lift_p", lift.PValue, tolerance, id);
        NearInterval(expected, "lift_ci", lift.Low, lift.High, Math.Max(tolerance, quantileError), id);
    }

    internal static ArmStatistic MeanArm(JsonElement values, MissingRule rule = MissingRule.Refuse) =>
        ArmStatistic.Of(VariantMoments.Of("arm", ("y", MetricValues.Checked(Numbers(values), "arm", rule))), new MomentForm("y"));
}
