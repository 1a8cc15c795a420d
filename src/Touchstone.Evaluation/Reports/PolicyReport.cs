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
                string.Create(CultureInfo.InvariantCulture, $"Intervals at {options.Bootstrap.Level * 100:0.##} %: bootstrap over rounds ({options.Bootstrap.Replicates:#,##0} replicates, Poisson, seed {options.Bootstrap.Seed.Value}), normal, and empirical Bernstein (Maurer and Pontil 2009; holds at every size for the weights seen, and is wide)."),
                "Where λ was chosen from the data, intervals do not hold the doubt of that choice.",
            ],
        });
        return new ReportDocument
        {
            Title = $"What {target} would have earned, from {log}",
            Facts = [log, $"policy {target}", $"{FigureText.Count(evaluation.Weights.Rounds)} rounds"],
            Sections = sections,
            FiguresJson = PolicyJson.Write(evaluation, log, target, options),
        };
    }

    internal static string Figure(double value) => double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture).Replace('-', '\u2212') : FigureText.Undefined;

    internal static string Interval(Estimate? estimate) => estimate is null || !double.IsFinite(estimate.Low) ? FigureText.Undefined : $"{Figure(estimate.Low)} to {Figure(estimate.High)}";

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

    private static NotesSection Verdict(PolicyEvaluation evaluation)
    {
        var sound = evaluation.Estimates.Where(estimate => estimate.Status == EstimateStatus.Sound).ToList();
        var logged = $"The log itself earned {Figure(evaluation.Logged.Value)} a round ({Interval(evaluation.Logged)}).";
        return new NotesSection
        {
            Notes = evaluation.IsRefused
                ? [logged, "Refused: this log does not tell what the judged policy would have earned. What is missing stands below."]
                : [logged, $"{sound.Count} of {evaluation.Estimates.Count} estimators are sound on this log. Only an experiment can say ship; an estimate from a log can say try."],
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
                new ReportCard("rounds", FigureText.Count(weights.Rounds), $"{FigureText.Count(weights.RewardedRounds)} with reward and weight"),
                new ReportCard("effective sample size", FigureText.Number(weights.EffectiveSampleSize, 1), $"{FigureText.Percent(weights.EffectiveSampleSize / weights.Rounds)} of the rounds"),
                new ReportCard("mean weight", Figure(weights.MeanWeight), $"should be 1; standard error {Figure(weights.MeanWeightStandardError)}", Math.Abs(weights.MeanWeightScore) > 3 ? Tone.Bad : Tone.Plain),
                new ReportCard("largest weight", Figure(weights.MaximumWeight), weights.Heaviest.Count > 0 ? $"{FigureText.Percent(weights.Heaviest[0].Share)} of all weight" : "all weights are 0"),
                new ReportCard("weight 0", FigureText.Percent(weights.ZeroShare), "rounds whose action the policy never chooses"),
                new ReportCard("mass without support", Mass(evaluation.MassWithoutSupport, "not known"), double.IsNaN(evaluation.MassWithoutSupport) ? "give the logging policy (--logging FILE)" : "choices that the logging policy never makes", evaluation.MassWithoutSupport > 0 ? Tone.Bad : Tone.Plain),
                new ReportCard("mass never logged", Mass(evaluation.MassNeverLogged, "not known"), double.IsNaN(evaluation.MassNeverLogged) ? "give the judged policy by action (--target FILE)" : "choices that this log never shows in their context"),
            ],
        };
        if (evaluation.Warnings.Count > 0) yield return new NotesSection { Heading = "Mind", Notes = evaluation.Warnings, IsWarning = true };
        foreach (var section in WeightSections(weights)) yield return section;
    }

    internal static IEnumerable<ReportSection> WeightSections(WeightReport weights)
    {
        yield return new HistogramSection
        {
            Heading = "Weights",
            Description = "Histogram of importance weights by powers of 2: share of rounds (wide), and in front share of all weight",
            Bars = [.. weights.Bars.Select(bar => new HistogramBar(bar.UpTo == 0 ? "0" : Power(bar.UpTo), (double)bar.Count / weights.Rounds, bar.WeightShare, $"{Range(bar)}: {FigureText.Count(bar.Count)} rounds, {FigureText.Percent(bar.WeightShare)} of all weight"))],
        };
        yield return new TableSection
        {
            Caption = "Weights of the rounds",
            Columns = [new("weight"), new("rounds", true), new("share of rounds", true), new("share of weight", true)],
            Rows = [.. weights.Bars.Select(bar => Row(Range(bar), FigureText.Count(bar.Count), FigureText.Percent((double)bar.Count / weights.Rounds), FigureText.Percent(bar.WeightShare)))],
        };
        if (weights.Heaviest.Count == 0) yield break;
        yield return new TableSection
        {
            Heading = "Heaviest rounds",
            Caption = "Rounds with the largest weights, counted from 0",
            Columns = [new("round"), new("weight", true), new("share of weight", true), new("reward", true)],
            Rows = [.. weights.Heaviest.Take(5).Select(round => Row(round.Round.ToString(CultureInfo.InvariantCulture), Figure(round.Weight), FigureText.Percent(round.Share, false, 2), Figure(round.Reward)))],
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
                    new TextCell(Figure(estimate.Value), Full: estimate.Value.ToString("R", CultureInfo.InvariantCulture)),
                    estimate.Bootstrap is { } interval && double.IsFinite(interval.Low) ? new IntervalCell(Interval(interval), estimate.Value, interval.Low, interval.High, low, high) : new TextCell(FigureText.Undefined),
                    new TextCell(Interval(estimate.Normal)),
                    new TextCell(Interval(estimate.Bernstein)),
                    new TextCell(estimate.AgainstLog is { } against ? $"{(against.Value > 0 ? "+" : "")}{Figure(against.Value)} ({Interval(against)})" : FigureText.Undefined),
                    new TextCell(estimate.Estimator.Rule == WeightRule.None ? "" : Figure(estimate.MeanWeightUsed)),
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
        Rows = [.. estimate.Candidates.Select(candidate => new ReportRow([new TextCell(Figure(candidate.Parameter)), new TextCell(Figure(candidate.Value)), new TextCell(Figure(candidate.StandardError)), new TextCell(Figure(candidate.MeanWeight)), new TextCell(candidate.IsChosen ? "chosen" : "")], candidate.IsChosen))],
    };

    private static string NameOf(PolicyEstimator estimator) => estimator.Name.EndsWith(":auto", StringComparison.Ordinal) ? $"{estimator.Name} (λ {Figure(estimator.Parameter)})" : estimator.Name;

    private static ReportRow Row(params string[] cells) => new([.. cells.Select(cell => new TextCell(cell))]);

    private static string Range(WeightBar bar) => bar.UpTo == 0 ? "0" : double.IsInfinity(bar.UpTo) ? $"above {Figure(bar.Above)}" : $"{Figure(bar.Above)} to {Figure(bar.UpTo)}";

    private static string Power(double value) => double.IsInfinity(value) ? "more" : value >= 1 ? Figure(value) : "1/" + Figure(1 / value);
}
