using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Evaluation.Reports;

/// <summary>The form <c>touchstone.verdict-on-evidence/1</c> (docs/formats.md). What is not defined is null.</summary>
public static class EvidenceJson
{
    /// <summary>The whole verdict as JSON.</summary>
    public static string Write(EvidenceVerdict judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", "touchstone.verdict-on-evidence/1");
            Head(json, judged);
            Strings(json, "reasons", judged.Reasons);
            Strings(json, "missing_evidence", judged.Verdict.MissingEvidence);
            Strings(json, "guardrails_broken", judged.Verdict.GuardrailsBroken);
            Money(json, judged);
            Guardrails(json, judged);
            json.WriteStartArray("waiting");
            foreach (var waiting in judged.Waiting)
            {
                json.WriteStartObject();
                FiguresJson.Number(json, "days", waiting.Days);
                FiguresJson.Number(json, "information", waiting.Information);
                FiguresJson.Number(json, "delay", waiting.Delay);
                FiguresJson.Number(json, "net", waiting.Net);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Strings(json, "assumptions", judged.Verdict.Assumptions);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Head(Utf8JsonWriter json, EvidenceVerdict judged)
    {
        json.WriteString("decision", RunReport.DecisionWord(judged.Verdict.Decision));
        json.WriteString("sentence", judged.Verdict.Sentence);
        json.WriteString("challenger", judged.Verdict.Challenger);
        json.WriteString("model_version", judged.Verdict.ChallengerVersion);
        json.WriteString("champion", judged.Verdict.Champion);
        json.WriteString("metric", judged.Verdict.DecidingMetric);
        json.WriteString("protocol", judged.Verdict.Protocol);
        json.WriteString("preset", judged.Preset == DecisionPreset.ClearSignals ? "clear-signals" : "do-no-harm");
        json.WriteNumber("chosen_among", judged.ChosenAmong);
        json.WriteBoolean("immature", judged.IsImmature);
        FiguresJson.Estimate(json, "measured_effect", judged.Measured);
        FiguresJson.Estimate(json, "effect", judged.Effect);
        FiguresJson.Number(json, "probability_better", judged.Verdict.ProbabilityBetter);
    }

    private static void Money(Utf8JsonWriter json, EvidenceVerdict judged)
    {
        if (judged.Value is not { } value)
        {
            json.WriteNull("money");
            return;
        }

        json.WriteStartObject("money");
        json.WriteString("currency", judged.Currency);
        FiguresJson.Estimate(json, "yearly", value.Yearly);
        FiguresJson.Number(json, "present_value", value.Present.Mean);
        FiguresJson.Number(json, "present_low", value.Present.Low);
        FiguresJson.Number(json, "present_high", value.Present.High);
        FiguresJson.Number(json, "probability_profit", value.Present.ProbabilityProfit);
        FiguresJson.Number(json, "expected_loss_if_shipped", value.Present.ExpectedLossIfShipped);
        FiguresJson.Number(json, "expected_loss_if_not_shipped", value.Present.ExpectedLossIfNotShipped);
        FiguresJson.Number(json, "break_even_effect", value.Present.BreakEvenEffect);
        FiguresJson.Number(json, "value_of_perfect_information", value.Present.ValueOfPerfectInformation);
        json.WriteStartArray("steps");
        foreach (var step in value.Steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            FiguresJson.Number(json, "value", step.Value);
            FiguresJson.Number(json, "low", step.Low);
            FiguresJson.Number(json, "high", step.High);
            json.WriteString("unit", step.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Guardrails(Utf8JsonWriter json, EvidenceVerdict judged)
    {
        json.WriteStartArray("guardrails");
        foreach (var guardrail in judged.Guardrails)
        {
            json.WriteStartObject();
            json.WriteString("metric", guardrail.Metric);
            FiguresJson.Estimate(json, "difference", guardrail.Difference);
            FiguresJson.Number(json, "margin", guardrail.Margin);
            json.WriteString("good", guardrail.IsHigherBetter ? "higher" : "lower");
            json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(guardrail.State.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
