using System.Numerics;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>How well scores tell what was so from what was not.</summary>
public static class BinaryMetrics
{
    /// <summary>
    /// Probability that a row that was so scores above one that was not, equal scores counting one half (Hanley and McNeil 1982); NaN with one class
    /// only.
    /// </summary>
    /// <param name="scores">[row] higher means more likely; any scale.</param>
    /// <param name="labels">[row] what was so.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or a score that is NaN (names the row).</exception>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels) => Unweighted(scores, labels);

    /// <inheritdoc cref="Auc(ReadOnlySpan{float}, ReadOnlySpan{bool})"/>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels) => Unweighted(scores, labels);

    /// <summary>Share of the rows at or above the threshold that were so; NaN where no row is.</summary>
    public static double Precision(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, double threshold = 0.5)
    {
        var (hits, chosen, _) = Count(scores, labels, threshold);
        return chosen == 0 ? double.NaN : (double)hits / chosen;
    }

    /// <summary>Share of the rows that were so which are at or above the threshold; NaN where none was so.</summary>
    public static double Recall(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, double threshold = 0.5)
    {
        var (hits, _, positives) = Count(scores, labels, threshold);
        return positives == 0 ? double.NaN : (double)hits / positives;
    }

    /// <summary>[row] indexes by score ascending.</summary>
    internal static int[] Order<TScore>(ReadOnlySpan<TScore> scores, int count) where TScore : struct, IFloatingPointIeee754<TScore>
    {
        if (scores.Length != count) throw new ArgumentException($"{scores.Length} scores for {count} labels; give one each.", nameof(scores));
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (TScore.IsNaN(scores[i])) throw new ArgumentException($"scores[{i}] is NaN; a row that cannot be scored is left out beforehand, and counted.", nameof(scores));
            order[i] = i;
        }

        var keys = scores.ToArray();
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>AUC of weighted rows in their order by score: each pair of rows counts the product of its weights.</summary>
    internal static double Auc<TScore>(ReadOnlySpan<TScore> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<int> order, ReadOnlySpan<double> weights)
        where TScore : struct, IFloatingPointIeee754<TScore>
    {
        var (won, negatives, positives) = (0.0, 0.0, 0.0);
        for (var start = 0; start < order.Length;)
        {
            var (tiedPositives, tiedNegatives, end) = (0.0, 0.0, start);
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
                if (labels[order[end]]) tiedPositives += weights[order[end]];
                else tiedNegatives += weights[order[end]];
            }

            won += tiedPositives * (negatives + (tiedNegatives / 2));
            negatives += tiedNegatives;
            positives += tiedPositives;
            start = end;
        }

        return positives == 0 || negatives == 0 ? double.NaN : won / (positives * negatives);
    }

    private static double Unweighted<TScore>(ReadOnlySpan<TScore> scores, ReadOnlySpan<bool> labels) where TScore : struct, IFloatingPointIeee754<TScore>
    {
        var order = Order(scores, labels.Length);
        var weights = new double[labels.Length];
        Array.Fill(weights, 1);
        return Auc(scores, labels, order, weights);
    }

    private static (int Hits, int Chosen, int Positives) Count(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, double threshold)
    {
        if (scores.Length != labels.Length) throw new ArgumentException($"{scores.Length} scores for {labels.Length} labels; give one each.", nameof(scores));
        var (hits, chosen, positives) = (0, 0, 0);
        for (var i = 0; i < scores.Length; i++)
        {
            if (labels[i]) positives++;
            if (!(scores[i] >= threshold)) continue;
            chosen++;
            if (labels[i]) hits++;
        }

        return (hits, chosen, positives);
    }
}
