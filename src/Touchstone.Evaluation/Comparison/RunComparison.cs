using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>How runs are compared.</summary>
public sealed record RunComparisonOptions
{
    /// <summary>How queries are resampled, the confidence of the intervals, the seed.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>Turns of the randomisation test, from 1.</summary>
    public int Permutations { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Permutations counts from 1."); } = 10_000;

    /// <summary>What is held down over the runs that are compared with the baseline; each metric and test by itself.</summary>
    public PValueCorrection Correction { get; init; } = PValueCorrection.Holm;
}

/// <summary>A p-value as it is, and corrected for the number of runs compared; NaN where the test cannot be made.</summary>
/// <param name="Raw">As it is.</param>
/// <param name="Adjusted">Corrected.</param>
public readonly record struct TestedP(double Raw, double Adjusted);

/// <summary>How far one run is from the baseline in one metric, over all judged queries (0 without results).</summary>
public sealed record RunDifference
{
    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>What it is compared with.</summary>
    public required string Baseline { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Mean difference run − baseline, with the interval of the paired t.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>The t statistic.</summary>
    public required double T { get; init; }

    /// <summary>Paired t-test.</summary>
    public required TestedP Student { get; init; }

    /// <summary>Randomisation test.</summary>
    public required TestedP Randomisation { get; init; }

    /// <summary>Whether the randomisation test tried all signs.</summary>
    public required bool IsExact { get; init; }

    /// <summary>The difference with its percentile interval by the bootstrap over queries.</summary>
    public required Estimate Bootstrap { get; init; }

    /// <summary>Bootstrap test.</summary>
    public required TestedP BootstrapTest { get; init; }

    /// <summary>Queries in which the run is higher.</summary>
    public required int Wins { get; init; }

    /// <summary>Queries in which it is lower.</summary>
    public required int Losses { get; init; }

    /// <summary>Why there are no p-values and intervals; null where there are.</summary>
    public required string? Status { get; init; }
}

/// <summary>Runs beside the first of them, paired by query.</summary>
public static class RunComparison
{
    /// <summary>Compares in every metric that tells of quality as a mean.</summary>
    /// <param name="judgements">Judgements over the same queries by the same metrics; the first is the baseline.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <returns>By metric, then by run.</returns>
    /// <exception cref="ArgumentException">Judgements over other queries or by other metrics (names the run).</exception>
    public static IReadOnlyList<RunDifference> Compare(IReadOnlyList<RunJudgement> judgements, RunComparisonOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        ArgumentNullException.ThrowIfNull(options);
        List<RunDifference> differences = [];
        if (judgements.Count < 2) return differences;
        var baseline = judgements[0];
        foreach (var judgement in judgements)
        {
            if (!ReferenceEquals(judgement.Queries, baseline.Queries) && !judgement.Queries.SequenceEqual(baseline.Queries))
                throw new ArgumentException($"\"{judgement.Run}\" and \"{baseline.Run}\" were judged on other queries: judge both on the same.", nameof(judgements));
            if (!judgement.Metrics.Select(metric => metric.Name).SequenceEqual(baseline.Metrics.Select(metric => metric.Name)))
                throw new ArgumentException($"\"{judgement.Run}\" and \"{baseline.Run}\" were judged by other metrics: judge both by the same.", nameof(judgements));
        }

        for (var metric = 0; metric < baseline.Metrics.Count; metric++)
        {
            if (baseline.Metrics[metric] is not { IsQuality: true, Aggregate: QueryAggregate.Mean }) continue;
            var tests = judgements.Skip(1).Select(run => Test(run, baseline, metric, options, cancellationToken)).ToArray();
            double[] Adjust(Func<RunDifference, double> of) => MultipleTesting.Adjusted([.. tests.Select(of)], options.Correction);
            var (student, randomisation, bootstrap) = (Adjust(test => test.Student.Raw), Adjust(test => test.Randomisation.Raw), Adjust(test => test.BootstrapTest.Raw));
            differences.AddRange(tests.Select((test, i) => test with
            {
                Student = new TestedP(test.Student.Raw, student[i]),
                Randomisation = new TestedP(test.Randomisation.Raw, randomisation[i]),
                BootstrapTest = new TestedP(test.BootstrapTest.Raw, bootstrap[i]),
            }));
        }

        return differences;
    }

    private static RunDifference Test(RunJudgement run, RunJudgement baseline, int metric, RunComparisonOptions options, CancellationToken cancellation)
    {
        // A query in which either is not defined has no difference.
        double[] differences = [.. run.Values[metric].Zip(baseline.Values[metric], (left, right) => left - right).Where(double.IsFinite)];
        var (difference, t, p) = PairedTest.Student(differences, options.Bootstrap.Level);
        var status = differences.Length < 2 ? "fewer than two queries"
            : differences.All(value => value == 0) ? "no query differs"
            : double.IsNaN(t) ? "every query differs by the same"
            : null;
        var (randomisation, isExact) = status is null ? PairedTest.Randomisation(differences, options.Permutations, options.Bootstrap.Seed, options.Bootstrap.Threads, cancellation) : (double.NaN, false);
        var (interval, bootstrapP) = status is null ? Bootstrap(differences, difference, options, cancellation) : (difference with { Low = double.NaN, High = double.NaN }, double.NaN);
        return new RunDifference
        {
            Run = run.Run,
            Baseline = baseline.Run,
            Metric = run.Metrics[metric].Name,
            Difference = difference,
            T = t,
            Student = new TestedP(p, p),
            Randomisation = new TestedP(randomisation, randomisation),
            IsExact = isExact,
            Bootstrap = interval,
            BootstrapTest = new TestedP(bootstrapP, bootstrapP),
            Wins = differences.Count(value => value > 0),
            Losses = differences.Count(value => value < 0),
            Status = status,
        };
    }

    private static (Estimate Interval, double P) Bootstrap(double[] differences, Estimate difference, RunComparisonOptions options, CancellationToken cancellation)
    {
        var count = differences.Length;
        double[] centred = [.. differences.Select(value => value - difference.Value)];
        double[] squares = [.. centred.Select(value => value * value)];
        var sums = PairedBootstrap.Resample([centred, squares], options.Bootstrap, cancellation);
        double[] means = [.. sums.Replicates[0].Select(sum => difference.Value + (sum / count))];
        return (
            ReplicateEstimate.Percentile(difference.Value, means, options.Bootstrap.Level, count, "share"),
            PairedTest.BootstrapP(difference.Value, difference.StandardError, sums.Replicates[0], sums.Replicates[1], count));
    }
}
