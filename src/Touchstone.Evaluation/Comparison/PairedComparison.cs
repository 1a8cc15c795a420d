using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>One metric of challenger against champion on the same units.</summary>
public sealed record ComparedMetric
{
    /// <summary>Name, e.g. <c>ndcg@10</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The challenger's own figure.</summary>
    public required Estimate Challenger { get; init; }

    /// <summary>The champion's own figure.</summary>
    public required Estimate Champion { get; init; }

    /// <summary>Challenger − champion, in the metric's unit.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>(challenger − champion) / champion, a share; null where the champion's figure is 0 on the sample.</summary>
    public required Estimate? RelativeDifference { get; init; }

    /// <summary>Share of replicates in which the challenger is better.</summary>
    public required double ProbabilityBetter { get; init; }

    /// <summary>[replicate] the difference, kept for what is computed from it.</summary>
    public required double[] DifferenceReplicates { get; init; }
}

/// <summary>Challenger against champion, paired by unit.</summary>
public sealed record PairedComparison
{
    /// <summary>Challenger's name.</summary>
    public required string Challenger { get; init; }

    /// <summary>Champion's name.</summary>
    public required string Champion { get; init; }

    /// <summary>How both were judged.</summary>
    public required RankingProtocol Protocol { get; init; }

    /// <summary>How units were resampled.</summary>
    public required BootstrapOptions Options { get; init; }

    /// <summary>Units compared.</summary>
    public required int UnitCount { get; init; }

    /// <summary>The metrics, in the order asked for; those that the data cannot feed are absent.</summary>
    public required IReadOnlyList<ComparedMetric> Metrics { get; init; }

    /// <summary>A metric by name, or null.</summary>
    public ComparedMetric? Find(string metric) => Metrics.FirstOrDefault(compared => compared.Metric == metric);

    /// <summary>Compares two results of one protocol on the same cases.</summary>
    /// <param name="challenger">The new model's result.</param>
    /// <param name="champion">The result it must beat.</param>
    /// <param name="metrics">Names as <see cref="RankingResult.Columns"/> takes them.</param>
    /// <param name="options">How units are resampled.</param>
    /// <param name="currency">Unit of the money metrics.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <exception cref="InvalidOperationException">Other protocols, or other cases (names the first that differs).</exception>
    public static PairedComparison Compare(
        RankingResult challenger,
        RankingResult champion,
        IReadOnlyList<string> metrics,
        BootstrapOptions options,
        string currency = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenger);
        ArgumentNullException.ThrowIfNull(champion);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(options);
        RequireSameCases(challenger, champion);
        List<(string Metric, RatioColumns Challenger, RatioColumns Champion)> fed = [];
        foreach (var metric in metrics)
            if (challenger.Columns(metric) is { } left && champion.Columns(metric) is { } right) fed.Add((metric, left, right));
        List<double[]> columns = [];
        foreach (var (_, left, right) in fed) columns.AddRange([left.Numerator, right.Numerator, left.Denominator]);
        var sums = PairedBootstrap.Resample(columns, options, cancellationToken);
        return new PairedComparison
        {
            Challenger = challenger.Model,
            Champion = champion.Model,
            Protocol = challenger.Protocol,
            Options = options,
            UnitCount = challenger.Count,
            Metrics = [.. fed.Select((entry, i) => From(entry.Metric, sums, 3 * i, IsMoney(entry.Metric) ? currency : "share"))],
        };
    }

    private static bool IsMoney(string metric) =>
        metric.StartsWith("margin@", StringComparison.Ordinal) || metric.StartsWith("revenue@", StringComparison.Ordinal);

    private static void RequireSameCases(RankingResult challenger, RankingResult champion)
    {
        RankingProtocol.RequireSame(challenger.Protocol, champion.Protocol);
        if (challenger.Count != champion.Count)
            throw new InvalidOperationException($"\"{challenger.Model}\" was judged on {challenger.Count} cases and \"{champion.Model}\" on {champion.Count}: judge both on the same.");
        for (var i = 0; i < challenger.Count; i++)
        {
            if (challenger.Units[i] != champion.Units[i] || challenger.PurchasesJudged[i] != champion.PurchasesJudged[i])
                throw new InvalidOperationException($"Case {i} of \"{challenger.Model}\" is \"{challenger.Units[i]}\" and of \"{champion.Model}\" \"{champion.Units[i]}\", or their judged products differ: judge both on the same.");
        }
    }

    private static ComparedMetric From(string metric, ResampledSums sums, int at, string unit)
    {
        var count = sums.Options.Replicates;
        var (left, right, difference, relative) = (new double[count], new double[count], new double[count], new double[count]);
        for (var r = 0; r < count; r++)
        {
            left[r] = sums.Replicates[at][r] / sums.Replicates[at + 2][r];
            right[r] = sums.Replicates[at + 1][r] / sums.Replicates[at + 2][r];
            difference[r] = left[r] - right[r];
            // A replicate in which the champion captures nothing has no ratio: the interval is then undefined.
            relative[r] = right[r] == 0 ? double.NaN : difference[r] / right[r];
        }

        var (challenger, champion) = (sums.Totals[at] / sums.Totals[at + 2], sums.Totals[at + 1] / sums.Totals[at + 2]);
        Estimate Of(double value, double[] replicates, string of) =>
            ReplicateEstimate.Percentile(value, replicates, sums.Options.Level, sums.UnitCount, of);
        return new ComparedMetric
        {
            Metric = metric,
            Challenger = Of(challenger, left, unit),
            Champion = Of(champion, right, unit),
            Difference = Of(challenger - champion, difference, unit),
            RelativeDifference = champion == 0 ? null : Of((challenger - champion) / champion, relative, "share"),
            ProbabilityBetter = ReplicateEstimate.ProbabilityAboveZero(difference),
            DifferenceReplicates = difference,
        };
    }
}
