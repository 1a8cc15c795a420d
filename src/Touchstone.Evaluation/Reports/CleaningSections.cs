namespace Touchstone.Evaluation.Reports;

/// <summary>What cleaning did, rule by rule.</summary>
internal static class CleaningSections
{
    internal static TableSection Table(CleaningAccount cleaning, string currency) => new()
    {
        Heading = "What was cleaned",
        Sentence = $"{FigureText.Count(cleaning.RowsIn)} rows in = {FigureText.Count(cleaning.RowsKept)} kept + {FigureText.Count(cleaning.RowsIn - cleaning.RowsKept)} rejected or merged; open a rule for its first examples.",
        Caption = "Rules that touched rows",
        Columns = [new("rule"), new("effect"), new("rows", true), new("money touched", true)],
        Rows = [.. cleaning.Rules.Select(rule => new ReportRow(
        [
            new TextCell(rule.Rule, Examples: rule.Examples),
            new TextCell(rule.Effect),
            new TextCell(FigureText.Count(rule.Rows)),
            new TextCell(double.IsNaN(rule.Money) ? "" : FigureText.MoneyFull(rule.Money, currency)),
        ]))],
        Note = cleaning.Rules.Count == 0 ? "No rule touched a row." : null,
    };
}
