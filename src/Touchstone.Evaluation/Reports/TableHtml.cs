namespace Touchstone.Evaluation.Reports;

/// <summary>Tables as HTML, with headers for columns and rows.</summary>
internal static class TableHtml
{
    internal static void Write(HtmlText html, TableSection table)
    {
        html.Raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"").Attribute("aria-label", table.Caption).Raw("><table><caption>").Text(table.Caption).Raw("</caption><thead><tr>");
        foreach (var column in table.Columns) html.Raw(column.IsNumeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Text(column.Heading).Raw("</th>");
        html.Raw("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            if (row.Cells.Count != table.Columns.Count)
                throw new ArgumentException($"Table \"{table.Caption}\": a row has {row.Cells.Count} cells; expected {table.Columns.Count}.", nameof(table));
            html.Raw(row.IsMarked ? "<tr class=\"best\">" : "<tr>");
            for (var i = 0; i < row.Cells.Count; i++)
            {
                html.Raw(i == 0 ? "<th scope=\"row\">" : table.Columns[i].IsNumeric ? "<td class=\"n\">" : "<td>");
                Cell(html, row.Cells[i]);
                html.Raw(i == 0 ? "</th>" : "</td>");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
        if (table.Note is not null) html.Raw("<p class=\"note\">").Text(table.Note).Raw("</p>");
    }

    private static void Cell(HtmlText html, ReportCell cell)
    {
        switch (cell)
        {
            case IntervalCell interval:
                SvgCharts.Interval(html, interval);
                html.Raw("<small class=\"iv\">").Text(interval.Text).Raw("</small>");
                break;
            case TextCell { Examples.Count: > 0 } text:
                html.Raw("<details><summary>").Text(text.Text).Raw("</summary><ul>");
                foreach (var example in text.Examples ?? []) html.Raw("<li><code>").Text(example.Place).Raw("</code> ").Text(example.Text).Raw("</li>");
                html.Raw("</ul></details>");
                break;
            case TextCell text:
                html.Raw("<span").Attribute("title", text.Full).Raw(">").Text(text.Text).Raw("</span>");
                if (text.Chip is not null) html.Raw(" <span class=\"chip plain\">").Text(text.Chip).Raw("</span>");
                break;
            default: throw new ArgumentOutOfRangeException(nameof(cell), cell.GetType().Name, "Unknown kind of cell.");
        }
    }
}
