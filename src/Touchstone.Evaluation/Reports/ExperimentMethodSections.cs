using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>Sections of an experiment's report on how it was looked at and resampled: planned looks, bootstrap, effects by day.</summary>
internal static class ExperimentMethodSections
{
    /// <summary>Over which looks the intervals hold, in a fact's few words.</summary>
    internal static string Fact(LookPlan looks) => looks.Rule switch
    {
        LookRule.FixedHorizon => "fixed horizon",
        LookRule.ConfidenceSequence or LookRule.MixtureTest => "valid at every look",
        LookRule.PlannedLooks => $"planned look {looks.Look} of {looks.Fractions.Count}",
        _ => throw new ArgumentOutOfRangeException(nameof(looks), looks.Rule, "Unknown rule."),
    };

    /// <summary>What the intervals of the effects are; empty at a fixed horizon.</summary>
    internal static string Note(LookPlan looks) => looks.Rule switch
    {
        LookRule.FixedHorizon => "",
        LookRule.ConfidenceSequence => "Intervals and p hold at every look (asymptotic confidence sequence). ",
        LookRule.MixtureTest => $"Intervals and p hold at every look (mSPRT, a mixture of lifts with standard deviation {FigureText.Percent(looks.MixtureLift)}; a difference's is that share of control). ",
        LookRule.PlannedLooks => "Intervals and p hold over the planned looks (repeated confidence intervals). ",
        _ => throw new ArgumentOutOfRangeException(nameof(looks), looks.Rule, "Unknown rule."),
    };

    /// <summary>The sections that the result has.</summary>
    internal static IEnumerable<ReportSection> Of(ExperimentResult result)
    {
        if (result.Boundaries.Count > 0)
        {
            yield return Looks(result);
            yield return Decisions(result);
        }

        if (result.Bootstrap is not null) yield return Bootstrap(result);
        if (result.ByDay.Count == 0) yield break;
        yield return Novelty(result);
        if (Days(result) is { Charts.Count: > 0 } days) yield return days;
    }

