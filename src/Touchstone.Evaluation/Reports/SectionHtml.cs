namespace Touchstone.Evaluation.Reports;

/// <summary>Each kind of section as HTML.</summary>
internal static class SectionHtml
{
    internal static void Write(HtmlText html, ReportSection section)
    {
        switch (section)
        {
            case VerdictSection verdict: Verdict(html, verdict); break;
            case CardsSection cards: Cards(html, cards); break;
            case PairSection pair:
                html.Raw("<div class=\"two\">\n");
                foreach (var inner in pair.Sections) Write(html, inner);
                html.Raw("</div>\n");
                break;
            default:
                html.Raw(section is NotesSection { IsWarning: true } ? "<section class=\"warnings\">" : "<section>");
                Heading(html, section);
                Body(html, section);
                html.Raw("</section>\n");
                break;
        }
    }

    private static void Body(HtmlText html, ReportSection section)
    {
        switch (section)
        {
            case TableSection table: TableHtml.Write(html, table); break;
            case WaterfallSection waterfall: SvgCharts.Waterfall(html, waterfall); break;
            case ChartsSection charts: Charts(html, charts); break;
            case SlatesSection slates: Slates(html, slates); break;
            case NotesSection notes:
                html.Raw("<ul>");
                foreach (var note in notes.Notes) html.Raw("<li>").Text(note).Raw("</li>");
                html.Raw("</ul>");
                break;
            case LinksSection links:
                html.Raw("<ul>");
                foreach (var link in links.Links) html.Raw("<li><a").Attribute("href", link.Href).Raw(">").Text(link.Text).Raw("</a> ").Text(link.Note).Raw("</li>");
                html.Raw("</ul>");
                break;
            case DetailsSection details: Details(html, details); break;
            case HistogramSection histogram: HistogramSvg.Write(html, histogram); break;
            default: throw new ArgumentOutOfRangeException(nameof(section), section.GetType().Name, "Unknown kind of section.");
        }
    }

    private static void Verdict(HtmlText html, VerdictSection section)
    {
        var tone = section.Decision switch { "ship" => "ship", "roll back" => "back", "try" => "try", _ => "hold" };
        html.Raw("<section class=\"verdict\"><h1><span class=\"chip ").Raw(tone).Raw("\">").Text(section.Decision).Raw("</span> ");
        var sentence = section.Sentence ?? "";
        var at = section.Money is null ? -1 : sentence.IndexOf(section.Money, StringComparison.Ordinal);
        if (section.Money is null || at < 0) html.Text(sentence);
        else html.Text(sentence[..at]).Raw("<span class=\"money\"").Attribute("title", section.MoneyInFull).Raw(">").Text(section.Money).Raw("</span>").Text(sentence[(at + section.Money.Length)..]);
        html.Raw("</h1>");
        foreach (var paragraph in section.Paragraphs) html.Raw("<p>").Text(paragraph).Raw("</p>");
        html.Raw("</section>\n");
    }

    private static void Cards(HtmlText html, CardsSection section)
    {
        html.Raw("<section class=\"cards\" aria-label=\"Key figures\">");
        foreach (var card in section.Cards)
        {
            html.Raw("<div class=\"card\"><small>").Text(card.Name).Raw("</small><strong").Attribute("class", ToneClass(card.Tone)).Attribute("title", card.Full).Raw(">")
                .Text(card.Figure).Raw("</strong><em>").Text(card.Note).Raw("</em></div>");
        }

        html.Raw("</section>\n");
    }

    private static void Heading(HtmlText html, ReportSection section)
    {
        if (section.Heading is not null) html.Raw("<h2>").Text(section.Heading).Raw("</h2>");
        if (section.Sentence is not null) html.Raw("<p class=\"lead\">").Text(section.Sentence).Raw("</p>");
    }

    private static void Charts(HtmlText html, ChartsSection section)
    {
        // Charts that draw the same lines are explained once.
        var isShared = section.Charts.All(chart => chart.Series.Select(series => (series.Name, series.Weight)).SequenceEqual(section.Charts[0].Series.Select(series => (series.Name, series.Weight))));
        html.Raw("<div class=\"charts\">");
        foreach (var chart in section.Charts)
        {
            html.Raw("<figure><figcaption>").Text(chart.Name).Raw("</figcaption>");
            SvgCharts.Lines(html, chart);
            if (!isShared) SvgCharts.Legend(html, chart.Series);
            html.Raw("</figure>");
        }

        html.Raw("</div>");
        if (isShared && section.Charts.Count > 0) SvgCharts.Legend(html, section.Charts[0].Series);
    }

    private static void Slates(HtmlText html, SlatesSection section)
    {
        html.Raw("<div class=\"slates\">");
        foreach (var slate in section.Slates)
        {
            html.Raw("<div class=\"card\"><small>had: ").Text(string.Join(" · ", slate.History)).Raw("</small><ol>");
            foreach (var product in slate.Products)
                html.Raw(product.IsBought ? "<li class=\"hit\">" : "<li>").Text(product.Title).Raw("</li>");
            html.Raw("</ol>");
            if (slate.Note is not null) html.Raw("<small class=\"note\">").Text(slate.Note).Raw("</small>");
            html.Raw("</div>");
        }

        html.Raw("</div>");
    }

    private static void Details(HtmlText html, DetailsSection section)
    {
        foreach (var detail in section.Details)
        {
            html.Raw(detail.IsOpen ? "<details open><summary>" : "<details><summary>").Text(detail.Summary).Raw("</summary><dl>");
            foreach (var (name, text) in detail.Entries) html.Raw("<dt>").Text(name).Raw("</dt><dd>").Text(text).Raw("</dd>");
            html.Raw("</dl></details>");
        }
    }

    internal static string? ToneClass(Tone tone) => tone switch
    {
        Tone.Good => "up",
        Tone.Bad => "down",
        Tone.Value => "money",
        Tone.Plain => null,
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, "Unknown tone."),
    };
}
