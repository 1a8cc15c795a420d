using System.Globalization;
using System.Text;

namespace Touchstone.Evaluation.Reports;

/// <summary>Renders a report for a terminal: sentences and aligned tables, no colours. The same document gives the same text.</summary>
public static class PlainTextRenderer
{
    /// <summary>The whole text, ending in a line feed.</summary>
    public static string Render(ReportDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        text.Append(document.Title).Append('\n');
        if (document.Facts.Count > 0) text.Append(string.Join(" · ", document.Facts)).Append('\n');
        foreach (var section in document.Sections) Write(text, section);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ReportSection section)
    {
        if (section is PairSection pair)
        {
            foreach (var inner in pair.Sections) Write(text, inner);
            return;
        }

        // Drawn in HTML only: its figures stand in the table beside it.
        if (section is HistogramSection) return;
        text.Append('\n');
        if (section is VerdictSection verdict)
        {
            text.Append(verdict.Decision.ToUpperInvariant()).Append(": ").Append(verdict.Sentence).Append('\n');
            foreach (var paragraph in verdict.Paragraphs) text.Append(paragraph).Append('\n');
            return;
        }

        if (section.Heading is not null) text.Append(section.Heading).Append('\n');
        if (section.Sentence is not null) text.Append(section.Sentence).Append('\n');
        switch (section)
        {
            case CardsSection cards: Grid(text, [.. cards.Cards.Select(card => (string[])[card.Name, card.Figure, card.Note])], [false, true, false]); break;
            case TableSection table:
                Grid(
                    text,
                    [[.. table.Columns.Select(column => column.Heading)], .. table.Rows.Select(row => row.Cells.Select(Cell).ToArray())],
                    [.. table.Columns.Select(column => column.IsNumeric)]);
                if (table.Note is not null) text.Append(table.Note).Append('\n');
                break;
            case NotesSection notes:
                foreach (var note in notes.Notes) text.Append("- ").Append(note).Append('\n');
                break;
            case LinksSection links:
                foreach (var link in links.Links) text.Append("- ").Append(link.Text).Append(" (").Append(link.Href).Append(") ").Append(link.Note).Append('\n');
                break;
            case ChartsSection charts:
                foreach (var chart in charts.Charts)
                {
                    text.Append(chart.Name).Append('\n');
                    Grid(text, ChartRows.Of(chart), [false, .. chart.Points.Select(_ => true)]);
                }

                break;
            case WaterfallSection waterfall: Grid(text, [.. waterfall.Bars.Select(bar => (string[])[bar.Name, bar.Figure])], [false, true]); break;
            case DetailsSection details: Grid(text, [.. details.Details.SelectMany(detail => detail.Entries).Select(entry => (string[])[entry.Key, entry.Value])], [false, false]); break;
            case SlatesSection slates:
                foreach (var slate in slates.Slates)
                {
                    text.Append("had: ").Append(string.Join(" · ", slate.History)).Append('\n');
                    Grid(text, [.. slate.Products.Select((product, i) => (string[])[FigureText.Count(i + 1), product.Title + (product.IsBought ? " (bought)" : "")])], [true, false]);
                    if (slate.Note is not null) text.Append(slate.Note).Append('\n');
                }

                break;
            default: throw new ArgumentOutOfRangeException(nameof(section), section.GetType().Name, "Unknown kind of section.");
        }
    }

    private static string Cell(ReportCell cell) => cell switch
    {
        TextCell plain => plain.Text + (plain.Chip is null ? "" : $" ({plain.Chip})"),
        IntervalCell interval => interval.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.GetType().Name, "Unknown kind of cell."),
    };

    private static void Grid(StringBuilder text, IReadOnlyList<string[]> rows, IReadOnlyList<bool> isRight)
    {
        if (rows.Count == 0) return;
        var widths = new int[isRight.Count];
        foreach (var row in rows)
            for (var i = 0; i < widths.Length; i++) widths[i] = Math.Max(widths[i], Width(row[i]));
        foreach (var row in rows)
        {
            var line = new StringBuilder("  ");
            for (var i = 0; i < widths.Length; i++)
            {
                var blank = new string(' ', widths[i] - Width(row[i]));
                line.Append(isRight[i] ? blank + row[i] : row[i] + blank).Append("  ");
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;
}
