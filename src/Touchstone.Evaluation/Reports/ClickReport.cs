using System.Globalization;
using System.Text;
using Touchstone.Evaluation.Clicks;

namespace Touchstone.Evaluation.Reports;

/// <summary>All that a report on judgments from clicks tells.</summary>
public sealed record ClickEvidence
{
    /// <summary>Name of the log.</summary>
    public required string Log { get; init; }

    /// <summary>The judgments.</summary>
    public required IReadOnlyList<ClickJudgment> Judgments { get; init; }

    /// <summary>Pairs without a grade.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Impressions that a pair needs.</summary>
    public required double LeastImpressions { get; init; }

    /// <summary>[rank − 1] click rates of ranks (COEC), or examinations (click model).</summary>
    public required double[] Ranks { get; init; }

    /// <summary>The click model; null for COEC.</summary>
    public required PositionBasedModel? Model { get; init; }

    /// <summary>What speaks against trusting the log, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Judgments from clicks as a report, as JSON and as a table that <c>evaluate ranking --qrels</c> reads.</summary>
public static class ClickReport
{
    private const int Shown = 20;

    /// <summary>The document; its figures as JSON are in it.</summary>
    public static ReportDocument Compose(ClickEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        string[] warnings = [.. Warnings(evidence), .. evidence.Warnings];
        List<ReportSection> sections = warnings.Length > 0 ? [new NotesSection { Heading = "Read this first", Notes = warnings, IsWarning = true }] : [];
        sections.Add(new TableSection
        {
            Heading = evidence.Model is null ? "Click rate of each rank" : "How likely each rank is looked at",
            Caption = "Ranks",
            Columns = [new("rank", true), new(evidence.Model is null ? "clicks an impression" : "examination", true)],
            Rows = [.. evidence.Ranks.Select((rate, i) => new ReportRow([new TextCell(FigureText.Count(i + 1)), new TextCell(FigureText.Metric(rate))])).Take(Shown)],
        });
        sections.Add(new TableSection
        {
            Heading = "Grades",
            Caption = "Products by grade",
            Columns = [new("grade", true), new("products", true)],
            Rows = [.. Enumerable.Range(0, ClickJudgments.Bands.Count + 1).Select(grade => new ReportRow([new TextCell(FigureText.Count(grade)), new TextCell(FigureText.Count(evidence.Judgments.Count(one => one.Grade == grade)))]))],
            Note = $"{FigureText.Count(evidence.LeftOut)} pairs have no grade: shown less than {FigureText.Count(evidence.LeastImpressions)} times, or at ranks that cannot be compared. --format csv writes the judgments, --format json all figures.",
        });
        return new ReportDocument
        {
            Title = $"Judgments from clicks by {(evidence.Model is null ? "clicks over expected clicks" : "a position-based click model")}",
            Facts = [evidence.Log, $"{FigureText.Count(evidence.Judgments.Count)} judgments", $"{FigureText.Count(evidence.Judgments.Select(one => one.Query).Distinct(StringComparer.Ordinal).Count())} queries"],
            Sections = sections,
            FiguresJson = Json(evidence),
        };
    }

    /// <summary>The judgments as a table <c>query,product,grade,value,impressions,clicks</c>.</summary>
    public static string Csv(ClickEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var text = new StringBuilder("query,product,grade,value,impressions,clicks\n");
        foreach (var one in evidence.Judgments)
            text.Append(CultureInfo.InvariantCulture, $"{Cell(one.Query)},{Cell(one.Product)},{one.Grade},{one.Value:R},{one.Impressions:R},{one.Clicks:R}\n");
        return text.ToString();
    }

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;

    private static IEnumerable<string> Warnings(ClickEvidence evidence)
    {
        if (evidence.Judgments.Count == 0) yield return "No product has a grade: nothing was clicked, or nothing was shown often enough.";
        if (evidence.Model is not { } model) yield break;
        if (!model.HasSettled) yield return string.Create(CultureInfo.InvariantCulture, $"The fit had not settled after {model.Turns} turns.");
        if (model.UnlinkedRanks.Count > 0)
            yield return $"Ranks {string.Join(", ", model.UnlinkedRanks)} share no clicked product with the highest rank, so nobody can tell what they add; their rows are left out. Shuffle some lists to link them.";
    }

    private static string Json(ClickEvidence evidence)
    {
        return FiguresJson.Text(json =>
        {
            json.WriteString("format", "touchstone.evaluate-clicks/1");
            json.WriteString("log", evidence.Log);
            json.WriteString("model", evidence.Model is null ? "coec" : "position-based");
            json.WriteNumber("least_impressions", evidence.LeastImpressions);
            json.WriteNumber("left_out", evidence.LeftOut);
            json.WriteStartArray("ranks");
            foreach (var rate in evidence.Ranks)
            {
                if (double.IsFinite(rate)) json.WriteNumberValue(rate);
                else json.WriteNullValue();
            }

            json.WriteEndArray();
            if (evidence.Model is { } model)
            {
                json.WriteNumber("turns", model.Turns);
                json.WriteBoolean("settled", model.HasSettled);
                FiguresJson.Number(json, "log_likelihood", model.LogLikelihood);
                json.WriteStartArray("unlinked_ranks");
                foreach (var rank in model.UnlinkedRanks) json.WriteNumberValue(rank);
                json.WriteEndArray();
            }

            json.WriteStartArray("judgments");
            foreach (var one in evidence.Judgments)
            {
                json.WriteStartObject();
                json.WriteString("query", one.Query);
                json.WriteString("product", one.Product);
                json.WriteNumber("grade", one.Grade);
                json.WriteNumber("value", one.Value);
                json.WriteNumber("relative", one.Relative);
                json.WriteNumber("impressions", one.Impressions);
                json.WriteNumber("clicks", one.Clicks);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            FiguresJson.Strings(json, "warnings", evidence.Warnings);
        });
    }
}
