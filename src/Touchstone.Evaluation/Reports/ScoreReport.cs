using Touchstone.Domain;
using Touchstone.Evaluation.Scores;

namespace Touchstone.Evaluation.Reports;

/// <summary>Composes the report of scores: a row a score, differences, calibration.</summary>
public static class ScoreReport
{
    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="result">The scores judged.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="group">Column of the group; null for none.</param>
    public static ReportDocument Compose(ScoreResult result, string file, string? group)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<ReportSection> sections = [];
        if (result.Warnings.Count > 0) sections.Add(new NotesSection { Heading = "Read this first", Notes = result.Warnings, IsWarning = true });
        sections.Add(Scores(result));
        if (result.Differences.Count > 0) sections.Add(Differences(result));
        if (Charts(result) is { Charts.Count: > 0 } charts) sections.Add(charts);
        sections.AddRange(result.Scores.Where(score => score.Probability is not null).Select(score => Reliability(result, score)));
        sections.Add(new NotesSection { Heading = "How it was measured", Notes = [.. Methods(result, group)] });
        return new ReportDocument
        {
            Title = $"Scores {file}",
            Facts =
            [
                $"{FigureText.Count(result.RowCount)} rows", $"{FigureText.Count(result.PositiveCount)} were so",
                .. group is null ? (string[])[] : [$"{FigureText.Count(result.GroupCount)} groups by {group}"], $"{FigureText.Percent(result.Level, decimals: 0)} intervals",
            ],
            Sections = sections,
            FiguresJson = ScoreJson.Write(result, file, group),
        };
    }

    private static TableSection Scores(ScoreResult result)
    {
        var hasGroups = result.GroupCount > 0;
        return new TableSection
        {
            Heading = "Scores",
            Caption = "Figures by score",
            Columns =
            [
                new("score"), new("AUC", true), .. hasGroups ? (ReportColumn[])[new("GAUC", true)] : [],
                new("log loss", true), new("normalised entropy", true), new("Brier", true), new("predicted / seen", true), new("calibration error", true),
            ],
            Rows = [.. result.Scores.Select((score, i) => new ReportRow(
                [
                    new TextCell(score.Name, score.Probability is null ? "no probability" : null),
                    new TextCell(Figure(score.Auc)),
                    .. hasGroups ? (ReportCell[])[new TextCell(Figure(score.GroupedAuc))] : [],
                    new TextCell(Figure(score.Probability?.LogLoss)),
                    new TextCell(score.Probability is { } entropy ? FigureText.Metric(entropy.NormalizedEntropy) : ""),
                    new TextCell(Figure(score.Probability?.Brier)),
                    new TextCell(Figure(score.Probability?.CalibrationRatio)),
                    new TextCell(score.Probability is { } error ? FigureText.Metric(error.CalibrationError) : ""),
                ],
                i == 0 && result.Scores.Count > 1))],
        };
    }

    private static TableSection Differences(ScoreResult result)
    {
        var hasGroups = result.GroupCount > 0;
        return new TableSection
        {
            Heading = $"Against {result.Scores[0].Name}",
            Caption = "Differences from the first score on the same rows",
            Columns = [new("score"), new("AUC", true), new("p", true), new("Holm", true), .. hasGroups ? (ReportColumn[])[new("GAUC", true)] : [], new("log loss", true), new("Brier", true)],
            Rows = [.. result.Differences.Select(difference => new ReportRow(
            [
                new TextCell(difference.Name), new TextCell(Figure(difference.Auc, true)), new TextCell(FigureText.PValue(difference.PValue)), new TextCell(FigureText.PValue(difference.HolmP)),
                .. hasGroups ? (ReportCell[])[new TextCell(Figure(difference.GroupedAuc, true))] : [],
                new TextCell(Figure(difference.LogLoss, true)), new TextCell(Figure(difference.Brier, true)),
            ]))],
            Note = "p: DeLong's test of the two AUCs on the same rows. A lower log loss or Brier score is better.",
        };
    }

    private static ChartsSection Charts(ScoreResult result) => new()
    {
        Heading = "Predicted against seen",
        Sentence = "Share that was so in each group of rows with alike probabilities, beside the mean probability that was predicted for it, with the ends of the share's interval.",
        Charts = [.. result.Scores.Where(score => score.Probability is not null).Select(score =>
        {
            var rows = score.Probability?.Reliability ?? [];
            return new ReportChart(
                score.Name,
                [.. rows.Select(row => FigureText.Metric(row.Bin.MeanProbability)[..^2])],
                [
                    new ReportSeries("seen", [.. rows.Select(row => row.Bin.Rate)], SeriesWeight.Challenger),
                    new ReportSeries("predicted", [.. rows.Select(row => row.Bin.MeanProbability)], SeriesWeight.Champion),
                    new ReportSeries("lower end", [.. rows.Select(row => row.Rate.Low)], SeriesWeight.Other),
                    new ReportSeries("upper end", [.. rows.Select(row => row.Rate.High)], SeriesWeight.Other),
                ]);
        })],
    };

    private static TableSection Reliability(ScoreResult result, ScoreFigures score) => new()
    {
        Heading = $"Calibration of {score.Name}",
        Caption = $"Groups of rows by {score.Name}",
        Columns = [new("group", true), new("rows", true), new("predicted", true), new("seen", true), new($"{FigureText.Percent(result.Level, decimals: 0)} interval", true), new("predicted lies")],
        Rows = [.. (score.Probability?.Reliability ?? []).Select((row, i) => new ReportRow(
        [
            new TextCell(FigureText.Count(i + 1)), new TextCell(FigureText.Count(row.Bin.Count)), new TextCell(FigureText.Metric(row.Bin.MeanProbability)), new TextCell(FigureText.Metric(row.Bin.Rate)),
            new TextCell($"{FigureText.Metric(row.Rate.Low)} to {FigureText.Metric(row.Rate.High)}"),
            new TextCell(row.Bin.MeanProbability < row.Rate.Low ? "below" : row.Bin.MeanProbability > row.Rate.High ? "above" : "within"),
        ]))],
    };

    private static IEnumerable<string> Methods(ScoreResult result, string? group)
    {
        yield return group is null
            ? "AUC: equal scores count one half; intervals by DeLong, rows taken as independent: where a shopper has several rows, name the column with --group."
            : $"AUC: equal scores count one half; intervals by DeLong's variance summed by {group} (Obuchowski), so that rows of one group may hang together.";
        if (group is not null)
            yield return $"GAUC: AUC within each {group}, weighed by its rows; {FigureText.Count(result.Scores[0].GroupsLeftOut)} of {FigureText.Count(result.GroupCount)} have one class only and are left out.";
        yield return $"Calibration: up to {FigureText.Count(result.BinCount)} groups of equal size by probability, equal probabilities together; intervals by Wilson, rows taken as independent. The calibration error is never below 0, so a perfect score of few rows has one too.";
        yield return "Definitions: docs/metrics.md, Scores and probabilities.";
    }

    private static string Figure(Estimate? estimate, bool isSigned = false) => estimate is null ? ""
        : double.IsFinite(estimate.Low) ? $"{FigureText.Metric(estimate.Value, isSigned)} ({FigureText.Metric(estimate.Low, isSigned)} to {FigureText.Metric(estimate.High, isSigned)})"
        : FigureText.Metric(estimate.Value, isSigned);
}
