using System.Runtime.ExceptionServices;
using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>
/// Judges runs by graded judgments. Order: <see cref="RankOrder"/>. Not judged, or graded below 0: no gain, but it keeps its rank. Queries without
/// judgments are left out and told; judged queries without results stay, with 0.
/// </summary>
public static class RunJudge
{
    /// <summary>Largest grade that 2^grade can be taken of without passing a double.</summary>
    public const int GradeMax = 1000;

    /// <summary>Judges runs on the same judgments.</summary>
    /// <param name="judgments">Grades.</param>
    /// <param name="runs">At least one.</param>
    /// <param name="metrics">What to compute.</param>
    /// <param name="options">Relevance level, depth, threads.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <returns>A judgement a run, all over the same queries.</returns>
    /// <exception cref="ArgumentException">No runs, a NaN score, or a grade above <see cref="GradeMax"/> (names query and document).</exception>
    public static IReadOnlyList<RunJudgement> Judge(
        QueryDocuments<int> judgments, IReadOnlyList<RankingRun> runs, IReadOnlyList<RankingMetric> metrics, RunJudgeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgments);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count, nameof(runs));
        var count = judgments.Queries.Count;
        var indexes = runs.Select(run => Match(judgments.Queries, run.Rows.Queries)).ToArray();
        var values = runs.Select(_ => metrics.Select(_ => new double[count]).ToArray()).ToArray();
        var (relevant, tied) = (new int[count], runs.Select(_ => new bool[count]).ToArray());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellationToken };
        void JudgeQuery(int query, QueryGrader grader)
        {
            grader.Start(query);
            relevant[query] = grader.RelevantCount;
            for (var run = 0; run < runs.Count; run++)
            {
                var index = indexes[run].Of[query];
                tied[run][query] = grader.Grade(runs[run], index);
                var ranking = grader.Ranking;
                for (var metric = 0; metric < metrics.Count; metric++)
                    values[run][metric][query] = index >= 0 || metrics[metric].HasValueWithoutResults ? metrics[metric].Of(ranking) : 0;
            }
        }

        (int Query, ExceptionDispatchInfo? Fault) first = (int.MaxValue, null);
        var gate = new Lock();
        Parallel.For(0, count, parallel, () => new QueryGrader(judgments, options), (query, state, grader) =>
        {
            try
            {
                JudgeQuery(query, grader);
            }
            catch (ArgumentException e)
            {
                // All queries above this one in the order are still judged: the first at fault is named at any number of threads.
                lock (gate)
                    if (query < first.Query) first = (query, ExceptionDispatchInfo.Capture(e));
                state.Break();
            }

            return grader;
        }, _ => { });
        first.Fault?.Throw();
        return
        [
            .. runs.Select((run, i) => new RunJudgement
            {
                Run = run.Name,
                Metrics = metrics,
                Queries = judgments.Queries,
                HasResults = [.. indexes[i].Of.Select(index => index >= 0)],
                RelevantCounts = relevant,
                Values = values[i],
                UnjudgedQueries = indexes[i].Unmatched,
                TiedCount = tied[i].Count(any => any),
                DroppedCount = run.Rows.DroppedCount,
            }),
        ];
    }

    /// <summary>Index in the run of each judged query, −1 where it has none, and the run's queries that nobody judged.</summary>
    private static (int[] Of, string[] Unmatched) Match(IReadOnlyList<string> judged, IReadOnlyList<string> found)
    {
        var places = new Dictionary<string, int>(found.Count, StringComparer.Ordinal);
        for (var i = 0; i < found.Count; i++) places.Add(found[i], i);
        var of = new int[judged.Count];
        for (var i = 0; i < of.Length; i++) of[i] = places.Remove(judged[i], out var place) ? place : -1;
        return (of, [.. found.Where(places.ContainsKey)]);
    }
}
