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
        return FiguresJson.Text(json =>
        {
            json.WriteString("format", "touchstone.verdict-on-evidence/1");
            Head(json, judged);
            FiguresJson.Strings(json, "reasons", judged.Reasons);
            FiguresJson.Strings(json, "missing_evidence", judged.Verdict.MissingEvidence);
            FiguresJson.Strings(json, "guardrails_broken", judged.Verdict.GuardrailsBroken);
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
            FiguresJson.Strings(json, "assumptions", judged.Verdict.Assumptions);
        });
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
        VerdictJson.Steps(json, value.Steps);
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
}
