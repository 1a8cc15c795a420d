using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>Composes the report of an experiment: arms and split, estimates, segments, what was counted.</summary>
public static class ExperimentReport
{
    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="result">The experiment judged.</param>
    /// <param name="source">Name of the file.</param>
    public static ReportDocument Compose(ExperimentResult result, string source)
    {
        ArgumentNullException.ThrowIfNull(result);
        var plan = result.Plan;
        List<ReportSection> sections = [];
        if (Warnings(result) is { Count: > 0 } warnings) sections.Add(new NotesSection { Heading = "Read this first", Notes = warnings, IsWarning = true });
        sections.AddRange([Arms(result), Estimates(result)]);
        sections.AddRange(ExperimentMethodSections.Of(result));
        if (plan.Covariates.Count > 0) sections.Add(Adjustment(result));
        if (result.Comparisons.Any(compared => compared.Stratified is not null)) sections.Add(Strata(result));
        sections.Add(Beliefs(result));
        if (result.SegmentEffects.Count > 0) sections.AddRange(Segments(result));
        sections.AddRange([Counts(result), Methods(result)]);
        return new ReportDocument
        {
            Title = $"Experiment {source}",
            Facts = [$"{FigureText.Count(result.Units.Sum())} units", $"control {plan.Control}", $"{FigureText.Percent(1 - plan.Options.Alpha, decimals: 0)} intervals", ExperimentMethodSections.Fact(plan.Looks)],
            Sections = sections,
            Finding = Finding(result),
            FiguresJson = ExperimentJson.Write(result, source),
        };
    }

    // The effect that is surest, and whether the split lets it be believed.
    private static string Finding(ExperimentResult result)
    {
        if (result.SampleRatio.IsMismatch) return "Sample ratio mismatch: no effect is to be trusted.";
        var surest = result.Comparisons.Where(compared => double.IsFinite(compared.HolmP)).MinBy(compared => compared.HolmP);
        return surest is null ? "" : $"{surest.Metric.Name}, {surest.Variant}: {ExperimentText.Difference(surest.Difference)}, Holm p {FigureText.PValue(surest.HolmP)}.";
    }

    private static List<string> Warnings(ExperimentResult result)
    {
        List<string> warnings = [];
        if (result.SampleRatio.IsMismatch)
            warnings.Add($"Sample ratio mismatch: units did not fall into the arms as planned (p {FigureText.PValue(result.SampleRatio.PValue)}). Split or logging is broken; trust no effect below until the cause is found.");
        if (result.SampleRatio.UnitsInArmsWithoutWeight > 0)
            warnings.Add($"{FigureText.Count(result.SampleRatio.UnitsInArmsWithoutWeight)} units are in arms of weight 0: they are in neither the split's test nor any comparison.");
        foreach (var count in result.Hygiene.Where(count => count.IsWarning && count.Count > 0)) warnings.Add($"{FigureText.Count(count.Count)} {count.Meaning}.");
        foreach (var compared in result.Comparisons.Where(compared => compared.Guards.Count > 0))
            warnings.Add($"{compared.Metric.Name}, {compared.Variant}: {string.Join("; ", compared.Guards.Select(Guard))}.");
        return warnings;
    }

    private static string Guard(string name) => name switch
    {
        "arm_off" => "the arm has weight 0",
        "no_variance" => "no variance or fewer than two units in an arm, so no error, interval or p",
        "zero_baseline" => "control is 0, so no lift",
        "undefined" => "the figure is not defined in an arm",
        "few_units" => "fewer than 30 units in an arm: intervals by the normal approximation are rough",
        "few_conversions" => "fewer than 10 conversions, or non-conversions, in an arm: read the interval (Newcombe), not the lift",
        "one_unit_dominates" => "one unit carries over a quarter of an arm's squared deviation: cap the metric, or read it without that unit",
        "no_covariate_variance" => "the covariates do not vary: unadjusted",
        _ => name,
    };

