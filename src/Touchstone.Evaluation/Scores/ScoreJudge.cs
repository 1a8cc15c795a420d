using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Scores;

/// <summary>How good scores are: their order (AUC), their order within groups (GAUC), and as probabilities (log loss, Brier, calibration). Intervals cluster by group.</summary>
public static class ScoreJudge
{
    /// <summary>Judges all scores of the rows, and each against the first.</summary>
    /// <param name="rows">At least one row and one score.</param>
    /// <param name="level">Confidence of the intervals, in (0, 1).</param>
    /// <param name="binCount">Most groups of the reliability table, from 1.</param>
    public static ScoreResult Judge(ScoredRows rows, double level = 0.95, int binCount = 10)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "Level lies in (0, 1).");
        var columns = rows.Scores.Select((scores, i) => new Column(rows, i, scores, level)).ToList();
        List<ScoreDifference> differences = [.. columns.Skip(1).Select(column => column.Against(columns[0]))];
        var holm = MultipleTesting.Holm([.. differences.Select(difference => difference.PValue)]);
        return new ScoreResult
        {
            RowCount = rows.Labels.Length,
            PositiveCount = rows.Labels.Count(label => label),
            GroupCount = rows.GroupCount,
            Level = level,
            BinCount = binCount,
            Scores = [.. columns.Select(column => column.Figures(binCount))],
            Differences = [.. differences.Select((difference, i) => difference with { HolmP = holm[i] })],
            Warnings = [.. Warnings(rows), .. rows.Warnings],
        };
    }

    private static IEnumerable<string> Warnings(ScoredRows rows)
    {
        if (rows.Labels.All(label => label == rows.Labels[0])) yield return $"All rows were {(rows.Labels[0] ? "so" : "not so")}: with one class there is no AUC.";
        foreach (var (i, fault) in rows.NoProbability.Index())
            if (fault is not null) yield return $"{rows.Names[i]} is no probability ({fault}; expected 0 to 1): its order is judged by AUC, and nothing else.";
    }

    /// <summary>One score with what its figures and its differences are made of.</summary>
    private sealed class Column(ScoredRows rows, int index, double[] scores, double level)
    {
        private readonly double[] _shares = DeLong.Shares(scores, rows.Labels);
        private readonly GroupedAuc? _grouped = rows.Groups.Length == 0 ? null : GroupedAuc.Of(scores, rows.Labels, rows.Groups, rows.GroupCount, GroupWeight.Impressions);
        private readonly bool _isProbability = rows.NoProbability[index] is null;

        public ScoreFigures Figures(int binCount) => new()
        {
            Name = rows.Names[index],
            Auc = DeLong.Estimate(_shares, rows.Labels, rows.Groups, level),
            GroupedAuc = _grouped is null ? null : OverGroups(_grouped.UnitAucs),
            GroupsLeftOut = _grouped?.SkippedCount ?? 0,
            NoProbability = rows.NoProbability[index],
            Probability = _isProbability ? Probability(binCount) : null,
        };

        public ScoreDifference Against(Column first)
        {
            var auc = DeLong.Estimate(Less(_shares, first._shares), rows.Labels, rows.Groups, level, -1);
            var areProbabilities = _isProbability && first._isProbability;
            return new ScoreDifference
            {
                Name = rows.Names[index],
                Auc = auc,
                PValue = DeLong.PValue(auc),
                GroupedAuc = _grouped is null || first._grouped is null ? null : OverGroups(Less(_grouped.UnitAucs, first._grouped.UnitAucs)),
                LogLoss = areProbabilities ? Mean(Less(LogLosses(), first.LogLosses()), "nats") : null,
                Brier = areProbabilities ? Mean(Less(Squares(), first.Squares()), "") : null,
            };
        }

        private ProbabilityFigures Probability(int binCount)
        {
            var z = Distributions.NormalQuantile((1 + level) / 2);
            return new ProbabilityFigures
            {
                LogLoss = Mean(LogLosses(), "nats"),
                NormalizedEntropy = ProbabilityMetrics.NormalizedEntropy(scores, rows.Labels),
                Brier = Mean(Squares(), ""),
                CalibrationRatio = Ratio(),
                CalibrationError = ProbabilityMetrics.CalibrationError(scores, rows.Labels, binCount),
                Reliability = [.. ProbabilityMetrics.Bins(scores, rows.Labels, binCount).Select(bin => new ReliabilityRow(bin, TwoProportions.Wilson(Math.Round(bin.Rate * bin.Count), bin.Count, z)))],
            };
        }

        private double[] LogLosses() => ProbabilityMetrics.LogLosses(scores, rows.Labels);

        private double[] Squares() => ProbabilityMetrics.SquaredDistances(scores, rows.Labels);

        private Estimate Mean(double[] values, string unit) => ClusteredMean.Of(values, rows.Groups, level, unit);

        /// <summary>A ratio of means with its linearised error: the mean of R + (p − R y)/mean y.</summary>
        private Estimate Ratio()
        {
            var ratio = ProbabilityMetrics.CalibrationRatio(scores, rows.Labels);
            if (double.IsNaN(ratio)) return new Estimate { Value = ratio, Low = ratio, High = ratio, Level = level, Count = rows.Labels.Length };
            var rate = rows.Labels.Count(label => label) / (double)rows.Labels.Length;
            return Mean([.. scores.Select((score, row) => ratio + ((score - (rows.Labels[row] ? ratio : 0)) / rate))], "");
        }

        /// <summary>Mean over rows of their group's figure: groups weigh as many rows as they have, those without a figure are left out.</summary>
        private Estimate OverGroups(double[] figures)
        {
            var (values, groups, places) = (new List<double>(), new List<int>(), new Dictionary<int, int>());
            foreach (var group in rows.Groups)
            {
                if (double.IsNaN(figures[group])) continue;
                if (!places.TryGetValue(group, out var place)) places.Add(group, place = places.Count);
                values.Add(figures[group]);
                groups.Add(place);
            }

            return values.Count == 0
                ? new Estimate { Value = double.NaN, Low = double.NaN, High = double.NaN, Level = level, Count = 0 }
                : ClusteredMean.Of([.. values], [.. groups], level, "");
        }

        private static double[] Less(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a - b)];
    }
}
