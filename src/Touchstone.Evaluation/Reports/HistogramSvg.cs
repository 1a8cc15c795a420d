namespace Touchstone.Evaluation.Reports;

/// <summary>Histograms as inline SVG in the page's own colours.</summary>
internal static class HistogramSvg
{
    private const double BarWidth = 34, Height = 190, Top = 16, Bottom = 150;

    internal static void Write(HtmlText html, HistogramSection section)
    {
        var width = Math.Max(260, (section.Bars.Count * BarWidth) + 16);
        html.Raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"").Attribute("aria-label", section.Description)
            .Raw($"><svg role=\"img\" viewBox=\"0 0 {width} {Height}\" width=\"{width}\" height=\"{Height}\"").Attribute("aria-label", section.Description).Raw(">");
        var highest = Math.Max(1e-12, section.Bars.Select(bar => Math.Max(bar.Share, bar.SecondShare)).DefaultIfEmpty(1).Max());
        for (var i = 0; i < section.Bars.Count; i++)
        {
            var (bar, left) = (section.Bars[i], 8 + (i * BarWidth));
            html.Raw("<g><title>").Text(bar.Words).Raw("</title>");
            Rectangle(html, left + 3, BarWidth - 8, bar.Share / highest, "var(--ink-3)");
            Rectangle(html, left + 11, BarWidth - 24, bar.SecondShare / highest, "var(--gold)");
            html.Raw("<text text-anchor=\"middle\" x=\"").Number(left + (BarWidth / 2)).Raw("\" y=\"").Number(Bottom + 18).Raw("\">").Text(bar.Name).Raw("</text></g>");
        }

        html.Raw($"<line x1=\"4\" x2=\"{width - 4}\" y1=\"{Bottom}\" y2=\"{Bottom}\" stroke=\"var(--line)\" stroke-width=\"1\"/></svg></div><p class=\"note\">").Text(section.Description).Raw(".</p>");
    }

    private static void Rectangle(HtmlText html, double x, double width, double share, string fill)
    {
        var height = share > 0 ? Math.Max(1, share * (Bottom - Top)) : 0;
        html.Raw("<rect x=\"").Number(x).Raw("\" width=\"").Number(width).Raw("\" y=\"").Number(Bottom - height).Raw("\" height=\"").Number(height).Raw($"\" fill=\"{fill}\"/>");
    }
}
