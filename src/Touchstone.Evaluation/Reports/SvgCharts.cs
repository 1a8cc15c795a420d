using System.Globalization;

namespace Touchstone.Evaluation.Reports;

/// <summary>The pictures of a report as inline SVG, in the page's own colours, each with its words.</summary>
internal static class SvgCharts
{
    private const double IntervalWidth = 220, IntervalHeight = 24, CharacterWidth = 7, LabelHeight = 13;

    internal static void Interval(HtmlText html, IntervalCell cell)
    {
        double X(double value) => 8 + ((Math.Clamp(value, cell.ScaleLow, cell.ScaleHigh) - cell.ScaleLow) / (cell.ScaleHigh - cell.ScaleLow) * (IntervalWidth - 16));
        var tone = cell.Low > 0 ? "var(--good)" : cell.High < 0 ? "var(--bad)" : "var(--ink-3)";
        html.Raw("<svg class=\"iv\" role=\"img\"").Attribute("aria-label", cell.Text).Raw($" viewBox=\"0 0 {IntervalWidth} {IntervalHeight}\" width=\"{IntervalWidth}\" height=\"{IntervalHeight}\"><title>").Text(cell.Text).Raw("</title>");
        if (cell.ScaleLow < 0 && cell.ScaleHigh > 0) Line(html, X(0), 2, X(0), IntervalHeight - 2, "var(--ink-3)", 1);
        if (double.IsFinite(cell.Low) && double.IsFinite(cell.High)) Line(html, X(cell.Low), 12, X(cell.High), 12, "var(--ink-2)", 2);
        html.Raw("<circle cx=\"").Number(X(cell.Value)).Raw($"\" cy=\"12\" r=\"5\" fill=\"{tone}\"/></svg>");
    }

    /// <summary>A row a bar, so that any number of them stays readable on a phone.</summary>
    internal static void Waterfall(HtmlText html, WaterfallSection section)
    {
        var bars = section.Bars;
        var (running, low, high) = (0.0, 0.0, 0.0);
        var spans = new (double From, double To)[bars.Count];
        for (var i = 0; i < bars.Count; i++)
        {
            spans[i] = bars[i].IsTotal ? (0, bars[i].Amount) : (running, running + bars[i].Amount);
            running = spans[i].To;
            (low, high) = (Math.Min(low, running), Math.Max(high, running));
        }

        var range = high > low ? high - low : 1;
        double X(double value) => (value - low) / range * 1000;
        html.Raw("<div class=\"wf\" role=\"img\"").Attribute("aria-label", section.Description).Raw(">");
        for (var i = 0; i < bars.Count; i++)
        {
            var (left, right) = (Math.Min(X(spans[i].From), X(spans[i].To)), Math.Max(X(spans[i].From), X(spans[i].To)));
            html.Raw(bars[i].IsTotal ? "<b>" : "<span>").Text(bars[i].Name).Raw(bars[i].IsTotal ? "</b>" : "</span>")
                .Raw("<svg aria-hidden=\"true\" viewBox=\"0 0 1000 26\" preserveAspectRatio=\"none\">")
                .Raw("<rect y=\"0\" width=\"2\" height=\"26\" fill=\"var(--ink-3)\" x=\"").Number(Math.Clamp(X(0) - 1, 0, 998)).Raw("\"/>")
                .Raw("<rect y=\"3\" height=\"20\" x=\"").Number(Math.Min(left, 995)).Raw("\" width=\"").Number(Math.Max(5, right - left)).Raw($"\" fill=\"{Fill(bars[i].Tone)}\"/></svg>")
                .Raw("<strong").Attribute("class", SectionHtml.ToneClass(bars[i].IsTotal ? bars[i].Tone : Tone.Plain)).Raw(">").Text(bars[i].Figure).Raw("</strong>");
        }

        html.Raw("</div>");
    }