    private static TableSection Arms(ExperimentResult result) => new()
    {
        Heading = "Arms",
        Sentence = $"Sample ratio: χ² {FigureText.Significant(result.SampleRatio.ChiSquare)}, {result.SampleRatio.DegreesOfFreedom} degrees of freedom, p {FigureText.PValue(result.SampleRatio.PValue)}: {(result.SampleRatio.IsMismatch ? "broken" : double.IsNaN(result.SampleRatio.PValue) ? "not tested" : "as planned")}.",
        Caption = "Units by arm",
        Columns = [new("arm"), new("units", true), new("expected", true), new("weight", true)],
        Rows = [.. result.Variants.Select((name, i) => new ReportRow(
            [new TextCell(name, name == result.Plan.Control ? "control" : null), new TextCell(FigureText.Count(result.Units[i])), new TextCell(FigureText.Number(result.SampleRatio.Expected[i], 1)), new TextCell(FigureText.Number(result.Weights[i], 4))]))],
    };

    private static TableSection Estimates(ExperimentResult result)
    {
        double Reach(Effect effect) => Math.Max(Math.Abs(effect.Low), Math.Abs(effect.High));
        var scale = result.Comparisons.Select(compared => Reach(compared.SequentialLift ?? compared.Lift)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return new TableSection
        {
            Heading = "Effects",
            Caption = "Each metric of each arm against control",
            Columns = [new("metric"), new("arm"), new("control", true), new("treatment", true), new("difference", true), new("lift", true), new("p", true), new("Holm", true), new("BH", true)],
            Rows = [.. result.Comparisons.Select(compared => new ReportRow(
            [
                new TextCell(compared.Metric.Name, compared.Metric.KindName),
                new TextCell(compared.Variant),
                new TextCell(FigureText.Significant(compared.Control.Mean)),
                new TextCell(FigureText.Significant(compared.Treatment.Mean)),
                new TextCell(ExperimentText.Difference(compared.SequentialDifference ?? compared.Difference)),
                ExperimentText.LiftCell(compared.SequentialLift ?? compared.Lift, scale),
                new TextCell(FigureText.PValue(compared.PValue)),
                new TextCell(FigureText.PValue(compared.HolmP)),
                new TextCell(FigureText.PValue(compared.BenjaminiHochbergP)),
            ]))],
            Note = ExperimentMethodSections.Note(result.Plan.Looks) + "Holm and BH (Benjamini and Hochberg) over all metrics and arms of this table. Means are unadjusted."
                + (result.Caps.Count == 0 ? "" : " Caps: " + string.Join(", ", result.Caps.Select(cap => $"{cap.Key} at {FigureText.Significant(cap.Value.Value)} ({FigureText.Count(cap.Value.CappedUnits)} units)")) + "."),
        };
    }

    private static TableSection Adjustment(ExperimentResult result) => new()
    {
        Heading = "What the covariates took away (CUPED)",
        Caption = "Effects before and after adjustment",
        Columns = [new("metric"), new("arm"), new("unadjusted difference", true), new("adjusted difference", true), new("variance taken away", true), new("θ", true)],
        Rows = [.. result.Comparisons.Where(compared => compared.Theta.Length > 0).Select(compared => new ReportRow(
        [
            new TextCell(compared.Metric.Name),
            new TextCell(compared.Variant),
            new TextCell(ExperimentText.Difference(compared.Unadjusted)),
            new TextCell(ExperimentText.Difference(compared.Difference)),
            new TextCell(FigureText.Percent(compared.VarianceReduction, decimals: 2)),
            new TextCell(string.Join(", ", compared.Theta.Select(theta => FigureText.Significant(theta)))),
        ]))],
    };

    private static TableSection Strata(ExperimentResult result) => new()
    {
        Heading = "Post-stratified",
        Caption = "Effects weighed over strata",
        Columns = [new("metric"), new("arm"), new("difference", true), new("p", true)],
        Rows = [.. result.Comparisons.Where(compared => compared.Stratified is not null).Select(compared => new ReportRow(
        [
            new TextCell(compared.Metric.Name),
            new TextCell(compared.Variant),
            new TextCell(compared.Stratified is { } effect ? ExperimentText.Difference(effect) : ""),
            new TextCell(FigureText.PValue(compared.Stratified?.PValue ?? double.NaN)),
        ]))],
    };

    private static TableSection Beliefs(ExperimentResult result)
    {
        var prior = result.Plan.Prior;
        return new TableSection
        {
            Heading = "As beliefs",
            Sentence = prior.IsProper ? $"Lift believed beforehand: {FigureText.Percent(prior.Mean, true)} ± {FigureText.Percent(Math.Sqrt(prior.Variance))}." : "Nothing believed of the lift beforehand (flat prior).",
            Caption = "Posterior of the lift",
            Note = "By the lift and its delta-method error at a fixed horizon, whatever looks were planned; p above is the difference's, and the two agree only where control's mean is known well.",
            Columns = [new("metric"), new("arm"), new("lift", true), new("chance to be higher", true), new("given up if kept", true), new("lost if shipped", true)],
            Rows = [.. result.Comparisons.Where(compared => compared.Posterior is not null).Select(compared => new ReportRow(
            [
                new TextCell(compared.Metric.Name),
                new TextCell(compared.Variant),
                new TextCell(compared.Posterior is { } belief ? $"{FigureText.Percent(belief.Mean, true)} ({FigureText.Percent(belief.Interval.Low, true)} to {FigureText.Percent(belief.Interval.High, true)})" : ""),
                new TextCell(FigureText.Probability(compared.Posterior?.ChanceToWin ?? double.NaN)),
                new TextCell(FigureText.Percent(compared.Posterior?.RiskOfKeeping ?? double.NaN, decimals: 2)),
                new TextCell(FigureText.Percent(compared.Posterior?.RiskOfShipping ?? double.NaN, decimals: 2)),
            ]))],
        };
    }

    private static TableSection[] Segments(ExperimentResult result) =>
    [
        new TableSection
        {
            Heading = "By segment",
            Caption = "Effects within segments",
            Columns = [new("metric"), new("arm"), new("segment"), new("units", true), new("difference", true), new("lift", true), new("p", true), new("BH", true)],
            Rows = [.. result.SegmentEffects.Select(effect => new ReportRow(
            [
                new TextCell(effect.Metric), new TextCell(effect.Variant), new TextCell(effect.Segment.Length == 0 ? "(none)" : effect.Segment),
                new TextCell(FigureText.Count(effect.Control.Count + effect.Treatment.Count)),
                new TextCell(ExperimentText.Difference(effect.Difference)), new TextCell(ExperimentText.Lift(effect.Lift)), new TextCell(FigureText.PValue(effect.Difference.PValue)), new TextCell(FigureText.PValue(effect.BenjaminiHochbergP)),
            ]))],
            Note = "BH over all rows of this table. A segment must have been known before exposure.",
        },
        new TableSection
        {
            Heading = "Do effects differ between segments?",
            Caption = "Cochran's Q by metric and arm",
            Columns = [new("metric"), new("arm"), new("Q", true), new("degrees of freedom", true), new("p", true)],
            Rows = [.. result.Heterogeneity.Select(test => new ReportRow(
                [new TextCell(test.Metric), new TextCell(test.Variant), new TextCell(FigureText.Significant(test.Q)), new TextCell(FigureText.Count(test.DegreesOfFreedom)), new TextCell(FigureText.PValue(test.PValue))]))],
        },
    ];

    private static TableSection Counts(ExperimentResult result) => new()
    {
        Heading = "What was counted",
        Caption = "Rows and units",
        Columns = [new("count", true), new("what")],
        Rows = [.. result.Hygiene.Select(count => new ReportRow([new TextCell(FigureText.Count(count.Count)), new TextCell(count.Meaning)]))],
    };

    private static DetailsSection Methods(ExperimentResult result) => new()
    {
        Heading = "How it was measured",
        Details =
        [
            new ReportDetail("Methods",
            [
                new("shares", "difference: p by the pooled z, interval Newcombe's method 10"),
                new("means, ratios, quantiles", "Welch's t; ratios by the delta method over units; quantiles of type 7 with a cluster factor over units"),
                new("lift", "difference over |control|, delta method, degrees of freedom of the difference"),
                new("covariates", result.Plan.Covariates.Count == 0 ? "none" : "CUPED, θ pooled over all arms; the lift divides by the unadjusted control mean"),
                new("definitions", "docs/metrics.md, Experiments"),
            ]),
        ],
    };
}
