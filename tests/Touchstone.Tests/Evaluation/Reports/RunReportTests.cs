using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Reports;

public sealed class RunReportTests
{
    private static readonly string Page = HtmlRenderer.Render(RunReport.Compose(SampleRun.Evidence()));

    [Fact]
    public void The_report_references_nothing_outside_itself()
    {
        Assert.DoesNotContain("://", Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"<(link|img|iframe|object|embed|base)\b|\b(src|href|action)=|@import|url\("), Page);
        Assert.Equal(1, Regex.Count(Page, "<script"));
        Assert.Contains("<script type=\"application/json\" id=\"figures\">", Page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_evidence_gives_the_same_bytes() => Assert.Equal(Page, HtmlRenderer.Render(RunReport.Compose(SampleRun.Evidence())));

    [Fact]
    public void Text_from_anywhere_is_encoded()
    {
        const string Attack = "\"><script>alert('x')</script>&<!--";
        var page = HtmlRenderer.Render(RunReport.Compose(SampleRun.Evidence("m" + Attack, Attack)));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;&lt;!--", page, StringComparison.Ordinal);
        Assert.Equal("m" + Attack, Figures(page).GetProperty("verdict").GetProperty("challenger").GetString());
    }

    [Fact]
    public void What_HTML_forbids_is_replaced() =>
        Assert.Contains("null � and �", HtmlRenderer.Render(new ReportDocument { Title = "null \0 and \uD800", Facts = [], Sections = [] }), StringComparison.Ordinal);

    [Fact]
    public void Titles_in_Chinese_stand_as_they_are() => Assert.Contains("圣诞 纸链", Page, StringComparison.Ordinal);

    [Fact]
    public void The_verdict_stands_first_and_its_money_is_gilded()
    {
        var verdict = Page.IndexOf("<section class=\"verdict\"><h1><span class=\"chip try\">try</span> Put co-occurrence in an experiment", StringComparison.Ordinal);
        Assert.InRange(verdict, 0, Page.IndexOf("<table", StringComparison.Ordinal));
        Assert.Matches(new Regex("<span class=\"money\" title=\"\\+£[0-9,]+\\.[0-9]{2}\">\\+£[0-9.]+[km]?</span> margin a year\\.</h1>"), Page);
    }

    [Fact]
    public void Machines_read_the_figures_that_people_see()
    {
        var figures = Figures(Page);
        Assert.Equal(1, figures.GetProperty("version").GetInt32());
        Assert.Equal("try", figures.GetProperty("verdict").GetProperty("decision").GetString());
        Assert.Equal(3, figures.GetProperty("models").GetArrayLength());
        foreach (var name in new[] { "hr@5", "ndcg@10", "coverage@20", "mrr", "margin@10" })
            Assert.Equal(JsonValueKind.Number, figures.GetProperty("models")[0].GetProperty(name).ValueKind);
        Assert.Equal("GBP", figures.GetProperty("money").GetProperty("currency").GetString());
        Assert.Equal(431_673, figures.GetProperty("cleaning").GetProperty("rows_in").GetInt64());
    }

    [Fact]
    public void Every_picture_has_words_and_every_table_headers()
    {
        foreach (Match picture in Regex.Matches(Page, "<svg[^>]*>")) Assert.Matches("role=\"img\" aria-label=\"[^\"]+\"|aria-hidden=\"true\"", picture.Value);
        Assert.Equal(Regex.Count(Page, "<table>"), Regex.Count(Page, "<caption>[^<]+</caption><thead>"));
        Assert.DoesNotContain("<th>", Page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_tag_that_opens_closes()
    {
        Stack<string> open = [];
        foreach (Match tag in Regex.Matches(Page[(Page.IndexOf("<html", StringComparison.Ordinal))..], "<(/?)([a-z0-9]+)((?:\"[^\"]*\"|[^\">])*?)(/?)>"))
        {
            var name = tag.Groups[2].Value;
            if (tag.Groups[4].Value == "/" || name is "meta") continue;
            if (tag.Groups[1].Value == "") open.Push(name);
            else Assert.Equal(open.Pop(), name);
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Cleaning_examples_open_with_file_and_line() =>
        Assert.Contains("<details><summary>cancelled order netted</summary><ul><li><code>online-retail-2010-12.csv:142</code> C536379 D Discount −27.50</li>", Page, StringComparison.Ordinal);

    [Fact]
    public void Without_a_verdict_the_report_says_why()
    {
        var page = HtmlRenderer.Render(RunReport.Compose(new RunEvidence { Shop = "Empty", Champion = "popularity", Models = [], NoVerdictReason = "No shopper has a purchase to judge." }));
        Assert.Contains("<span class=\"chip hold\">no verdict</span> No shopper has a purchase to judge.</h1>", page, StringComparison.Ordinal);
    }

    private static JsonElement Figures(string page)
    {
        var start = page.IndexOf("id=\"figures\">", StringComparison.Ordinal) + "id=\"figures\">".Length;
        using var document = JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]);
        return document.RootElement.Clone();
    }
}
