using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.Value;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Evaluation.Reports;

/// <summary>A verdict on evidence, as a report: the sentence first, then the reasons, the money, the guardrails and what waiting is worth.</summary>
public static class EvidenceReport
{
    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="judged">The verdict.</param>
    public static ReportDocument Compose(EvidenceVerdict judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        var (verdict, currency) = (judged.Verdict, judged.Currency);
        List<ReportSection> sections = [Head(judged)];
        if (judged.Value is { } money) sections.Add(Cards(judged, money));
        sections.Add(new NotesSection { Heading = "Why", Notes = judged.Reasons });
        if (verdict.MissingEvidence.Count > 0)
            sections.Add(new NotesSection { Heading = "Missing evidence", Notes = verdict.MissingEvidence, IsWarning = true });
        if (judged.Guardrails.Count > 0) sections.Add(Guardrails(judged));
        if (judged.Value is { } value) sections.Add(Steps(value, currency));
        if (judged.Waiting.Count > 0) sections.Add(Waiting(judged));
        sections.Add(new NotesSection { Heading = "Assumed", Notes = [.. verdict.Assumptions, Rule(judged.Preset)] });
        return new ReportDocument
        {
            Title = $"{RunReport.DecisionWord(verdict.Decision)}: {verdict.Challenger} against {verdict.Champion}",
            Facts = [verdict.Protocol],
            Sections = sections,
            FiguresJson = EvidenceJson.Write(judged),
        };
    }

    private static VerdictSection Head(EvidenceVerdict judged)
    {
        var money = judged.Value?.Yearly;
        return new VerdictSection
        {
            Decision = RunReport.DecisionWord(judged.Verdict.Decision),
            Sentence = judged.Verdict.Sentence,
            Money = money is null ? null : FigureText.MoneyShort(money.Value, judged.Currency, true),
            MoneyInFull = money is null ? null : FigureText.MoneyFull(money.Value, judged.Currency, true),
            Paragraphs = money is null ? [] : [$"{FigureText.Percent(money.Level, decimals: 0)} interval {FigureText.MoneyInterval(money, judged.Currency)} a year. Probability of being better: {FigureText.Probability(judged.Verdict.ProbabilityBetter)}."],
        };
    }

    private static CardsSection Cards(EvidenceVerdict judged, EvidenceValue value)
    {
        string Money(double amount) => FigureText.MoneyShort(amount, judged.Currency);
        var present = value.Present;
        List<ReportCard> cards =
        [
            new("worth a year", FigureText.MoneyShort(value.Yearly.Value, judged.Currency, true), FigureText.MoneyInterval(value.Yearly, judged.Currency), Tone.Value, FigureText.MoneyFull(value.Yearly.Value, judged.Currency, true)),
            new("probability that it pays", FigureText.Probability(present.ProbabilityProfit), $"better: {FigureText.Probability(judged.Verdict.ProbabilityBetter)}"),
            new("expected loss if shipped", Money(present.ExpectedLossIfShipped), $"if not: {Money(present.ExpectedLossIfNotShipped)}"),
            new("break-even effect a unit", Money(present.BreakEvenEffect), $"measured: {FigureText.MoneyShort(judged.Measured.Value, judged.Currency, true)}"),
        ];
        if (judged.Waiting.Count > 0) cards.Add(new("knowing for sure would be worth", Money(present.ValueOfPerfectInformation), "expected value of perfect information"));
        return new CardsSection { Cards = cards };
    }

    private static TableSection Guardrails(EvidenceVerdict judged) => new()
    {
        Heading = "Guardrails",
        Sentence = "One holds only where the whole interval excludes the margin.",
        Caption = "Guardrails and their intervals",
        Columns = [new("guardrail"), new("difference", true), new("interval", true), new("may be worse by", true), new("good"), new("state")],
        Rows = [.. judged.Guardrails.Select(guardrail => new ReportRow(
        [
            new TextCell(guardrail.Metric),
            new TextCell(Number(guardrail.Difference?.Value ?? double.NaN)),
            new TextCell(guardrail.Difference is { } difference ? $"{Number(difference.Low)} to {Number(difference.High)}" : FigureText.Undefined),
            new TextCell(FigureText.Number(guardrail.Margin, 6)),
            new TextCell(guardrail.IsHigherBetter ? "higher" : "lower"),
            new TextCell(guardrail.State switch
            {
                GuardrailState.Holds => "holds",
                GuardrailState.NotProven => "not proven",
                GuardrailState.Broken => "broken",
                GuardrailState.NotMeasured => "not measured",
                _ => throw new ArgumentOutOfRangeException(nameof(judged), guardrail.State, "Unknown state."),
            }),
        ]))],
    };

    private static TableSection Steps(EvidenceValue value, string currency) => new()
    {
        Heading = "From effect to money",
        Caption = "The chain from the effect a unit to money a year",
        Columns = [new("step"), new("figure", true), new("interval", true), new("unit"), new("origin")],
        Rows = MoneySections.StepRows(value.Steps, currency),
        Note = $"Present value over all years: {FigureText.MoneyShort(value.Present.Mean, currency, true)} ({FigureText.MoneyShort(value.Present.Low, currency, true)} to {FigureText.MoneyShort(value.Present.High, currency, true)}).",
    };

    private static TableSection Waiting(EvidenceVerdict judged) => new()
    {
        Heading = "What more data would be worth",
        Sentence = judged.Waiting[0] is { Net: > 0 } best
            ? $"Going on for {FigureText.Number(best.Days)} days is expected to gain {FigureText.MoneyShort(best.Net, judged.Currency)}."
            : "Deciding now is expected to be better than any longer wait.",
        Caption = "Value of waiting",
        Columns = [new("more days", true), new("information", true), new("delay", true), new("net", true)],
        Rows = [.. judged.Waiting.OrderBy(waiting => waiting.Days).Select(waiting => new ReportRow(
        [
            new TextCell(FigureText.Number(waiting.Days)),
            new TextCell(FigureText.MoneyShort(waiting.Information, judged.Currency)),
            new TextCell(FigureText.MoneyShort(-waiting.Delay, judged.Currency)),
            new TextCell(FigureText.MoneyShort(waiting.Net, judged.Currency, true)),
        ]))],
    };

    private static string Rule(DecisionPreset preset) => preset switch
    {
        DecisionPreset.ClearSignals => "Rule: clear signals (ship what is better with its whole interval and expected to pay).",
        DecisionPreset.DoNoHarm => "Rule: do no harm (ship what is not worse by the harm margin, with its whole interval).",
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "Unknown rule."),
    };

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("+0.######;−0.######;0", CultureInfo.InvariantCulture) : FigureText.Undefined;
}
