using Touchstone.Evaluation.Calibration;

namespace Touchstone.Evaluation.Reports;

/// <summary>Composes what the calibration of the judge found.</summary>
public static class CalibrationReport
{
    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="findings">Findings.</param>
    /// <param name="options">How they were found.</param>
    /// <param name="population">The population in words.</param>
    public static ReportDocument Compose(IReadOnlyList<CalibrationFinding> findings, CalibrationOptions options, string population)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(options);
        var claims = findings.Where(finding => !finding.IsWarning).ToList();
        var failed = claims.Where(finding => !finding.Passes).ToList();
        return new ReportDocument
        {
            Title = "Calibration of the judge",
            Facts = [population, $"{FigureText.Count(options.Units)} units an arm", $"seed {options.Seed.Value}"],
            Sections =
            [
                new NotesSection
                {
                    Sentence = failed.Count == 0 ? $"All {claims.Count} claims hold." : $"{failed.Count} of {claims.Count} claims do not hold.",
                    Notes =
                    [
                        "A claim holds where the Monte Carlo interval (Wilson, 95 %) of the rate overlaps what is wanted. Of so many claims some fail by chance at their border.",
                        .. failed.Select(finding => $"Failed: {finding.Method}: {finding.Counted}: {FigureText.Number(finding.Rate, 4)}, wanted {Range(finding)}."),
                    ],
                },
                .. findings.GroupBy(finding => finding.Family).Select(Table),
            ],
            FiguresJson = FiguresJson.Text(json =>
            {
                json.WriteString("format", "touchstone.calibration/1");
                json.WriteNumber("seed", options.Seed.Value);
                json.WriteNumber("units_an_arm", options.Units);
                json.WriteNumber("days", options.Days);
                json.WriteNumber("units_a_day", options.UnitsADay);
                json.WriteString("population", population);
                json.WriteStartArray("findings");
                foreach (var finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("family", finding.Family);
                    json.WriteString("method", finding.Method);
                    json.WriteString("counted", finding.Counted);
                    json.WriteNumber("repetitions", finding.Repetitions);
                    json.WriteNumber("rate", finding.Rate);
                    json.WriteNumber("low", finding.MonteCarlo.Low);
                    json.WriteNumber("high", finding.MonteCarlo.High);
                    json.WriteNumber("wanted_low", finding.Wanted.Low);
                    json.WriteNumber("wanted_high", finding.Wanted.High);
                    FiguresJson.Number(json, "relative_width", finding.RelativeWidth);
                    FiguresJson.Number(json, "bias_in_errors", finding.BiasInErrors);
                    json.WriteBoolean("is_warning", finding.IsWarning);
                    json.WriteBoolean("passes", finding.Passes);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }),
        };
    }

    private static TableSection Table(IGrouping<string, CalibrationFinding> family)
    {
        var (hasWidth, hasBias) = (family.Any(finding => !double.IsNaN(finding.RelativeWidth)), family.Any(finding => !double.IsNaN(finding.BiasInErrors)));
        List<ReportColumn> columns = [new("method"), new("counted"), new("repetitions", true), new("rate", true), new("Monte Carlo 95 %", true), new("wanted", true)];
        if (hasWidth) columns.Add(new("width", true));
        if (hasBias) columns.Add(new("bias / error", true));
        columns.Add(new("holds"));
        return new TableSection
        {
            Heading = char.ToUpperInvariant(family.Key[0]) + family.Key[1..],
            Caption = "What methods claim and how often it came true",
            Columns = columns,
            Rows = [.. family.Select(Row)],
            Note = hasWidth ? "Width: over that of the fixed-horizon interval on the same data, at the last look." : null,
        };

        ReportRow Row(CalibrationFinding finding)
        {
            List<ReportCell> cells =
            [
                new TextCell(finding.Method), new TextCell(finding.Counted), new TextCell(FigureText.Count(finding.Repetitions)), new TextCell(FigureText.Number(finding.Rate, 4)),
                new TextCell($"{FigureText.Number(finding.MonteCarlo.Low, 4)} to {FigureText.Number(finding.MonteCarlo.High, 4)}"), new TextCell(Range(finding)),
            ];
            if (hasWidth) cells.Add(new TextCell(double.IsNaN(finding.RelativeWidth) ? "" : FigureText.Number(finding.RelativeWidth)));
            if (hasBias) cells.Add(new TextCell(FigureText.Number(finding.BiasInErrors)));
            cells.Add(new TextCell(finding.IsWarning ? "no such claim" : finding.Passes ? "yes" : "no"));
            return new ReportRow(cells);
        }
    }

    private static string Range(CalibrationFinding finding) => finding.Wanted.Low == 0 ? $"at most {FigureText.Number(finding.Wanted.High)}"
        : finding.Wanted.Low == finding.Wanted.High ? FigureText.Number(finding.Wanted.Low, 3)
        : $"{FigureText.Number(finding.Wanted.Low)} to {FigureText.Number(finding.Wanted.High)}";
}
