using System.Globalization;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Reports;

/// <summary>Judged runs as a report.</summary>
public static class RankingReport
{
    private const int NamesShown = 5;

    /// <summary>The document, ready to be rendered; its figures as JSON are in it.</summary>
    public static ReportDocument Compose(RankingEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var first = evidence.Runs[0];
        List<ReportSection> sections = [];
        if (Warnings(evidence) is { Count: > 0 } warnings) sections.Add(new NotesSection { Heading = "Read this first", Notes = warnings, IsWarning = true });
        sections.Add(Means(evidence));
        if (evidence.Differences.Count > 0) sections.Add(Differences(evidence));
        if (evidence.Catalogue.Count > 0) sections.Add(Catalogue(evidence.Catalogue));
        if (evidence.WithQueries) sections.AddRange(evidence.Runs.Select(Queries));
        sections.Add(new NotesSection { Heading = "How it was measured", Notes = [.. Method(evidence)] });
        return new ReportDocument
        {
            Title = $"Ranking of {string.Join(", ", evidence.Runs.Select(run => run.Run))}",
            Facts = [evidence.Qrels, $"{FigureText.Count(first.Queries.Count)} judged queries", $"{FigureText.Count(evidence.JudgmentCount)} judgments"],
            Sections = sections,
            Finding = Finding(evidence),
            FiguresJson = RankingJson.Write(evidence),
        };
    }

    private static string Finding(RankingEvidence evidence)
    {
        var (metric, baseline) = (evidence.Runs[0].Metrics[0], evidence.Runs[0]);
        return evidence.Differences.Count > 0 && evidence.Differences[0] is var first
            ? $"{first.Metric}: {first.Run} {FigureText.Metric(first.Bootstrap.Value, true)} ({FigureText.Metric(first.Bootstrap.Low, true)} to {FigureText.Metric(first.Bootstrap.High, true)}) against {baseline.Run}."
            : $"{metric.Name} {FigureText.Metric(baseline.Means(0).OverJudged)} over all judged queries.";
    }

    /// <summary>A value of a metric in words: counts in full, the rest to four decimals.</summary>
    internal static TextCell Cell(RankingMetric metric, double value) =>
        new(metric.Aggregate == QueryAggregate.Sum ? FigureText.Count(value) : FigureText.Metric(value), Full: value.ToString("R", CultureInfo.InvariantCulture));

    private static TableSection Means(RankingEvidence evidence)
    {
        List<ReportColumn> columns = [new("metric")];
        foreach (var run in evidence.Runs) columns.AddRange([new($"{run.Run}: with results ({FigureText.Count(run.CommonCount)})", true), new($"all judged ({FigureText.Count(run.Queries.Count)})", true)]);
        List<ReportRow> rows = [];
        for (var metric = 0; metric < evidence.Runs[0].Metrics.Count; metric++)
        {
            var one = evidence.Runs[0].Metrics[metric];
            List<ReportCell> cells = [new TextCell(one.Name)];
            foreach (var means in evidence.Runs.Select(run => run.Means(metric))) cells.AddRange([Cell(one, means.OverCommon), Cell(one, means.OverJudged)]);
            rows.Add(new ReportRow(cells));
        }

        return new TableSection
        {
            Heading = "Figures",
            Sentence = "Each as two means: over the judged queries with results, and over all judged queries, where those without results count 0.",
            Caption = "Metrics of each run",
            Columns = columns,
            Rows = rows,
        };
    }

    private static TableSection Differences(RankingEvidence evidence)
    {
        var intervals = evidence.Differences.Select(difference => difference.Bootstrap).Where(one => double.IsFinite(one.Low)).ToList();
        var (low, high) = (Math.Min(0, intervals.Select(one => one.Low).DefaultIfEmpty(0).Min()), Math.Max(0, intervals.Select(one => one.High).DefaultIfEmpty(0).Max()));
        var room = Math.Max(high - low, 1e-4) * 0.04;
        return new TableSection
        {
            Heading = $"Against {evidence.Runs[0].Run}",
            Sentence = $"Paired by query over all judged queries; intervals at {FigureText.Percent(evidence.Comparison.Bootstrap.Level, decimals: 0)} by bootstrap over queries. p-values are corrected for {FigureText.Count(evidence.Runs.Count - 1)} compared {(evidence.Runs.Count == 2 ? "run" : "runs")} ({Correction(evidence.Comparison.Correction)}), each metric and test by itself.",
            Caption = "Differences to the baseline",
            Columns = [new("metric"), new("run"), new("difference"), new("better in", true), new("worse in", true), new("p, paired t", true), new("p, randomisation", true), new("p, bootstrap", true)],
            Rows =
            [
                .. evidence.Differences.Select(difference => new ReportRow(
                [
                    new TextCell(difference.Metric),
                    new TextCell(difference.Run),
                    difference.Status is null
                        ? new IntervalCell($"{FigureText.Metric(difference.Bootstrap.Value, true)}, {FigureText.Metric(difference.Bootstrap.Low, true)} to {FigureText.Metric(difference.Bootstrap.High, true)}", difference.Bootstrap.Value, difference.Bootstrap.Low, difference.Bootstrap.High, low - room, high + room)
                        : new TextCell($"{FigureText.Metric(difference.Difference.Value, true)}; no test: {difference.Status}"),
                    new TextCell(FigureText.Count(difference.Wins)),
                    new TextCell(FigureText.Count(difference.Losses)),
                    P(difference.Student),
                    P(difference.Randomisation),
                    P(difference.BootstrapTest),
                ])),
            ],
        };
    }

