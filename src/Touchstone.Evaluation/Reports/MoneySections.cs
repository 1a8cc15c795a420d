using Touchstone.Evaluation.Value;

namespace Touchstone.Evaluation.Reports;

/// <summary>From a difference to money.</summary>
internal static class MoneySections
{
    internal static WaterfallSection Waterfall(MoneyValue money)
    {
        var currency = money.Assumptions.Currency;
        return new WaterfallSection
        {
            Heading = "From gain to money",
            Sentence = $"{currency} a year; every step is a figure you can change in shop.yaml.",
            Description = string.Join(", ", money.Bars.Select(bar => $"{bar.Name} {FigureText.MoneyShort(bar.Amount, currency)}")),
            Bars = [.. money.Bars.Select((bar, i) => new ReportBar(
                bar.Name,
                FigureText.MoneyShort(bar.Amount, currency),
                bar.Amount,
                bar.IsTotal,
                bar.IsTotal ? Tone.Value : i == 0 ? (bar.Amount < 0 ? Tone.Bad : Tone.Good) : i == 1 ? Tone.Plain : bar.Amount < 0 ? Tone.Bad : Tone.Good))],
        };
    }

    internal static TableSection Steps(MoneyValue money)
    {
        var currency = money.Assumptions.Currency;
        return new TableSection
        {
            Heading = "Each step, and where it comes from",
            Caption = "The chain from the measured difference to money a year",
            Columns = [new("step"), new("figure", true), new("95 % interval", true), new("unit"), new("origin")],
            Rows = StepRows(money.Steps, currency),
            Note = money.Assumptions.Years > 1
                ? $"Over {money.Assumptions.Years} years at {FigureText.Percent(money.Assumptions.Discount)} a year: {FigureText.MoneyShort(money.PresentValue.Value, currency, true)} today ({FigureText.MoneyInterval(money.PresentValue, currency)})."
                : null,
        };
    }

    /// <summary>A row a step: name, figure, interval, unit, origin; the last is marked.</summary>
    internal static IReadOnlyList<ReportRow> StepRows(IReadOnlyList<MoneyStep> steps, string currency) =>
    [
        .. steps.Select((step, i) => new ReportRow(
        [
            new TextCell(step.Name),
            new TextCell(Figure(step, step.Value, currency), Full: IsMoney(step, currency) ? FigureText.MoneyFull(step.Value, currency) : null),
            new TextCell(double.IsNaN(step.Low) ? "" : $"{Figure(step, step.Low, currency)} to {Figure(step, step.High, currency)}"),
            new TextCell(step.Unit),
            new TextCell(step.Origin switch
            {
                FigureOrigin.Counted => "counted",
                FigureOrigin.Assumed => "assumed",
                FigureOrigin.Derived => "follows",
                _ => throw new ArgumentOutOfRangeException(nameof(steps), step.Origin, "Unknown origin."),
            }),
        ],
        i == steps.Count - 1)),
    ];

    private static string Figure(MoneyStep step, double value, string currency) =>
        IsMoney(step, currency) ? FigureText.MoneyShort(value, currency) : FigureText.Number(value);

    private static bool IsMoney(MoneyStep step, string currency) =>
        currency.Length > 0 && step.Unit.StartsWith(currency, StringComparison.Ordinal);
}
