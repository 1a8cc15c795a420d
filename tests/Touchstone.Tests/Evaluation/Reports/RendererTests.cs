using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Reports;

public sealed class RendererTests
{
    private static readonly Func<ReportDocument, string>[] Renderers = [PlainTextRenderer.Render, MarkdownRenderer.Render, HtmlRenderer.Render];

    [Fact]
    public void Slates_are_told_in_every_form()
    {
        var document = Document(new SlatesSection { Heading = "Seen", Slates = [new ReportSlate(["tea", "mug"], [new("kettle", false), new("pot", true)], "bought next: pot")] });
        foreach (var text in Renderers.Select(render => render(document)))
            Assert.All((string[])["Seen", "had: tea · mug", "kettle", "pot", "bought next: pot"], words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Contains("  1  kettle\n  2  pot (bought)\nbought next: pot\n", PlainTextRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("1. kettle\n2. pot (**bought**)\n\nbought next: pot\n", MarkdownRenderer.Render(document), StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_is_drawn_in_HTML_and_leaves_nothing_elsewhere()
    {
        var document = Document(new HistogramSection { Description = "Bars", Bars = [new HistogramBar("1", 1, 1, "all")] });
        Assert.Equal("T\n", PlainTextRenderer.Render(document));
        Assert.Equal("## T\n", MarkdownRenderer.Render(document));
        Assert.Contains("<svg role=\"img\"", HtmlRenderer.Render(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_lead_on_in_every_form_and_pages_stand_in_the_bar()
    {
        var document = Document(new LinksSection { Links = [new ReportLink("Uplift <on> visit", "uplift.html", "men's")] });
        Assert.Equal("T\n\n- Uplift <on> visit (uplift.html) men's\n", PlainTextRenderer.Render(document));
        Assert.Equal("## T\n\n- [Uplift \\<on\\> visit](uplift.html) men's\n", MarkdownRenderer.Render(document));
        var html = HtmlRenderer.Render(document with { Pages = [new("run", "../report.html"), new("T", null)] });
        Assert.Contains("<li><a href=\"uplift.html\">Uplift &lt;on&gt; visit</a> men&#x27;s</li>", html, StringComparison.Ordinal);
        Assert.Contains("<nav class=\"side\" aria-label=\"pages\"><a href=\"../report.html\">run</a><a href=\"\" aria-current=\"page\">T</a></nav>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", HtmlRenderer.Render(document), StringComparison.Ordinal);
    }

    // The plot is 124 high, from 12 to 136: 1 above 0 and 2 below make 0 lie at a third.
    [Fact]
    public void Lines_below_0_are_drawn_below_0()
    {
        var html = HtmlRenderer.Render(Document(new ChartsSection { Charts = [new ReportChart("c", ["a", "b"], [new ReportSeries("s", [1, -2], SeriesWeight.Challenger)])] }));
        Assert.Contains("points=\"40,12 246,136 \"", html, StringComparison.Ordinal);
        Assert.Contains("<line x1=\"40\" y1=\"53.3\" x2=\"246\" y2=\"53.3\" stroke=\"var(--ink-3)\"", html, StringComparison.Ordinal);
        Assert.All((string[])[">−2</text>", ">0</text>", ">1</text>"], label => Assert.Contains(label, html, StringComparison.Ordinal));
        var above = HtmlRenderer.Render(Document(new ChartsSection { Charts = [new ReportChart("c", ["a", "b"], [new ReportSeries("s", [0.25, 0.5], SeriesWeight.Challenger)])] }));
        Assert.Contains("points=\"40,74 246,12 \"", above, StringComparison.Ordinal);
        Assert.All((string[])[">0</text>", ">.25</text>", ">.5</text>"], label => Assert.Contains(label, above, StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_that_a_renderer_does_not_know_is_a_fault()
    {
        foreach (var render in Renderers) Assert.Throws<ArgumentOutOfRangeException>(() => render(Document(new Strange())));
    }

    private static ReportDocument Document(ReportSection section) => new() { Title = "T", Facts = [], Sections = [section] };

    private sealed record Strange : ReportSection;
}
