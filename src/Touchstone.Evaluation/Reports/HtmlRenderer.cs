using System.Reflection;
using System.Text;

namespace Touchstone.Evaluation.Reports;

/// <summary>
/// Renders a report as one HTML file that needs nothing else: no network, no script that runs, light and dark, readable on a phone
/// and by a screen reader. The same document gives the same text.
/// </summary>
public static class HtmlRenderer
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private static readonly string Style = ReadStyle();

    /// <summary>The whole file.</summary>
    public static string Render(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var html = new HtmlText();
        html.Raw("<!doctype html>\n<html").Attribute("lang", document.Language).Raw(">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").Text(document.Title).Raw("</title>\n<style>\n").Raw(Style).Raw("</style>\n</head>\n<body>\n")
            .Raw("<header class=\"top\"><b>Touchstone</b><span>").Text(string.Join(" · ", document.Facts)).Raw("</span></header>\n");
        Pages(html, document.Pages);
        html.Raw("<main>\n");
        if (!document.Sections.OfType<VerdictSection>().Any()) html.Raw("<h1>").Text(document.Title).Raw("</h1>\n");
        foreach (var section in document.Sections) SectionHtml.Write(html, section);
        html.Raw("</main>\n");
        if (document.FiguresJson is not null)
        {
            // "</script" or "<!--" inside would end or swallow the block; JSON may write < as an escape anywhere.
            html.Raw("<script type=\"application/json\" id=\"figures\">\n").Raw(document.FiguresJson.Replace("<", "\\u003C", StringComparison.Ordinal)).Raw("\n</script>\n");
        }

        return html.Raw("</body>\n</html>\n").ToString();
    }

    private static void Pages(HtmlText html, IReadOnlyList<ReportPage> pages)
    {
        if (pages.Count == 0) return;
        html.Raw("<nav class=\"side\" aria-label=\"pages\">");
        foreach (var page in pages) html.Raw("<a").Attribute("href", page.Href ?? "").Attribute("aria-current", page.Href is null ? "page" : null).Raw(">").Text(page.Text).Raw("</a>");
        html.Raw("</nav>\n");
    }

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("touchstone.css")
            ?? throw new InvalidOperationException("The resource touchstone.css is missing from the assembly; build Touchstone.Evaluation again.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
