namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>A group of rows with alike probabilities.</summary>
/// <param name="Count">Rows.</param>
/// <param name="MeanProbability">Mean of what was predicted.</param>
/// <param name="Rate">Share that was so.</param>
public readonly record struct CalibrationBin(int Count, double MeanProbability, double Rate);

/// <summary>How good probabilities are, not only their order.</summary>
public static class ProbabilityMetrics
{
    /// <summary>How far from 0 and 1 probabilities are held, so that one sure miss is not infinitely bad.</summary>
    public const double Clip = 1e-15;

    /// <summary>Mean −ln of the probability of what was so (log loss, cross-entropy), in nats; NaN without rows.</summary>
    /// <param name="probabilities">[row] of being so, in [0, 1].</param>
    /// <param name="labels">[row] what was so.</param>
    /// <param name="clip">Probabilities are held to [clip, 1 − clip].</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or a probability out of range (names the row).</exception>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, double clip = Clip) => Mean(LogLosses(probabilities, labels, clip));

    /// <summary>[row] −ln of the probability of what was so, in nats.</summary>
    /// <inheritdoc cref="LogLoss"/>
    public static double[] LogLosses(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, double clip = Clip)
    {
        Check(probabilities, labels);
        var losses = new double[labels.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            var probability = Math.Clamp(probabilities[i], clip, 1 - clip);
            losses[i] = labels[i] ? -Math.Log(probability) : -Math.Log(1 - probability);
        }

        return losses;
    }

    /// <summary>Log loss over that of always saying the mean rate (He et al. 2014): below 1 is better than knowing only the rate; NaN with one class only.</summary>
    /// <inheritdoc cref="LogLoss"/>
    public static double NormalizedEntropy(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, double clip = Clip)
    {
        var (loss, rate) = (LogLoss(probabilities, labels, clip), Rate(labels));
        return rate is > 0 and < 1 ? loss / -((rate * Math.Log(rate)) + ((1 - rate) * Math.Log(1 - rate))) : double.NaN;
    }

    /// <summary>Mean squared distance of probability and outcome, in [0, 1] (Brier 1950); NaN without rows.</summary>
    /// <param name="probabilities">[row] of being so, in [0, 1].</param>
    /// <param name="labels">[row] what was so.</param>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels) => Mean(SquaredDistances(probabilities, labels));

    /// <summary>[row] squared distance of probability and outcome.</summary>
    /// <inheritdoc cref="Brier"/>
    public static double[] SquaredDistances(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        Check(probabilities, labels);
        var squares = new double[labels.Length];
        for (var i = 0; i < squares.Length; i++)
        {
            var distance = probabilities[i] - (labels[i] ? 1 : 0);
            squares[i] = distance * distance;
        }

        return squares;
    }

    /// <summary>Predicted over observed, in total: 1 is calibrated in the large, above 1 promises too much; NaN where nothing was so.</summary>
    /// <param name="probabilities">[row] of being so, in [0, 1].</param>
    /// <param name="labels">[row] what was so.</param>
    public static double CalibrationRatio(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        Check(probabilities, labels);
        var sum = 0.0;
        foreach (var probability in probabilities) sum += probability;
        var count = labels.Count(true);
        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Rows by probability in groups of equal size (one more in the first where they do not divide); equal probabilities stay together.</summary>
    /// <param name="probabilities">[row] of being so, in [0, 1].</param>
    /// <param name="labels">[row] what was so.</param>
    /// <param name="binCount">Most groups, from 1.</param>
    public static IReadOnlyList<CalibrationBin> Bins(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int binCount = 10)
    {
        Check(probabilities, labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(binCount);
        var order = BinaryMetrics.Order(probabilities, labels.Length);
        List<CalibrationBin> bins = [];
        for (var (start, bin) = (0, 0); start < order.Length; bin++)
        {
            var end = Math.Max(start + 1, (int)Math.Ceiling((bin + 1.0) * order.Length / binCount));
            while (end < order.Length && probabilities[order[end]] == probabilities[order[end - 1]]) end++;
            if (end <= start) continue;
            var (sum, so) = (0.0, 0);
            for (var i = start; i < end; i++)
            {
                sum += probabilities[order[i]];
                if (labels[order[i]]) so++;
            }

            bins.Add(new CalibrationBin(end - start, sum / (end - start), so / (double)(end - start)));
            start = end;
        }

        return bins;
    }

    /// <summary>Expected calibration error: mean over rows of |mean probability − rate| of their group (Naeini et al. 2015, groups of equal size); NaN without rows.</summary>
    /// <inheritdoc cref="Bins"/>
    public static double CalibrationError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int binCount = 10)
    {
        var sum = 0.0;
        foreach (var bin in Bins(probabilities, labels, binCount)) sum += bin.Count * Math.Abs(bin.MeanProbability - bin.Rate);
        return labels.Length == 0 ? double.NaN : sum / labels.Length;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return values.Length == 0 ? double.NaN : sum / values.Length;
    }

    private static double Rate(ReadOnlySpan<bool> labels) => labels.Count(true) / (double)labels.Length;

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        if (probabilities.Length != labels.Length) throw new ArgumentException($"{probabilities.Length} probabilities for {labels.Length} labels; give one each.", nameof(probabilities));
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] is >= 0 and <= 1)) throw new ArgumentException($"probabilities[{i}] = {probabilities[i]}; expected [0, 1].", nameof(probabilities));
        }
    }
}
