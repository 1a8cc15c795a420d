using System.Globalization;
using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Uplift;

namespace Touchstone.Evaluation.Reports;

/// <summary>Whom to contact, as a report and as JSON (<c>touchstone.evaluate-uplift/1</c>, docs/formats.md).</summary>
public static class UpliftReport
{
    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="results">A treatment each.</param>
    /// <param name="terms">What a contact brings and costs.</param>
    /// <param name="outcome">Name of the outcome.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="warnings">What speaks against trusting the file, a sentence each.</param>
    public static ReportDocument Compose(IReadOnlyList<UpliftResult> results, ContactTerms terms, string outcome, string file, IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(warnings);
        List<ReportSection> sections = [];
        if (warnings.Count > 0) sections.Add(new NotesSection { Heading = "Read this first", Notes = warnings, IsWarning = true });
        foreach (var result in results) sections.AddRange([Head(result, outcome), Policies(result, terms), Groups(result, outcome), Chart(result)]);
        sections.Add(new NotesSection
        {
            Heading = "How it was measured",
            Notes =
            [
                $"{results[0].Learner}: learned on half of the units, drawn by seed; order and rules are judged on the other half ({FigureText.Count(results[0].JudgedCount)} units).",
                $"Whom to contact: predicted uplift × margin {Text(terms.Margin)} − contact cost {Text(terms.ContactCost)} above 0. Likeliest responders: as many, in order of the outcome predicted if treated.",
                "Values are money a unit of the whole more than contacting nobody. Intervals: bootstrap over units with the predictions as they are, percentile, 95 %: the doubt of judging, not that of learning.",
                "AUUC: area under φ × (mean treated − mean untreated) of the φ best; by chance half the mean effect. Qini: area between its curve and the diagonal; 0 by chance.",
            ],
        });
        return new ReportDocument
        {
            Title = $"Uplift on {outcome}",
            Facts = [file, .. results.Select(result => $"{result.Treatment} against {result.Control}")],
            Sections = sections,
            FiguresJson = Json(results, terms, outcome, warnings),
        };
    }

    private static NotesSection Head(UpliftResult result, string outcome)
    {
        var best = result.Policies[0];
        return new NotesSection
        {
            Heading = $"{result.Treatment} against {result.Control}",
            Notes =
            [
                $"{FigureText.Count(result.Counts.Treated)} treated, {FigureText.Count(result.Counts.Untreated)} not; mean {outcome} {Text(result.Means.Treated)} against {Text(result.Means.Untreated)}: effect {Figure(result.Effect)}.",
                $"AUUC {Figure(result.Auuc)}, above chance by {Figure(result.AuucAboveChance)}; Qini {Figure(result.Qini)}.",
                result.Qini.Low > 0 ? "The order by uplift is better than chance." : "That the order by uplift is better than chance is not shown: the interval of Qini reaches 0.",
                $"By uplift {FigureText.Percent(best.ContactedShare)} are contacted, worth {Figure(best.Value)} a unit.",
                .. result.Policies.Where(policy => policy.AgainstTargeting is { } && policy.Name != "none").Select(policy => $"Against {policy.Name}: {Figure(policy.AgainstTargeting)} a unit{(policy.AgainstTargeting is { Low: <= 0, High: >= 0 } ? ", not told from 0" : "")}."),
            ],
        };
    }

    private static TableSection Policies(UpliftResult result, ContactTerms terms)
    {
        var (low, high) = (Math.Min(0, result.Policies.Min(policy => policy.Value.Low)), Math.Max(0, result.Policies.Max(policy => policy.Value.High)));
        return new TableSection
        {
            Heading = "What contacting is worth",
            Caption = "Value of each rule of contacting",
            Columns = [new("whom"), new("contacted", true), new($"value a unit{(terms.Currency.Length > 0 ? $", {terms.Currency}" : "")}"), new("by uplift is ahead", true)],
            Rows = [.. result.Policies.Select((policy, i) => new ReportRow(
            [
                new TextCell(policy.Name),
                new TextCell(FigureText.Percent(policy.ContactedShare)),
                high > low ? new IntervalCell(Figure(policy.Value), policy.Value.Value, policy.Value.Low, policy.Value.High, low, high) : new TextCell(Figure(policy.Value)),
                new TextCell(policy.AgainstTargeting is null ? "" : Figure(policy.AgainstTargeting)),
            ],
            i == 0))],
        };
    }

