using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>
/// Error of an AUC, and of the difference of two on the same rows, from each row's share in it (DeLong, DeLong and Clarke-Pearson 1988). Rows of one
/// unit hang together: with units the shares are summed by unit first (Obuchowski 1997); each row its own unit gives DeLong's variance exactly.
/// </summary>
public static class DeLong
{
    /// <summary>
    /// [row] share: of the other class, how much the row beats (a row that was so) or is beaten by (one that was not), equal scores counting one half. Their
    /// mean over either class is the AUC. NaN with one class only.
    /// </summary>
    /// <param name="scores">[row] higher means more likely.</param>
    /// <param name="labels">[row] what was so.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or a score that is NaN (names the row).</exception>
    public static double[] Shares(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        var order = BinaryMetrics.Order(scores, labels.Length);
        var shares = new double[labels.Length];
        var positives = labels.Count(true);
        var negatives = labels.Length - positives;
        var (positivesBelow, negativesBelow) = (0, 0);
        for (var start = 0; start < order.Length;)
        {
            var (end, tiedPositives) = (start, 0);
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
                if (labels[order[end]]) tiedPositives++;
            var tiedNegatives = end - start - tiedPositives;
            for (; start < end; start++)
            {
                shares[order[start]] = positives == 0 || negatives == 0 ? double.NaN
                    : labels[order[start]] ? (negativesBelow + (0.5 * tiedNegatives)) / negatives
                    : (positives - positivesBelow - (0.5 * tiedPositives)) / positives;
            }

            positivesBelow += tiedPositives;
            negativesBelow += tiedNegatives;
        }

        return shares;
    }

    /// <summary>AUC, or a difference of two, with its normal interval; interval and error are NaN with one class only, below two units of a class, or without variance.</summary>
    /// <param name="shares">[row] shares, or differences of two scorers' shares.</param>
    /// <param name="labels">[row] what was so.</param>
    /// <param name="units">[row] unit, from 0; empty where each row is its own.</param>
    /// <param name="level">Confidence in (0, 1).</param>
    /// <param name="low">Least value that the figure can have; the interval is cut there.</param>
    /// <exception cref="ArgumentException">Columns of unequal length.</exception>
    public static Estimate Estimate(ReadOnlySpan<double> shares, ReadOnlySpan<bool> labels, ReadOnlySpan<int> units, double level, double low = 0)
    {
        if (shares.Length != labels.Length) throw new ArgumentException($"{shares.Length} shares for {labels.Length} labels; give one each.", nameof(shares));
        if (!units.IsEmpty && units.Length != labels.Length) throw new ArgumentException($"{units.Length} units for {labels.Length} labels; give one each.", nameof(units));
        var (positives, sum, count) = (0, 0.0, units.IsEmpty ? labels.Length : 0);
        for (var row = 0; row < labels.Length; row++)
        {
            if (!units.IsEmpty) count = Math.Max(count, units[row] + 1);
            if (!labels[row]) continue;
            positives++;
            sum += shares[row];
        }

        var value = positives == 0 || positives == labels.Length ? double.NaN : sum / positives;
        var error = Math.Sqrt(Variance(shares, labels, units, count, value, positives));
        // Rounding of shares that are all alike is no variance.
        if (!(error > 1e-14)) error = double.NaN;
        var half = Distributions.NormalQuantile((1 + level) / 2) * error;
        return new Estimate { Value = value, Low = Math.Max(low, value - half), High = Math.Min(1, value + half), StandardError = error, Level = level, Count = count };
    }

    /// <summary>Two-sided p of a figure against 0; NaN without an error.</summary>
    /// <param name="difference">Difference of two AUCs.</param>
    public static double PValue(Estimate difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return 2 * Distributions.NormalUpper(Math.Abs(difference.Value / difference.StandardError));
    }

    private static double Variance(ReadOnlySpan<double> shares, ReadOnlySpan<bool> labels, ReadOnlySpan<int> units, int count, double mean, int positives)
    {
        var (above, below, has) = (new double[count], new double[count], new byte[count]);
        for (var row = 0; row < labels.Length; row++)
        {
            var unit = units.IsEmpty ? row : units[row];
            (labels[row] ? above : below)[unit] += shares[row] - mean;
            has[unit] |= (byte)(labels[row] ? 1 : 2);
        }

        var (unitsAbove, unitsBelow, all) = (0, 0, 0);
        var (squareAbove, squareBelow, product) = (0.0, 0.0, 0.0);
        for (var unit = 0; unit < count; unit++)
        {
            unitsAbove += has[unit] & 1;
            unitsBelow += has[unit] >> 1;
            all += has[unit] == 0 ? 0 : 1;
            squareAbove += above[unit] * above[unit];
            squareBelow += below[unit] * below[unit];
            product += above[unit] * below[unit];
        }

        if (unitsAbove < 2 || unitsBelow < 2) return double.NaN;
        double p = positives, n = labels.Length - positives;
        return (Factor(unitsAbove) * squareAbove / (p * p)) + (Factor(unitsBelow) * squareBelow / (n * n)) + (2 * Factor(all) * product / (p * n));
    }

    private static double Factor(int units) => units / (units - 1.0);
}
