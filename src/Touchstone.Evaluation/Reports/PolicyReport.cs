using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Evaluation.Reports;

/// <summary>Off-policy evaluation as a report, diagnostics first.</summary>
public static class PolicyReport
{
    /// <summary>Composes the page of a log of rounds.</summary>
    /// <param name="evaluation">What was found.</param>
    /// <param name="log">Name of the log.</param>
    /// <param name="target">Name of the judged policy.</param>
    /// <param name="options">How it was found.</param>
    public static ReportDocument Compose(PolicyEvaluation evaluation, string log, string target, OffPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(options);
        var sections = new List<ReportSection> { Verdict(evaluation) };
        sections.AddRange(Diagnostics(evaluation));
        sections.Add(Estimates(evaluation));
        var missing = Missing(evaluation.Estimates.Select(estimate => (estimate.Estimator.Name, estimate.Missing)));
        if (missing.Count > 0) sections.Add(new NotesSection { Heading = "What is missing", Notes = missing, IsWarning = true });
        sections.AddRange(evaluation.Estimates.Where(estimate => estimate.Candidates.Count > 0).Select(Candidates));
        sections.Add(new NotesSection
        {
            Heading = "How",
            Notes =
            [
                $"Reward model: {evaluation.Model}.",
                string.Create(CultureInfo.InvariantCulture, $"Intervals at {options.Bootstrap.Level * 100:0.##} %: bootstrap over {(evaluation.Clusters is null ? "rounds" : "clusters")} ({options.Bootstrap.Replicates:#,##0} replicates, Poisson, seed {options.Bootstrap.Seed.Value}), normal{(evaluation.Clusters is null ? ", and empirical Bernstein (Maurer and Pontil 2009; holds at every size for the weights seen, and is wide)" : " by sums over clusters; folds of a fitted reward model keep a cluster together")}."),
                "Where λ was chosen from the data, intervals do not hold the doubt of that choice.",
            ],
        });
        return new ReportDocument
        {
            Title = $"What {target} would have earned, from {log}",
            Facts = [log, $"policy {target}", $"{FigureText.Count(evaluation.Weights.Rounds)} rounds"],
            Sections = sections,
            Finding = evaluation.Estimates.Where(estimate => estimate.Status == EstimateStatus.Sound).OrderBy(estimate => estimate.Estimator.IsBiased).FirstOrDefault() is { } first
                ? $"{NameOf(first.Estimator)}: {FigureText.Significant(first.Value)} a round ({Interval(first.Bootstrap)}), the log earned {FigureText.Significant(evaluation.Logged.Value)}."
                : "Refused: this log does not tell what the policy would have earned.",
            FiguresJson = PolicyJson.Write(evaluation, log, target, options),
        };
    }

    internal static string Interval(Estimate? estimate) => estimate is null || !double.IsFinite(estimate.Low) ? FigureText.Undefined : $"{FigureText.Significant(estimate.Low)} to {FigureText.Significant(estimate.High)}";

    /// <summary>What is missing, a sentence with the estimators that miss it.</summary>
    internal static IReadOnlyList<string> Missing(IEnumerable<(string Name, IReadOnlyList<string> Missing)> estimates) =>
    [
        .. estimates.SelectMany(estimate => estimate.Missing.Select(sentence => (estimate.Name, Sentence: sentence))).GroupBy(pair => pair.Sentence, StringComparer.Ordinal)
            .Select(group => group.Key.StartsWith(group.First().Name, StringComparison.Ordinal) ? group.Key : $"{string.Join(", ", group.Select(pair => pair.Name))}: {group.Key}"),
    ];

    internal static string Word(EstimateStatus status) => status switch
    {
        EstimateStatus.Sound => "ok",
        EstimateStatus.Refused => "refused",
        EstimateStatus.Undefined => "undefined",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Unknown status."),
    };

    // Their intervals say how the estimate varies, not how far it lies off.
    private static string Biased(IReadOnlyList<PolicyEstimate> sound)
    {
        var names = sound.Where(estimate => estimate.Estimator.IsBiased).Select(estimate => estimate.Estimator.Name).ToList();
        return names.Count == 0 ? "" : $" Biased by design, by an amount that their intervals do not hold: {string.Join(", ", names)}; where they lie apart from the others, believe the others.";
    }