    private static TableSection Catalogue(IReadOnlyList<RunCatalogueFigures> catalogue) => new()
    {
        Heading = "What is shown of the catalogue",
        Caption = "Catalogue figures of each run",
        Columns = [new("figure"), .. catalogue.Select(run => new ReportColumn(run.Run, true))],
        Rows =
        [
            .. catalogue[0].Figures.Select((figure, i) => new ReportRow(
            [
                new TextCell(figure.Metric),
                .. catalogue.Select(run => new TextCell(FigureText.Number(run.Figures[i].Value, 4), Full: run.Figures[i].Value.ToString("R", CultureInfo.InvariantCulture))),
            ])),
        ],
        Note = string.Join(" ", catalogue.Where(run => run.StrangerCount > 0).Select(run => $"{run.Run} shows {FigureText.Count(run.StrangerCount)} products that the catalogue does not have: left out.")) is { Length: > 0 } note ? note : null,
    };

    private static TableSection Queries(RunJudgement run) => new()
    {
        Heading = $"Queries of {run.Run}",
        Caption = $"Values of each query of {run.Run}",
        Columns = [new("query"), .. run.Metrics.Where(PerQuery).Select(metric => new ReportColumn(metric.Name, true))],
        Rows =
        [
            .. Enumerable.Range(0, run.Queries.Count).Select(query => new ReportRow(
            [
                new TextCell(run.Queries[query], run.HasResults[query] ? null : "no results"),
                .. Enumerable.Range(0, run.Metrics.Count).Where(metric => PerQuery(run.Metrics[metric])).Select(metric => Cell(run.Metrics[metric], run.Values[metric][query])),
            ])),
        ],
    };

    /// <summary>Whether a value a query says more than the figure of all.</summary>
    internal static bool PerQuery(RankingMetric metric) => metric.Aggregate != QueryAggregate.GeometricMean && metric.Name != "num_q";

    /// <summary>What the reader should know first: what was found while reading, then what the runs themselves show.</summary>
    internal static IReadOnlyList<string> Warnings(RankingEvidence evidence) => [.. evidence.Warnings, .. OfRuns(evidence)];

    private static IEnumerable<string> OfRuns(RankingEvidence evidence)
    {
        foreach (var run in evidence.Runs)
        {
            if (run.CommonCount == 0) yield return $"{run.Run} has no query that is judged: its means over queries with results are not defined. Check that run and judgments use the same query ids.";
            if (run.UnjudgedQueries.Count > 0)
                yield return $"{run.Run} has {FigureText.Count(run.UnjudgedQueries.Count)} {Plural(run.UnjudgedQueries.Count, "query", "queries")} without any judgment, left out: {Names(run.UnjudgedQueries)}.";
            string[] missing = [.. run.Queries.Where((_, query) => !run.HasResults[query])];
            if (missing.Length > 0)
                yield return $"{run.Run} has no results for {FigureText.Count(missing.Length)} judged {Plural(missing.Length, "query", "queries")}: {Names(missing)}.";
            if (run.DroppedCount > 0) yield return $"{run.Run}: {FigureText.Count(run.DroppedCount)} second {Plural(run.DroppedCount, "copy", "copies")} of documents dropped.";
            if (run.TiedCount > 0) yield return $"{run.Run} gives equal scores in {FigureText.Count(run.TiedCount)} {Plural(run.TiedCount, "query", "queries")}: ordered by document id, descending; tie_aware_ndcg@k takes the mean over all orders.";
        }

        var without = evidence.Runs[0].WithoutRelevantCount;
        if (without > 0) yield return $"{FigureText.Count(without)} judged {Plural(without, "query has", "queries have")} no relevant document: 0 in every metric, and in the means.";
    }

    private static IEnumerable<string> Method(RankingEvidence evidence)
    {
        yield return "Order: score descending, equal scores by document id descending (ordinal UTF-8). Not judged or graded below 0: no gain, but it keeps its rank.";
        yield return string.Create(CultureInfo.InvariantCulture, $"Relevant from grade {evidence.Judge.RelevanceLevel}; largest grade {evidence.MaximumGrade}; {(evidence.Judge.Depth == int.MaxValue ? "whole lists" : $"the first {evidence.Judge.Depth} of each list")}.");
        if (evidence.Differences.Count > 0)
        {
            var options = evidence.Comparison;
            yield return string.Create(CultureInfo.InvariantCulture, $"Bootstrap: {options.Bootstrap.Replicates} replicates (studentised p); randomisation: {options.Permutations} turns, or all signs where they are fewer; seed {options.Bootstrap.Seed.Value}.");
        }
    }

    private static TextCell P(TestedP p) => new(FigureText.PValue(p.Adjusted), Full: p.Adjusted.ToString("R", CultureInfo.InvariantCulture));

    private static string Correction(PValueCorrection correction) => correction == PValueCorrection.Holm ? "Holm" : "Benjamini–Hochberg";

    private static string Plural(int count, string one, string more) => count == 1 ? one : more;

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? ", …" : "");
}
