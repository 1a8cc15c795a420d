using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Scores;

/// <summary>A group of rows with alike probabilities, and how far their rate may lie off.</summary>
/// <param name="Bin">Rows, mean probability, rate.</param>
/// <param name="Rate">Wilson's interval of the rate, rows taken as independent.</param>
public sealed record ReliabilityRow(CalibrationBin Bin, Interval Rate);

/// <summary>What a score says as a probability; all intervals cluster by group where there are groups.</summary>
public sealed record ProbabilityFigures
{
    /// <summary>Log loss, nats a row.</summary>
    public required Estimate LogLoss { get; init; }

    /// <summary>Log loss over that of always saying the mean rate; NaN with one class only.</summary>
    public required double NormalizedEntropy { get; init; }

    /// <summary>Brier score.</summary>
    public required Estimate Brier { get; init; }

    /// <summary>Mean probability over mean label; NaN where nothing was so.</summary>
    public required Estimate CalibrationRatio { get; init; }

    /// <summary>Expected calibration error over the reliability table.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>Groups of equal size by probability, ascending.</summary>
    public required IReadOnlyList<ReliabilityRow> Reliability { get; init; }
}

/// <summary>One score.</summary>
public sealed record ScoreFigures
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>AUC; NaN with one class only.</summary>
    public required Estimate Auc { get; init; }

    /// <summary>AUC within groups, weighed by their rows; null without groups.</summary>
    public Estimate? GroupedAuc { get; init; }

    /// <summary>Groups with one class only, which the AUC within groups leaves out.</summary>
    public int GroupsLeftOut { get; init; }

    /// <summary>Where the first score stands that is no probability; null where all are.</summary>
    public string? NoProbability { get; init; }

    /// <summary>Figures of probabilities; null where the scores are none.</summary>
    public ProbabilityFigures? Probability { get; init; }
}

/// <summary>Another score against the first, on the same rows.</summary>
public sealed record ScoreDifference
{
    /// <summary>The other score.</summary>
    public required string Name { get; init; }

    /// <summary>Its AUC − the first's.</summary>
    public required Estimate Auc { get; init; }

    /// <summary>Two-sided p of that (DeLong).</summary>
    public required double PValue { get; init; }

    /// <summary>p after Holm's method over the scores compared.</summary>
    public double HolmP { get; init; } = double.NaN;

    /// <summary>The same of the AUC within groups; null without groups.</summary>
    public Estimate? GroupedAuc { get; init; }

    /// <summary>The same of log loss; null unless both are probabilities.</summary>
    public Estimate? LogLoss { get; init; }

    /// <summary>The same of the Brier score; null unless both are probabilities.</summary>
    public Estimate? Brier { get; init; }
}

/// <summary>Scores judged.</summary>
public sealed record ScoreResult
{
    /// <summary>Rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>Rows that were so.</summary>
    public required int PositiveCount { get; init; }

    /// <summary>Groups; 0 without.</summary>
    public required int GroupCount { get; init; }

    /// <summary>Confidence of the intervals.</summary>
    public required double Level { get; init; }

    /// <summary>Most groups of the reliability table.</summary>
    public required int BinCount { get; init; }

    /// <summary>Every score.</summary>
    public required IReadOnlyList<ScoreFigures> Scores { get; init; }

    /// <summary>Every score but the first against it.</summary>
    public required IReadOnlyList<ScoreDifference> Differences { get; init; }

    /// <summary>What speaks against trusting the figures, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
