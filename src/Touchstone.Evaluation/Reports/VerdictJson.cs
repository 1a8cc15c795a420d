using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Value;

namespace Touchstone.Evaluation.Reports;

/// <summary>A verdict and its money for machines.</summary>
internal static class VerdictJson
{
    internal static void Write(Utf8JsonWriter json, Verdict verdict, MoneyValue? money)
    {
        json.WriteStartObject("verdict");
        json.WriteString("decision", RunReport.DecisionWord(verdict.Decision));
        json.WriteString("challenger", verdict.Challenger);
        json.WriteString("champion", verdict.Champion);
        json.WriteString("sentence", verdict.Sentence);
        json.WriteString("deciding_metric", verdict.DecidingMetric);
        FiguresJson.Number(json, "probability_better", verdict.ProbabilityBetter);
        FiguresJson.Estimate(json, "money_a_year", verdict.Money);
        json.WriteString("no_money_reason", verdict.NoMoneyReason);
        FiguresJson.Number(json, "experiment_days", verdict.ExperimentDays ?? double.NaN);
        FiguresJson.Strings(json, "missing_evidence", verdict.MissingEvidence);
        FiguresJson.Strings(json, "guardrails_broken", verdict.GuardrailsBroken);
        FiguresJson.Strings(json, "assumptions", verdict.Assumptions);
        json.WriteString("protocol", verdict.Protocol);
        json.WriteString("metric_definitions", verdict.MetricDefinitionsHash);
        json.WriteEndObject();
        if (money is null) return;
        json.WriteStartObject("money");
        json.WriteString("currency", money.Assumptions.Currency);
        FiguresJson.Estimate(json, "yearly", money.Yearly);
        FiguresJson.Estimate(json, "present_value", money.PresentValue);
        FiguresJson.Estimate(json, "offline_gain", money.OfflineGain);
        FiguresJson.Number(json, "probability_profit", money.ProbabilityProfit);
        Steps(json, money.Steps);
        json.WriteEndObject();
    }

    /// <summary>The chain from a difference to money, a step an object.</summary>
    internal static void Steps(Utf8JsonWriter json, IReadOnlyList<MoneyStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            FiguresJson.Number(json, "value", step.Value);
            FiguresJson.Number(json, "low", step.Low);
            FiguresJson.Number(json, "high", step.High);
            json.WriteString("unit", step.Unit);
            json.WriteString("origin", step.Origin switch
            {
                FigureOrigin.Counted => "counted",
                FigureOrigin.Assumed => "assumed",
                FigureOrigin.Derived => "derived",
                _ => throw new ArgumentOutOfRangeException(nameof(steps), step.Origin, "Unknown origin."),
            });
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
