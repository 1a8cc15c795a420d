namespace Touchstone.Evaluation.Reports;

/// <summary>A line chart as rows of a table, where nothing can be drawn: points across, a row a line.</summary>
internal static class ChartRows
{
    internal static IReadOnlyList<string[]> Of(ReportChart chart) =>
    [
        ["", .. chart.Points],
        .. chart.Series.Select(series => (string[])[series.Name, .. series.Values.Select(value => FigureText.Number(value, 4))]),
    ];
}
