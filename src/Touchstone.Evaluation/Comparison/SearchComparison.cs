using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>One system's metric with its interval and its distance from the baseline.</summary>
/// <param name="System">The system.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Own">Mean over the queries with an interval.</param>
/// <param name="Difference">System − baseline on the same queries; null for the baseline itself.</param>
public sealed record SearchFigure(string System, string Metric, Estimate Own, Estimate? Difference);

/// <summary>Searchers side by side: means over the same queries, intervals by paired bootstrap over queries.</summary>
public static class SearchComparison
{
    /// <summary>Compares runs with the first of them.</summary>
    /// <param name="runs">Runs over the same queries; the first is the baseline.</param>
    /// <param name="withPositivesOnly">Leave queries without a relevant product out (<c>with-positives</c>), or keep them at 0 (<c>trec</c>).</param>
    /// <param name="options">How queries are resampled.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <returns>Figures by system, then by metric in <see cref="SearchJudge.Metrics"/>'s order.</returns>
    /// <exception cref="ArgumentException">Runs over other queries, or no query is left.</exception>
    public static IReadOnlyList<SearchFigure> Compare(IReadOnlyList<SearchRun> runs, bool withPositivesOnly, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var run in runs)
            if (!run.Queries.SequenceEqual(runs[0].Queries)) throw new ArgumentException($"\"{run.System}\" and \"{runs[0].System}\" were judged on other queries: judge both on the same.", nameof(runs));
        int[] chosen = [.. Enumerable.Range(0, runs[0].Queries.Count).Where(query => !withPositivesOnly || runs[0].HasPositive[query])];
        if (chosen.Length == 0) throw new ArgumentException("No query has a relevant product: there is nothing to compare.", nameof(runs));
        double[][] columns = [.. runs.SelectMany(run => SearchJudge.Metrics.Select(metric => chosen.Select(query => run.Values[metric][query]).ToArray()))];
        var sums = PairedBootstrap.Resample(columns, options, cancellationToken);
        var figures = new List<SearchFigure>();
        for (var at = 0; at < columns.Length; at++)
        {
            var (run, metric) = (at / SearchJudge.Metrics.Count, SearchJudge.Metrics[at % SearchJudge.Metrics.Count]);
            var baseline = at % SearchJudge.Metrics.Count;
            Estimate Of(double total, IEnumerable<double> replicates) => ReplicateEstimate.Percentile(
                total / chosen.Length, [.. replicates.Select(sum => sum / chosen.Length)], options.Level, chosen.Length, "share");
            figures.Add(new SearchFigure(
                runs[run].System,
                metric,
                Of(sums.Totals[at], sums.Replicates[at]),
                run == 0 ? null : Of(sums.Totals[at] - sums.Totals[baseline], sums.Replicates[at].Zip(sums.Replicates[baseline], (left, right) => left - right))));
        }

        return figures;
    }
}
