using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Reports;

/// <summary>All that a report on judged runs tells.</summary>
public sealed record RankingEvidence
{
    /// <summary>Name of the file of judgments.</summary>
    public required string Qrels { get; init; }

    /// <summary>How many judgments there are.</summary>
    public required int JudgmentCount { get; init; }

    /// <summary>Largest grade.</summary>
    public required int MaximumGrade { get; init; }

    /// <summary>[run] names of the files.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>[run] judgements; the first is the baseline.</summary>
    public required IReadOnlyList<RunJudgement> Runs { get; init; }

    /// <summary>Differences to the baseline, by metric, then by run.</summary>
    public required IReadOnlyList<RunDifference> Differences { get; init; }

    /// <summary>How the runs were judged.</summary>
    public required RunJudgeOptions Judge { get; init; }

    /// <summary>How they were compared.</summary>
    public required RunComparisonOptions Comparison { get; init; }

    /// <summary>Whether the values of queries are told.</summary>
    public required bool WithQueries { get; init; }

    /// <summary>[run] what is shown of the catalogue; empty where no catalogue was given.</summary>
    public IReadOnlyList<RunCatalogueFigures> Catalogue { get; init; } = [];

    /// <summary>What else the reader should know first.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
