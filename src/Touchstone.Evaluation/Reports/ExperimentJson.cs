using System.Text.Json;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>An experiment for machines: <c>touchstone.experiment/1</c> (docs/formats.md). What is not defined is null; infinite degrees of freedom too.</summary>
internal static class ExperimentJson
{
    internal static string Write(ExperimentResult result, string source) => FiguresJson.Text(json =>
    {
        json.WriteString("format", "touchstone.experiment/1");
        json.WriteString("source", source);
        json.WriteString("control", result.Plan.Control);
        json.WriteNumber("alpha", result.Plan.Options.Alpha);
        ExperimentMethodJson.Plan(json, result);
        FiguresJson.Strings(json, "covariates", result.Plan.Covariates);
        json.WriteStartArray("arms");
        for (var i = 0; i < result.Variants.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("variant", result.Variants[i]);
            json.WriteNumber("units", result.Units[i]);
            json.WriteNumber("expected", result.SampleRatio.Expected[i]);
            json.WriteNumber("weight", result.Weights[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("sample_ratio");
        FiguresJson.Number(json, "chi_square", result.SampleRatio.ChiSquare);
        json.WriteNumber("degrees_of_freedom", result.SampleRatio.DegreesOfFreedom);
        FiguresJson.Number(json, "p", result.SampleRatio.PValue);
        json.WriteBoolean("mismatch", result.SampleRatio.IsMismatch);
        json.WriteNumber("units_in_arms_of_weight_0", result.SampleRatio.UnitsInArmsWithoutWeight);
        json.WriteEndObject();
        json.WriteStartArray("effects");
        foreach (var compared in result.Comparisons) Compared(json, compared, result.Plan.Looks);
        json.WriteEndArray();
        json.WriteStartArray("segments");
        foreach (var effect in result.SegmentEffects)
        {
            json.WriteStartObject();
            json.WriteString("segment", effect.Segment);
            json.WriteString("metric", effect.Metric);
            json.WriteString("variant", effect.Variant);
            Arm(json, "control", effect.Control);
            Arm(json, "treatment", effect.Treatment);
            Effect(json, "difference", effect.Difference);
            Effect(json, "lift", effect.Lift);
            FiguresJson.Number(json, "p_bh", effect.BenjaminiHochbergP);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("heterogeneity");
        foreach (var test in result.Heterogeneity)
        {
            json.WriteStartObject();
            json.WriteString("metric", test.Metric);
            json.WriteString("variant", test.Variant);
            FiguresJson.Number(json, "q", test.Q);
            json.WriteNumber("degrees_of_freedom", test.DegreesOfFreedom);
            FiguresJson.Number(json, "p", test.PValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        ExperimentMethodJson.ByDay(json, result.ByDay);
        json.WriteStartObject("caps");
        foreach (var (metric, cap) in result.Caps)
        {
            json.WriteStartObject(metric);
            FiguresJson.Number(json, "cap", cap.Value);
            json.WriteNumber("capped_units", cap.CappedUnits);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("counts");
        foreach (var count in result.Hygiene) json.WriteNumber(count.Name, count.Count);
        json.WriteEndObject();
    });

    internal static void Effect(Utf8JsonWriter json, string name, Effect? effect)
    {
        if (effect is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("status", effect.StatusName);
        FiguresJson.Number(json, "value", effect.Value);
        FiguresJson.Number(json, "low", effect.Low);
        FiguresJson.Number(json, "high", effect.High);
        FiguresJson.Number(json, "standard_error", effect.StandardError);
        FiguresJson.Number(json, "degrees_of_freedom", effect.DegreesOfFreedom);
        FiguresJson.Number(json, "p", effect.PValue);
        json.WriteNumber("level", effect.Level);
        json.WriteEndObject();
    }

    internal static void Arm(Utf8JsonWriter json, string name, ArmStatistic arm)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", arm.Count);
        FiguresJson.Number(json, "mean", arm.Mean);
        FiguresJson.Number(json, "variance", arm.Variance);
        FiguresJson.Number(json, "adjusted_mean", arm.AdjustedMean);
        FiguresJson.Number(json, "adjusted_variance", arm.AdjustedVariance);
        json.WriteEndObject();
    }

    private static void Compared(Utf8JsonWriter json, ComparedArm compared, Domain.LookPlan looks)
    {
        json.WriteStartObject();
        json.WriteString("metric", compared.Metric.Name);
        json.WriteString("kind", compared.Metric.KindName);
        json.WriteString("goal", compared.Metric.Goal == Domain.MetricGoal.Increase ? "increase" : "decrease");
        json.WriteString("variant", compared.Variant);
        Arm(json, "control", compared.Control);
        Arm(json, "treatment", compared.Treatment);
        Effect(json, "difference", compared.Difference);
        Effect(json, "lift", compared.Lift);
        Effect(json, "unadjusted_difference", compared.Unadjusted);
        ExperimentMethodJson.Compared(json, compared, looks);
        Effect(json, "stratified_difference", compared.Stratified);
        FiguresJson.Number(json, "p_holm", compared.HolmP);
        FiguresJson.Number(json, "p_bh", compared.BenjaminiHochbergP);
        FiguresJson.Number(json, "variance_reduction", compared.VarianceReduction);
        json.WriteStartArray("theta");
        foreach (var theta in compared.Theta) json.WriteNumberValue(theta);
        json.WriteEndArray();
        if (compared.Posterior is { } belief)
        {
            json.WriteStartObject("posterior_lift");
            FiguresJson.Number(json, "mean", belief.Mean);
            FiguresJson.Number(json, "standard_deviation", belief.StandardDeviation);
            FiguresJson.Number(json, "low", belief.Interval.Low);
            FiguresJson.Number(json, "high", belief.Interval.High);
            FiguresJson.Number(json, "chance_to_be_higher", belief.ChanceToWin);
            FiguresJson.Number(json, "expected_loss_if_kept", belief.RiskOfKeeping);
            FiguresJson.Number(json, "expected_loss_if_shipped", belief.RiskOfShipping);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("posterior_lift");
        }

        FiguresJson.Strings(json, "guards", compared.Guards);
        json.WriteEndObject();
    }
}