    internal static void Lines(HtmlText html, ReportChart chart)
    {
        const double Width = 260, Height = 170, Left = 40, Right = 14, Top = 12, Bottom = 136;
        var values = chart.Series.SelectMany(series => series.Values).Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        // 0 is always on the scale: what lies above it is told from what lies below.
        var (low, top) = (-NiceAbove(-values.Min(), 0), NiceAbove(values.Max(), values.Min() < 0 ? 0 : 1));
        double X(int i) => chart.Points.Count == 1 ? (Left + Width - Right) / 2 : Left + (i * (Width - Right - Left) / (chart.Points.Count - 1));
        double Y(double value) => Bottom - ((value - low) / (top - low) * (Bottom - Top));
        var words = chart.Name + ": " + string.Join("; ", chart.Series.Select(series => series.Name + " " + string.Join(", ", series.Values.Select(value => FigureText.Metric(value)))));
        html.Raw("<svg role=\"img\"").Attribute("aria-label", words).Raw($" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\">");
        foreach (var value in low < 0 && top > 0 ? [low, 0, top] : new[] { low, (low + top) / 2, top })
        {
            Line(html, Left, Y(value), Width - Right, Y(value), value == 0 && low < 0 ? "var(--ink-3)" : "var(--line)", 1);
            if (value == 0 || low == 0 || Math.Abs(Y(value) - Y(0)) >= LabelHeight) Label(html, Left - 6, Y(value) + 4, Tick(value), "end");
        }

        // Names of points stand where there is room: the first, the last, and between them every so many.
        var widest = chart.Points.Select(point => point.Length).DefaultIfEmpty(0).Max();
        var every = (int)Math.Ceiling(chart.Points.Count * ((widest * CharacterWidth) + 6) / (Width - Right - Left));
        for (var i = 0; i < chart.Points.Count; i++)
            if (i == chart.Points.Count - 1 || (i % every == 0 && chart.Points.Count - 1 - i >= every)) Label(html, Math.Min(X(i), Width - (chart.Points[i].Length * CharacterWidth / 2)), Bottom + 18, chart.Points[i], "middle");
        foreach (var series in chart.Series.OrderBy(series => series.Weight))
        {
            var (stroke, width, dash) = Stroke(series.Weight);
            html.Raw($"<polyline fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\"{(dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "")} points=\"");
            for (var i = 0; i < series.Values.Count; i++)
                if (double.IsFinite(series.Values[i])) html.Number(X(i)).Raw(",").Number(Y(series.Values[i])).Raw(" ");
            html.Raw("\"><title>").Text(series.Name).Raw("</title></polyline>");
        }

        html.Raw("</svg>");
    }

    /// <summary>What each line is; lines in the background share their mark.</summary>
    internal static void Legend(HtmlText html, IReadOnlyList<ReportSeries> lines)
    {
        html.Raw("<p class=\"note\">");
        foreach (var group in lines.GroupBy(series => series.Weight).OrderByDescending(group => group.Key))
        {
            html.Raw("<svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 24 8\" width=\"24\" height=\"8\">");
            var (stroke, width, dash) = Stroke(group.Key);
            Line(html, 0, 4, 24, 4, stroke, width, dash.Length > 0 ? dash : null);
            html.Raw("</svg> ").Text(string.Join(", ", group.Select(series => series.Name))).Raw(" ");
        }

        html.Raw("</p>");
    }

    private static (string Stroke, double Width, string Dash) Stroke(SeriesWeight weight) => weight switch
    {
        SeriesWeight.Challenger => ("var(--good)", 3, ""),
        SeriesWeight.Champion => ("var(--ink-2)", 2, "5 4"),
        SeriesWeight.Other => ("var(--ink-3)", 1, ""),
        _ => throw new ArgumentOutOfRangeException(nameof(weight), weight, "Unknown weight."),
    };

    /// <summary>1, 2, 2.5 or 5 times a power of ten, at or above the value; <paramref name="otherwise"/> where the value is not above 0.</summary>
    private static double NiceAbove(double value, double otherwise)
    {
        if (!(value > 0)) return otherwise;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in new[] { 1, 2, 2.5, 5 })
            if (value <= step * power * (1 + 1e-12)) return step * power;
        return 10 * power;
    }

    // Ends of a scale have two digits that count, its middle three.
    private static string Tick(double value)
    {
        if (Math.Abs(value) is > 0 and < 0.001) return value.ToString("0.##e0", CultureInfo.InvariantCulture).Replace('-', '−');
        var text = FigureText.Number(Math.Abs(value), 5);
        return (value < 0 ? "−" : "") + (text.StartsWith("0.", StringComparison.Ordinal) ? text[1..] : text);
    }

    private static string Fill(Tone tone) => tone switch
    {
        Tone.Good => "var(--good)",
        Tone.Bad => "var(--bad)",
        Tone.Value => "var(--gold)",
        Tone.Plain => "var(--ink-3)",
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, "Unknown tone."),
    };

    private static void Line(HtmlText html, double x1, double y1, double x2, double y2, string stroke, double width, string? dash = null) =>
        html.Raw("<line x1=\"").Number(x1).Raw("\" y1=\"").Number(y1).Raw("\" x2=\"").Number(x2).Raw("\" y2=\"").Number(y2)
            .Raw($"\" stroke=\"{stroke}\" stroke-width=\"{width}\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}/>");

    private static void Label(HtmlText html, double x, double y, string text, string anchor) =>
        html.Raw("<text x=\"").Number(x).Raw("\" y=\"").Number(y).Raw($"\" text-anchor=\"{anchor}\">").Text(text).Raw("</text>");
}
