using System.Text;

namespace Touchstone.Evaluation.Reports;

/// <summary>Renders a report as Markdown for a pull request: sentences, tables and lists, no pictures. The same document gives the same text.</summary>
public static class MarkdownRenderer
{
    /// <summary>The whole text, ending in a line feed.</summary>
    public static string Render(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        text.Append("## ").Append(Escape(document.Title)).Append("\n\n");
        if (document.Facts.Count > 0) text.Append(Escape(string.Join(" · ", document.Facts))).Append("\n\n");
        foreach (var section in document.Sections) Write(text, section);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(StringBuilder text, ReportSection section)
    {
        if (section is VerdictSection verdict)
        {
            text.Append("**").Append(Escape(verdict.Decision)).Append("**: ").Append(Escape(verdict.Sentence ?? "")).Append("\n\n");
            foreach (var paragraph in verdict.Paragraphs) text.Append(Escape(paragraph)).Append("\n\n");
            return;
        }

        // Drawn in HTML only: its figures stand in the table beside it.
        if (section is HistogramSection) return;
        if (section.Heading is not null) text.Append("### ").Append(Escape(section.Heading)).Append("\n\n");
        if (section.Sentence is not null) text.Append(Escape(section.Sentence)).Append("\n\n");
        switch (section)
        {
            case CardsSection cards:
                foreach (var card in cards.Cards) text.Append("- **").Append(Escape(card.Name)).Append("**: ").Append(Escape(card.Figure)).Append(card.Note.Length > 0 ? $" ({Escape(card.Note)})" : "").Append('\n');
                text.Append('\n');
                break;
            case TableSection table: Table(text, table); break;
            case ChartsSection charts:
                foreach (var chart in charts.Charts)
                {
                    text.Append(Escape(chart.Name)).Append("\n\n");
                    foreach (var (at, row) in ChartRows.Of(chart).Index())
                    {
                        Row(text, row.Select(Escape));
                        if (at == 0) Row(text, row.Select((_, i) => i == 0 ? "---" : "---:"));
                    }

                    text.Append('\n');
                }

                break;
            case NotesSection notes:
                foreach (var note in notes.Notes) text.Append("- ").Append(Escape(note)).Append('\n');
                text.Append('\n');
                break;
            case LinksSection links:
                foreach (var link in links.Links) text.Append("- [").Append(Escape(link.Text)).Append("](").Append(link.Href).Append(") ").Append(Escape(link.Note)).Append('\n');
                text.Append('\n');
                break;
            case WaterfallSection waterfall:
                foreach (var bar in waterfall.Bars) text.Append("- ").Append(bar.IsTotal ? "**" : "").Append(Escape(bar.Name)).Append(": ").Append(Escape(bar.Figure)).Append(bar.IsTotal ? "**" : "").Append('\n');
                text.Append('\n');
                break;
            case DetailsSection details:
                foreach (var (name, value) in details.Details.SelectMany(detail => detail.Entries)) text.Append("- ").Append(Escape(name)).Append(": ").Append(Escape(value)).Append('\n');
                text.Append('\n');
                break;
            case PairSection pair:
                foreach (var inner in pair.Sections) Write(text, inner);
                break;
            case SlatesSection slates:
                foreach (var slate in slates.Slates)
                {
                    text.Append("had: ").Append(Escape(string.Join(" · ", slate.History))).Append("\n\n");
                    foreach (var (at, product) in slate.Products.Index()) text.Append(FigureText.Count(at + 1)).Append(". ").Append(Escape(product.Title)).Append(product.IsBought ? " (**bought**)" : "").Append('\n');
                    text.Append('\n');
                    if (slate.Note is not null) text.Append(Escape(slate.Note)).Append("\n\n");
                }

                break;
            default: throw new ArgumentOutOfRangeException(nameof(section), section.GetType().Name, "Unknown kind of section.");
        }
    }

    private static void Table(StringBuilder text, TableSection table)
    {
        Row(text, table.Columns.Select(column => column.Heading));
        Row(text, table.Columns.Select(column => column.IsNumeric ? "---:" : "---"));
        foreach (var row in table.Rows)
        {
            Row(text, row.Cells.Select(cell => cell switch
            {
                TextCell { Text.Length: > 0 } plain when row.IsMarked => $"**{Escape(plain.Text)}**{Chip(plain)}",
                TextCell plain => Escape(plain.Text) + Chip(plain),
                IntervalCell interval => Escape(interval.Text),
                _ => throw new ArgumentOutOfRangeException(nameof(table), cell.GetType().Name, "Unknown kind of cell."),
            }));
        }

        text.Append('\n');
        if (table.Note is not null) text.Append(Escape(table.Note)).Append("\n\n");
    }

    private static string Chip(TextCell cell) => cell.Chip is null ? "" : $" ({Escape(cell.Chip)})";

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    // What would be markup in text from anywhere.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#') escaped.Append('\\');
            escaped.Append(c is '\n' or '\r' ? ' ' : c);
        }

        return escaped.ToString();
    }
}