    internal static string Word(PlannedLookDecision decision) => decision switch
    {
        PlannedLookDecision.Stop => "stop",
        PlannedLookDecision.GoOn => "go_on",
        PlannedLookDecision.NotShown => "not_shown",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "Unknown decision."),
    };

    internal static string Word(AlphaSpending spending) => spending switch
    {
        AlphaSpending.OBrienFleming => "obrien-fleming",
        AlphaSpending.Pocock => "pocock",
        AlphaSpending.Linear => "linear",
        _ => throw new ArgumentOutOfRangeException(nameof(spending), spending, "Unknown spending."),
    };

    private static TableSection Looks(ExperimentResult result)
    {
        var looks = result.Plan.Looks;
        return new TableSection
        {
            Heading = "Planned looks",
            Sentence = $"This is look {looks.Look} of {looks.Fractions.Count}, at {FigureText.Percent(looks.Fractions[looks.Look - 1], decimals: 0)} of the planned units; alpha is spent {Spent(looks.Spending)}.",
            Caption = "Boundaries of |z| by look",
            Columns = [new("look", true), new("units planned by then", true), new("boundary of |z|", true), new("p of one look must be below", true), new("error spent by then", true)],
            Rows = [.. looks.Fractions.Select((fraction, i) => new ReportRow(
                [
                    new TextCell(FigureText.Count(i + 1)), new TextCell(FigureText.Percent(fraction, decimals: 0)), new TextCell(FigureText.Number(result.Boundaries[i], 4)),
                    new TextCell(FigureText.PValue(LookValidity.NominalP(result.Boundaries[i]))), new TextCell(FigureText.PValue(GroupSequential.Spent(fraction, result.Plan.Options.Alpha, looks.Spending))),
                ],
                i + 1 == looks.Look))],
            Note = "The error is kept only if looks, their shares of the units and the spending were chosen before the data, and if no look was taken beside them.",
        };
    }

    private static string Spent(AlphaSpending spending) => spending switch
    {
        AlphaSpending.OBrienFleming => "like O'Brien and Fleming, hardly any early",
        AlphaSpending.Pocock => "like Pocock, nearly evenly",
        AlphaSpending.Linear => "evenly",
        _ => throw new ArgumentOutOfRangeException(nameof(spending), spending, "Unknown spending."),
    };

    private static TableSection Decisions(ExperimentResult result) => new()
    {
        Heading = "What this look says",
        Caption = "Decision by metric and arm",
        Columns = [new("metric"), new("arm"), new("decision"), new("p of this look alone", true), new("repeated p", true)],
        Rows = [.. result.Comparisons.Select(compared => new ReportRow(
        [
            new TextCell(compared.Metric.Name), new TextCell(compared.Variant),
            new TextCell(compared.Decision switch
            {
                PlannedLookDecision.Stop => "may stop: the boundary is passed",
                PlannedLookDecision.GoOn => "go on: the boundary is not passed",
                PlannedLookDecision.NotShown => "no effect shown: the boundary is not passed at the last look",
                null => compared.Difference.StatusName,
                _ => throw new InvalidOperationException($"Unknown decision {compared.Decision}."),
            }),
            new TextCell(FigureText.PValue(compared.Difference.PValue)), new TextCell(FigureText.PValue(compared.SequentialDifference?.PValue ?? double.NaN)),
        ]))],
        Note = "Each metric and arm by itself; Holm and BH over the repeated p. After stopping at a boundary the estimate tends to be too large: read the interval.",
    };

    private static TableSection Bootstrap(ExperimentResult result) => new()
    {
        Heading = "Bootstrap",
        Sentence = $"{FigureText.Count(result.Bootstrap?.Replicates ?? 0)} replicates over units, seed {result.Bootstrap?.Seed.Value}: percentile intervals for one look, beside those by formula.",
        Caption = "Intervals by bootstrap and by formula",
        Columns = [new("metric"), new("arm"), new("difference, bootstrap", true), new("difference, formula", true), new("lift, bootstrap", true)],
        Rows = [.. result.Comparisons.Where(compared => compared.BootstrapDifference is not null).Select(compared => new ReportRow(
        [
            new TextCell(compared.Metric.Name), new TextCell(compared.Variant),
            new TextCell(compared.BootstrapDifference is { } difference ? $"{FigureText.Significant(difference.Value, true)} ({FigureText.Significant(difference.Low, true)} to {FigureText.Significant(difference.High, true)})" : ""),
            new TextCell(ExperimentText.Difference(compared.Difference)),
            new TextCell(compared.BootstrapLift is { } lift ? $"{FigureText.Percent(lift.Value, true)} ({FigureText.Percent(lift.Low, true)} to {FigureText.Percent(lift.High, true)})" : ""),
        ]))],
        Note = "Where the two differ much, values have heavy tails or units are few. θ of covariates is taken as it is. Quantiles are over rows and have no bootstrap."
            + (result.Plan.Looks.Rule == LookRule.FixedHorizon ? "" : " These intervals do not hold over several looks."),
    };

    private static TableSection Novelty(ExperimentResult result) => new()
    {
        Heading = "Do effects fade or grow?",
        Sentence = $"Effect a unit and day on the first {result.ByDay[0].Days.Count / 2} days after exposure against the {result.ByDay[0].Days.Count - (result.ByDay[0].Days.Count / 2)} after them, over units that were seen on all of these days.",
        Caption = "Early and late effects",
        Columns = [new("metric"), new("arm"), new("units", true), new("early", true), new("late", true), new("late − early", true), new("p", true)],
        Rows = [.. result.ByDay.Select(entry => new ReportRow(
        [
            new TextCell(entry.Metric), new TextCell(entry.Variant), new TextCell(FigureText.Count(entry.ControlUnits + entry.TreatmentUnits)),
            new TextCell(ExperimentText.Difference(entry.Check.Early)), new TextCell(ExperimentText.Difference(entry.Check.Late)),
            new TextCell(ExperimentText.Difference(entry.Check.Change)), new TextCell(FigureText.PValue(entry.Check.Change.PValue)),
        ]))],
        Note = "An effect that changes may be novelty wearing off, or learning: one number for the whole period then misleads. Unadjusted, without caps, for one look; p is not corrected.",
    };

    private static ChartsSection Days(ExperimentResult result) => new()
    {
        Heading = "Effects by day after exposure",
        Sentence = "Difference on each day with the ends of its interval.",
        Charts = [.. result.ByDay.Where(entry => entry.Days.Any(day => double.IsFinite(day.Value))).Select(entry => new ReportChart(
            $"{entry.Metric}, {entry.Variant}",
            [.. entry.Days.Select((_, i) => FigureText.Count(i + 1))],
            [
                new ReportSeries("difference", [.. entry.Days.Select(day => day.Value)], SeriesWeight.Challenger),
                new ReportSeries("lower end", [.. entry.Days.Select(day => day.Low)], SeriesWeight.Other),
                new ReportSeries("upper end", [.. entry.Days.Select(day => day.High)], SeriesWeight.Other),
            ]))],
    };
}
