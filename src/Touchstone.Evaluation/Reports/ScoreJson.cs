using System.Text.Json;
using Touchstone.Evaluation.Scores;

namespace Touchstone.Evaluation.Reports;

/// <summary>Scores for machines: <c>touchstone.evaluate-scores/1</c> (docs/formats.md). What is not defined is null.</summary>
internal static class ScoreJson
{
    internal static string Write(ScoreResult result, string file, string? group) => FiguresJson.Text(json =>
    {
        json.WriteString("format", "touchstone.evaluate-scores/1");
        json.WriteString("data", file);
        json.WriteString("group", group);
        json.WriteNumber("level", result.Level);
        json.WriteNumber("bins", result.BinCount);
        json.WriteNumber("rows", result.RowCount);
        json.WriteNumber("positives", result.PositiveCount);
        json.WriteNumber("groups", result.GroupCount);
        json.WriteStartArray("scores");
        foreach (var score in result.Scores) Score(json, score);
        json.WriteEndArray();
        json.WriteStartArray("differences");
        foreach (var difference in result.Differences)
        {
            json.WriteStartObject();
            json.WriteString("score", difference.Name);
            json.WriteString("against", result.Scores[0].Name);
            FiguresJson.Estimate(json, "auc", difference.Auc);
            FiguresJson.Number(json, "p", difference.PValue);
            FiguresJson.Number(json, "p_holm", difference.HolmP);
            FiguresJson.Estimate(json, "gauc", difference.GroupedAuc);
            FiguresJson.Estimate(json, "log_loss", difference.LogLoss);
            FiguresJson.Estimate(json, "brier", difference.Brier);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        FiguresJson.Strings(json, "warnings", result.Warnings);
    });

    private static void Score(Utf8JsonWriter json, ScoreFigures score)
    {
        json.WriteStartObject();
        json.WriteString("score", score.Name);
        FiguresJson.Estimate(json, "auc", score.Auc);
        FiguresJson.Estimate(json, "gauc", score.GroupedAuc);
        json.WriteNumber("groups_left_out", score.GroupsLeftOut);
        json.WriteString("no_probability", score.NoProbability);
        FiguresJson.Estimate(json, "log_loss", score.Probability?.LogLoss);
        FiguresJson.Number(json, "normalised_entropy", score.Probability?.NormalizedEntropy ?? double.NaN);
        FiguresJson.Estimate(json, "brier", score.Probability?.Brier);
        FiguresJson.Estimate(json, "calibration_ratio", score.Probability?.CalibrationRatio);
        FiguresJson.Number(json, "calibration_error", score.Probability?.CalibrationError ?? double.NaN);
        json.WriteStartArray("reliability");
        foreach (var row in score.Probability?.Reliability ?? [])
        {
            json.WriteStartObject();
            json.WriteNumber("rows", row.Bin.Count);
            json.WriteNumber("predicted", row.Bin.MeanProbability);
            json.WriteNumber("seen", row.Bin.Rate);
            json.WriteNumber("low", row.Rate.Low);
            json.WriteNumber("high", row.Rate.High);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
