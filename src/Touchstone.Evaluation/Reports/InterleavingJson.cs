using System.Text.Json;
using Touchstone.Evaluation.Interleaving;

namespace Touchstone.Evaluation.Reports;

/// <summary>The form <c>touchstone.evaluate-interleaving/1</c> (docs/formats.md). What is not defined is null.</summary>
public static class InterleavingJson
{
    /// <summary>The whole result as JSON.</summary>
    public static string Write(InterleavingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return FiguresJson.Text(json =>
        {
            json.WriteString("format", "touchstone.evaluate-interleaving/1");
            FiguresJson.Strings(json, "rankings", result.Rankings);
            json.WriteString("method", result.Method);
            json.WriteNumber("lists", result.ListCount);
            json.WriteNumber("clicked_lists", result.ClickedListCount);
            json.WriteString("unit", result.UnitName);
            json.WriteNumber("units", result.UnitCount);
            json.WriteStartArray("pairs");
            foreach (var pair in result.Pairs) Pair(json, pair);
            json.WriteEndArray();
            json.WriteStartArray("queries");
            foreach (var query in result.Queries)
            {
                json.WriteStartObject();
                json.WriteString("query", query.Query);
                json.WriteNumber("lists", query.Lists);
                json.WriteNumber("wins", query.Wins);
                json.WriteNumber("losses", query.Losses);
                json.WriteNumber("ties", query.Ties);
                FiguresJson.Number(json, "preference", query.Preference);
                FiguresJson.Number(json, "sign_test_p", query.SignTestP);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            FiguresJson.Strings(json, "warnings", result.Warnings);
        });
    }

    private static void Pair(Utf8JsonWriter json, PairPreference pair)
    {
        json.WriteStartObject();
        json.WriteString("first", pair.First);
        json.WriteString("second", pair.Second);
        json.WriteNumber("wins", pair.Wins);
        json.WriteNumber("losses", pair.Losses);
        json.WriteNumber("ties", pair.Ties);
        FiguresJson.Estimate(json, "preference", pair.Preference);
        FiguresJson.Estimate(json, "win_share", pair.WinShare);
        FiguresJson.Estimate(json, "mean_credit", pair.MeanCredit);
        FiguresJson.Number(json, "sign_test_p", pair.SignTestP);
        FiguresJson.Number(json, "holm_p", pair.AdjustedP);
        FiguresJson.Number(json, "detectable_preference", pair.DetectablePreference);
        FiguresJson.Number(json, "clicked_lists_needed", pair.ListsNeeded);
        json.WriteEndObject();
    }
}