    private static TableSection Groups(UpliftResult result, string outcome) => new()
    {
        Heading = "Predicted and seen",
        Caption = "Fifths by predicted uplift",
        Columns = [new("fifth"), new("units", true), new($"predicted uplift on {outcome}", true), new("seen", true)],
        Rows = [.. result.Groups.Select(group => new ReportRow(
        [
            new TextCell(group.Rank == 1 ? "1 (highest)" : group.Rank.ToString(CultureInfo.InvariantCulture)),
            new TextCell(FigureText.Count(group.Count)),
            new TextCell(Text(group.Predicted)),
            new TextCell(Figure(group.Observed)),
        ]))],
    };

    private static ChartsSection Chart(UpliftResult result) => new()
    {
        Heading = "Qini curve",
        Charts =
        [
            new ReportChart(
                $"{result.Treatment}: incremental outcome by share contacted",
                [.. result.Curve.Select(point => FigureText.Percent(point.Share, decimals: 0))],
                [
                    new ReportSeries("by uplift", [.. result.Curve.Select(point => point.Qini)], SeriesWeight.Challenger),
                    new ReportSeries("at random", [.. result.Curve.Select(point => point.Share * result.Curve[^1].Qini)], SeriesWeight.Champion),
                ]),
        ],
    };

    private static string Json(IReadOnlyList<UpliftResult> results, ContactTerms terms, string outcome, IReadOnlyList<string> warnings)
    {
        return FiguresJson.Text(json =>
        {
            json.WriteString("format", "touchstone.evaluate-uplift/1");
            json.WriteString("outcome", outcome);
            json.WriteNumber("margin", terms.Margin);
            json.WriteNumber("contact_cost", terms.ContactCost);
            json.WriteString("currency", terms.Currency);
            json.WriteStartArray("treatments");
            foreach (var result in results) Treatment(json, result);
            json.WriteEndArray();
            FiguresJson.Strings(json, "warnings", warnings);
        });
    }

    private static void Treatment(Utf8JsonWriter json, UpliftResult result)
    {
        json.WriteStartObject();
        json.WriteString("treatment", result.Treatment);
        json.WriteString("control", result.Control);
        json.WriteString("learner", result.Learner);
        json.WriteNumber("treated", result.Counts.Treated);
        json.WriteNumber("untreated", result.Counts.Untreated);
        json.WriteNumber("judged", result.JudgedCount);
        FiguresJson.Number(json, "mean_treated", result.Means.Treated);
        FiguresJson.Number(json, "mean_untreated", result.Means.Untreated);
        FiguresJson.Estimate(json, "effect", result.Effect);
        FiguresJson.Estimate(json, "auuc", result.Auuc);
        FiguresJson.Estimate(json, "auuc_above_chance", result.AuucAboveChance);
        FiguresJson.Estimate(json, "qini", result.Qini);
        json.WriteStartArray("policies");
        foreach (var policy in result.Policies)
        {
            json.WriteStartObject();
            json.WriteString("whom", policy.Name);
            FiguresJson.Number(json, "contacted_share", policy.ContactedShare);
            FiguresJson.Estimate(json, "value", policy.Value);
            FiguresJson.Estimate(json, "by_uplift_ahead", policy.AgainstTargeting);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("fifths");
        foreach (var group in result.Groups)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", group.Rank);
            json.WriteNumber("units", group.Count);
            FiguresJson.Number(json, "predicted", group.Predicted);
            FiguresJson.Estimate(json, "observed", group.Observed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("curve");
        foreach (var (share, uplift, qini) in result.Curve)
        {
            json.WriteStartObject();
            FiguresJson.Number(json, "share", share);
            FiguresJson.Number(json, "uplift", uplift);
            FiguresJson.Number(json, "qini", qini);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Figure(Estimate? estimate) => estimate is null ? "" : $"{Text(estimate.Value)} ({Text(estimate.Low)} to {Text(estimate.High)})";

    // A figure that rounds to nothing has no sign.
    private static string Text(double value) => FigureText.Number(Math.Round(value, 4) == 0 ? 0 : value, 4);
}
