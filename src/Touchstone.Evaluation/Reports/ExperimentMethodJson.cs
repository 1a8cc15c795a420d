using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>How an experiment was looked at and resampled, for machines: part of <c>touchstone.experiment/1</c>.</summary>
internal static class ExperimentMethodJson
{
    internal static void Plan(Utf8JsonWriter json, ExperimentResult result)
    {
        var looks = result.Plan.Looks;
        json.WriteString("intervals", looks.Rule switch
        {
            LookRule.FixedHorizon => "fixed_horizon",
            LookRule.ConfidenceSequence or LookRule.MixtureTest => "every_look",
            LookRule.PlannedLooks => "planned_looks",
            _ => throw new ArgumentOutOfRangeException(nameof(result), looks.Rule, "Unknown rule."),
        });
        if (looks.IsEveryLook) json.WriteString("sequential_method", looks.Rule == LookRule.MixtureTest ? "msprt" : "confidence-sequence");
        if (looks.Rule == LookRule.ConfidenceSequence) json.WriteNumber("tuning", looks.Tuning);
        if (looks.Rule == LookRule.MixtureTest) json.WriteNumber("mixture", looks.MixtureLift);
        if (looks.Rule == LookRule.PlannedLooks) Planned(json, result);
        if (result.Bootstrap is not { } bootstrap) return;
        json.WriteStartObject("bootstrap");
        json.WriteNumber("replicates", bootstrap.Replicates);
        json.WriteNumber("seed", bootstrap.Seed.Value);
        json.WriteEndObject();
    }

    internal static void Compared(Utf8JsonWriter json, ComparedArm compared, LookPlan looks)
    {
        var isPlanned = looks.Rule == LookRule.PlannedLooks;
        ExperimentJson.Effect(json, "every_look_difference", isPlanned ? null : compared.SequentialDifference);
        ExperimentJson.Effect(json, "every_look_lift", isPlanned ? null : compared.SequentialLift);
        if (isPlanned)
        {
            ExperimentJson.Effect(json, "planned_look_difference", compared.SequentialDifference);
            ExperimentJson.Effect(json, "planned_look_lift", compared.SequentialLift);
            if (compared.Decision is { } decision) json.WriteString("decision", ExperimentMethodSections.Word(decision));
            else json.WriteNull("decision");
        }

        if (compared.BootstrapDifference is null) return;
        FiguresJson.Estimate(json, "bootstrap_difference", compared.BootstrapDifference);
        FiguresJson.Estimate(json, "bootstrap_lift", compared.BootstrapLift);
    }

    internal static void ByDay(Utf8JsonWriter json, IReadOnlyList<EffectByDay> entries)
    {
        if (entries.Count == 0) return;
        json.WriteStartArray("by_day");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("metric", entry.Metric);
            json.WriteString("variant", entry.Variant);
            json.WriteNumber("units_control", entry.ControlUnits);
            json.WriteNumber("units_treatment", entry.TreatmentUnits);
            ExperimentJson.Effect(json, "early", entry.Check.Early);
            ExperimentJson.Effect(json, "late", entry.Check.Late);
            ExperimentJson.Effect(json, "late_minus_early", entry.Check.Change);
            json.WriteStartArray("days");
            foreach (var (i, day) in entry.Days.Index())
            {
                json.WriteStartObject();
                json.WriteNumber("day", i + 1);
                json.WriteString("status", day.StatusName);
                FiguresJson.Number(json, "value", day.Value);
                FiguresJson.Number(json, "low", day.Low);
                FiguresJson.Number(json, "high", day.High);
                FiguresJson.Number(json, "standard_error", day.StandardError);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Planned(Utf8JsonWriter json, ExperimentResult result)
    {
        var looks = result.Plan.Looks;
        json.WriteStartObject("planned_looks");
        json.WriteNumber("look", looks.Look);
        json.WriteString("spending", ExperimentMethodSections.Word(looks.Spending));
        json.WriteStartArray("looks");
        foreach (var (i, fraction) in looks.Fractions.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("fraction", fraction);
            json.WriteNumber("boundary", result.Boundaries[i]);
            json.WriteNumber("p_below", LookValidity.NominalP(result.Boundaries[i]));
            json.WriteNumber("alpha_spent", GroupSequential.Spent(fraction, result.Plan.Options.Alpha, looks.Spending));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
