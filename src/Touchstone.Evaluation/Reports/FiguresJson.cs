using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Domain;

namespace Touchstone.Evaluation.Reports;

/// <summary>Every figure of a run's report for machines, version 1 (docs/formats.md), and how all reports write theirs. What is not defined is null.</summary>
internal static class FiguresJson
{
    internal static string Write(RunEvidence evidence)
    {
        return Text(json =>
        {
            json.WriteNumber("version", 1);
            json.WriteString("shop", evidence.Shop);
            json.WriteString("champion", evidence.Champion);
            if (evidence.Verdict is { } judged) VerdictJson.Write(json, judged.Verdict, judged.Money);
            json.WriteStartArray("models");
            foreach (var model in evidence.Models) Model(json, model);
            json.WriteEndArray();
            if (evidence.Cleaning is { } cleaning) Cleaning(json, cleaning);
        });
    }

    /// <summary>An object as indented text, line feeds between lines; only what JSON itself forbids is escaped.</summary>
    internal static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    internal static void Estimate(Utf8JsonWriter json, string name, Estimate? estimate)
    {
        if (estimate is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Number(json, "value", estimate.Value);
        Number(json, "low", estimate.Low);
        Number(json, "high", estimate.High);
        Number(json, "standard_error", estimate.StandardError);
        Number(json, "level", estimate.Level);
        json.WriteNumber("count", estimate.Count);
        json.WriteString("unit", estimate.Unit);
        json.WriteEndObject();
    }

    internal static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static void Model(Utf8JsonWriter json, ReportedModel model)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Result.Model);
        json.WriteString("split", model.Result.Protocol.Split);
        json.WriteString("protocol", model.Result.Protocol.Candidates);
        json.WriteNumber("shoppers", model.Result.Count);
        json.WriteNumber("tied", model.Result.TiedCount);
        foreach (var figure in model.Result.Figures) Number(json, figure.Metric, figure.Value);
        Number(json, "train_seconds", model.TrainSeconds);
        Number(json, "peak_memory_mib", model.PeakMemoryMiB);
        Number(json, "size_mib", model.SizeMiB);
        Number(json, "rank_ms_per_shopper", model.Result.RankMilliseconds.Mean);
        Number(json, "rank_ms_p99", model.Result.RankMilliseconds.P99);
        if (model.AgainstChampion is { } comparison)
        {
            json.WriteStartObject("against_champion");
            foreach (var metric in comparison.Metrics)
            {
                json.WriteStartObject(metric.Metric);
                Estimate(json, "difference", metric.Difference);
                Estimate(json, "relative", metric.RelativeDifference);
                Number(json, "probability_better", metric.ProbabilityBetter);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Cleaning(Utf8JsonWriter json, CleaningAccount cleaning)
    {
        json.WriteStartObject("cleaning");
        json.WriteNumber("rows_in", cleaning.RowsIn);
        json.WriteNumber("rows_kept", cleaning.RowsKept);
        json.WriteStartArray("rules");
        foreach (var rule in cleaning.Rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Rule);
            json.WriteString("effect", rule.Effect);
            json.WriteNumber("rows", rule.Rows);
            Number(json, "money", rule.Money);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