    private static NotesSection Verdict(PolicyEvaluation evaluation)
    {
        var sound = evaluation.Estimates.Where(estimate => estimate.Status == EstimateStatus.Sound).ToList();
        var logged = $"The log itself earned {FigureText.Significant(evaluation.Logged.Value)} a round ({Interval(evaluation.Logged)}).";
        return new NotesSection
        {
            Notes = evaluation.IsRefused
                ? [logged, "Refused: this log does not tell what the judged policy would have earned. What is missing stands below."]
                : [logged, $"{sound.Count} of {evaluation.Estimates.Count} estimators have what they need from this log.{Biased(sound)} Only an experiment can say ship; an estimate from a log can say try."],
            IsWarning = evaluation.IsRefused,
        };
    }

    private static IEnumerable<ReportSection> Diagnostics(PolicyEvaluation evaluation)
    {
        var weights = evaluation.Weights;
        string Mass(double mass, string unknown) => double.IsNaN(mass) ? unknown : FigureText.Percent(mass);
        yield return new CardsSection
        {
            Heading = "Diagnostics",
            Cards =
            [
                .. WeightCards(weights, "round"),
                .. ClusterCards(evaluation.Clusters, "round"),
                new ReportCard("weight 0", FigureText.Percent(weights.ZeroShare), "rounds whose action the policy never chooses"),
                new ReportCard("mass without support", Mass(evaluation.MassWithoutSupport, "not known"), double.IsNaN(evaluation.MassWithoutSupport) ? "give the logging policy (--logging FILE)" : "choices that the logging policy never makes", evaluation.MassWithoutSupport > 0 ? Tone.Bad : Tone.Plain),
                new ReportCard("mass never logged", Mass(evaluation.MassNeverLogged, "not known"), double.IsNaN(evaluation.MassNeverLogged) ? "give the judged policy by action (--target FILE)" : "choices that this log never shows in their context"),
            ],
        };
        if (evaluation.Warnings.Count > 0) yield return new NotesSection { Heading = "Mind", Notes = evaluation.Warnings, IsWarning = true };
        foreach (var section in WeightSections(weights, "round")) yield return section;
    }

    /// <summary>What the weights of a log look like at a glance.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="unit">What a weight belongs to: round, slate.</param>
    internal static IEnumerable<ReportCard> WeightCards(WeightReport weights, string unit) =>
    [
        new($"{unit}s", FigureText.Count(weights.Rounds), $"{FigureText.Count(weights.RewardedRounds)} with reward and weight"),
        new("effective sample size", FigureText.Number(weights.EffectiveSampleSize, 1), $"{FigureText.Percent(weights.EffectiveSampleSize / weights.Rounds)} of the {unit}s"),
        new("mean weight", FigureText.Significant(weights.MeanWeight), $"should be 1; standard error {FigureText.Significant(weights.MeanWeightStandardError)}", Math.Abs(weights.MeanWeightScore) > 3 ? Tone.Bad : Tone.Plain),
        new("largest weight", FigureText.Significant(weights.MaximumWeight), weights.Heaviest.Count > 0 ? $"{FigureText.Percent(weights.Heaviest[0].Share)} of all weight" : "all weights are 0"),
    ];

    /// <summary>Whose rounds they are, where the log says.</summary>
    internal static IEnumerable<ReportCard> ClusterCards(ClusterReport? clusters, string unit) => clusters is null ? [] :
    [
        new("clusters (shoppers)", FigureText.Count(clusters.Count), $"say as much as {FigureText.Number(clusters.Effective, 1)} of equal weight; the largest has {FigureText.Count(clusters.LargestRounds)} {unit}s"),
    ];

    /// <summary>How the weights of a log are spread, and the heaviest of them.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="unit">What a weight belongs to: round, slate.</param>
    internal static IEnumerable<ReportSection> WeightSections(WeightReport weights, string unit)
    {
        yield return new TableSection
        {
            Heading = "Weights",
            Caption = $"Weights of the {unit}s",
            Columns = [new("weight"), new($"{unit}s", true), new($"share of {unit}s", true), new("share of weight", true)],
            Rows = [.. weights.Bars.Select(bar => Row(Range(bar), FigureText.Count(bar.Count), FigureText.Percent((double)bar.Count / weights.Rounds), FigureText.Percent(bar.WeightShare)))],
        };
        yield return new HistogramSection
        {
            Description = $"Histogram of importance weights by powers of 2: share of {unit}s (wide), and in front share of all weight",
            Bars = [.. weights.Bars.Select(bar => new HistogramBar(bar.UpTo == 0 ? "0" : Power(bar.UpTo), (double)bar.Count / weights.Rounds, bar.WeightShare, $"{Range(bar)}: {FigureText.Count(bar.Count)} {unit}s, {FigureText.Percent(bar.WeightShare)} of all weight"))],
        };
        if (weights.Heaviest.Count == 0) yield break;
        yield return new TableSection
        {
            Heading = $"Heaviest {unit}s",
            Caption = $"{char.ToUpperInvariant(unit[0])}{unit[1..]}s with the largest weights, counted from 0",
            Columns = [new(unit), new("weight", true), new("share of weight", true), new("reward", true)],
            Rows = [.. weights.Heaviest.Take(5).Select(round => Row(round.Round.ToString(CultureInfo.InvariantCulture), FigureText.Significant(round.Weight), FigureText.Percent(round.Share, false, 2), FigureText.Significant(round.Reward)))],
        };
    }

