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
    public void A_section_that_a_renderer_does_not_know_is_a_fault()
    {
        foreach (var render in Renderers) Assert.Throws<ArgumentOutOfRangeException>(() => render(Document(new Strange())));
    }

    private static ReportDocument Document(ReportSection section) => new() { Title = "T", Facts = [], Sections = [section] };

    private sealed record Strange : ReportSection;
}
