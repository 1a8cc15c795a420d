using System.Globalization;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Evaluation.Reports;

/// <summary>Off-policy evaluation of slates as a report.</summary>
public static class SlateReport
{
    /// <summary>Composes the page of a log of slates.</summary>
    public static ReportDocument Compose(SlateEvaluation evaluation, int slateCount, string log, OffPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(options);
        var sections = new List<ReportSection>
        {
            new NotesSection
            {
                Notes =
                [
                    $"The log itself earned {FigureText.Significant(evaluation.Logged.Value)} a slate ({PolicyReport.Interval(evaluation.Logged)}).",
                    evaluation.IsRefused ? "Refused: this log does not tell what the judged policy would have earned. What is missing stands below." : "Each estimator takes something for granted; where two of them differ beyond their intervals, the stronger assumption is wrong here.",
                ],
                IsWarning = evaluation.IsRefused,
            },
        };
        if (evaluation.Warnings.Count > 0) sections.Add(new NotesSection { Heading = "Read this first", Notes = evaluation.Warnings, IsWarning = true });
        if (evaluation.Weights is { } weights)
        {
            sections.Add(new CardsSection
            {
                Heading = "Diagnostics of whole slates",
                Cards = [.. PolicyReport.WeightCards(weights, "slate"), .. PolicyReport.ClusterCards(evaluation.Clusters, "slate")],
            });
            sections.AddRange(PolicyReport.WeightSections(weights, "slate"));
        }
        else if (evaluation.Clusters is { } clusters)
        {
            sections.Add(new CardsSection { Heading = "Diagnostics", Cards = [.. PolicyReport.ClusterCards(clusters, "slate")] });
        }

        sections.Add(new TableSection
        {
            Heading = "Value of the judged policy",
            Sentence = "Mean sum of the slots' rewards a slate.",
            Caption = "Estimates with their intervals",
            Columns = [new("estimator"), new("takes for granted"), new("value", true), new("bootstrap interval", true), new("normal", true), new("effective size", true), new("status")],
            Rows =
            [
                .. evaluation.Estimates.Select(estimate => new ReportRow(
                [
                    new TextCell(estimate.Estimator.Name),
                    new TextCell(Words(estimate.Estimator.Assumption)),
                    new TextCell(FigureText.Significant(estimate.Value), Full: estimate.Value.ToString("R", CultureInfo.InvariantCulture)),
                    new TextCell(PolicyReport.Interval(estimate.Bootstrap)),
                    new TextCell(PolicyReport.Interval(estimate.Normal)),
                    new TextCell(FigureText.Number(estimate.EffectiveSampleSize, 1)),
                    new TextCell(PolicyReport.Word(estimate.Status)),
                ])),
            ],
        });
        var missing = PolicyReport.Missing(evaluation.Estimates.Select(estimate => (estimate.Estimator.Name, estimate.Missing)));
        if (missing.Count > 0) sections.Add(new NotesSection { Heading = "What is missing", Notes = missing, IsWarning = true });
        return new ReportDocument
        {
            Title = $"What another policy's slates would have earned, from {log}",
            Facts = [log, $"{FigureText.Count(slateCount)} slates"],
            Sections = sections,
            FiguresJson = PolicyJson.Write(evaluation, log, options),
        };
    }

    private static string Words(SlateAssumption assumption) => assumption switch
    {
        SlateAssumption.Whole => "nothing",
        SlateAssumption.Independent => "a slot earns by its own product",
        SlateAssumption.Cascade => "a slot earns by its product and those above",
        SlateAssumption.Additive => "slots add up; filled independently unless weights are given",
        SlateAssumption.CascadeModel => "as rips, with a reward model",
        _ => throw new ArgumentOutOfRangeException(nameof(assumption), assumption, "Unknown assumption."),
    };
}