    private static TableSection Estimates(PolicyEvaluation evaluation)
    {
        var shown = evaluation.Estimates.Where(estimate => estimate.Bootstrap is { } interval && double.IsFinite(interval.Low)).SelectMany(estimate => (double[])[estimate.Bootstrap?.Low ?? 0, estimate.Bootstrap?.High ?? 0]).DefaultIfEmpty(0).ToList();
        var (low, high) = (Math.Min(0, shown.Min()), Math.Max(shown.Max(), shown.Min() + 1e-12));
        return new TableSection
        {
            Heading = "Value of the judged policy",
            Sentence = "Mean reward a round.",
            Caption = "Estimates with their intervals",
            Columns = [new("estimator"), new("value", true), new("bootstrap interval"), new("normal", true), new("empirical Bernstein", true), new("against the log", true), new("mean weight used", true), new("status")],
            Rows =
            [
                .. evaluation.Estimates.Select(estimate => new ReportRow(
                [
                    new TextCell(NameOf(estimate.Estimator)),
                    new TextCell(FigureText.Significant(estimate.Value), Full: estimate.Value.ToString("R", CultureInfo.InvariantCulture)),
                    estimate.Bootstrap is { } interval && double.IsFinite(interval.Low) ? new IntervalCell(Interval(interval), estimate.Value, interval.Low, interval.High, low, high) : new TextCell(FigureText.Undefined),
                    new TextCell(Interval(estimate.Normal)),
                    new TextCell(Interval(estimate.Bernstein)),
                    new TextCell(estimate.AgainstLog is { } against ? $"{FigureText.Significant(against.Value, true)} ({Interval(against)})" : FigureText.Undefined),
                    new TextCell(estimate.Estimator.Rule == WeightRule.None ? "" : FigureText.Significant(estimate.MeanWeightUsed)),
                    new TextCell(Word(estimate.Status), estimate.Status == EstimateStatus.Sound && estimate.Estimator.IsBiased ? "biased" : null),
                ])),
            ],
        };
    }

    private static TableSection Candidates(PolicyEstimate estimate) => new()
    {
        Heading = $"Choice of λ for {estimate.Estimator.Name}",
        Sentence = "SLOPE goes from the least biased to the most, as long as the estimates agree within their errors and keep half the weight.",
        Caption = $"Candidates for λ of {estimate.Estimator.Name}",
        Columns = [new("λ"), new("value", true), new("standard error", true), new("mean weight used", true), new("")],
        Rows = [.. estimate.Candidates.Select(candidate => new ReportRow([new TextCell(FigureText.Significant(candidate.Parameter)), new TextCell(FigureText.Significant(candidate.Value)), new TextCell(FigureText.Significant(candidate.StandardError)), new TextCell(FigureText.Significant(candidate.MeanWeight)), new TextCell(candidate.IsChosen ? "chosen" : "")], candidate.IsChosen))],
    };

    private static string NameOf(PolicyEstimator estimator) => estimator.Name.EndsWith(":auto", StringComparison.Ordinal) ? $"{estimator.Name} (λ {FigureText.Significant(estimator.Parameter)})" : estimator.Name;

    private static ReportRow Row(params string[] cells) => new([.. cells.Select(cell => new TextCell(cell))]);

    private static string Range(WeightBar bar) => bar.UpTo == 0 ? "0" : double.IsInfinity(bar.UpTo) ? $"above {Power(bar.Above)}" : $"{Power(bar.Above)} to {Power(bar.UpTo)}";

    // Bars end at powers of 2.
    private static string Power(double value) => double.IsInfinity(value) ? "more" : value is >= 1 or 0 ? FigureText.Count(value) : "1/" + FigureText.Count(1 / value);
}
