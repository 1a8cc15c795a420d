namespace Touchstone.Evaluation.Indicators;

/// <summary>Weights from comparisons in pairs.</summary>
/// <param name="Weights">[criterion] at least 0, summing to 1.</param>
/// <param name="LargestEigenvalue">λ_max of the comparisons, at least their number.</param>
/// <param name="ConsistencyIndex">(λ_max − n) / (n − 1); 0 up to two criteria.</param>
/// <param name="ConsistencyRatio">Index over that of comparisons at random; below .1 is consistent enough (Saaty 1980). 0 up to two criteria.</param>
public sealed record PairwiseOutcome(double[] Weights, double LargestEigenvalue, double ConsistencyIndex, double ConsistencyRatio);

/// <summary>Analytic hierarchy process (Saaty 1980): weights are the principal eigenvector of a reciprocal matrix of comparisons.</summary>
public static class PairwiseWeights
{
    /// <summary>Above this, comparisons contradict each other too much.</summary>
    public const double ConsistencyRatioMax = 0.1;

    // Saaty's (1980) mean consistency index of random reciprocal matrices, by size.
    private static readonly double[] s_random = [0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

    /// <summary>Weights of criteria.</summary>
    /// <param name="comparisons">[criterion][criterion] how much more the first weighs than the second, mostly 1/9 to 9; the diagonal is 1, and entries across it are reciprocals.</param>
    /// <exception cref="ArgumentException">Not square, more than 15 criteria, or an entry that is not positive or not the reciprocal (names it).</exception>
    public static PairwiseOutcome Of(IReadOnlyList<double[]> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        var n = comparisons.Count;
        if (n == 0 || n >= s_random.Length) throw new ArgumentException($"{n} criteria; expected 1 to {s_random.Length - 1}.", nameof(comparisons));
        for (var i = 0; i < n; i++)
        {
            if (comparisons[i].Length != n) throw new ArgumentException($"comparisons[{i}] has {comparisons[i].Length} entries; expected {n}.", nameof(comparisons));
            for (var j = 0; j < n; j++)
            {
                var entry = comparisons[i][j];
                if (!(entry > 0) || !double.IsFinite(entry)) throw new ArgumentException($"comparisons[{i}][{j}] = {entry}; expected a number above 0.", nameof(comparisons));
                if (comparisons[j].Length == n && Math.Abs((entry * comparisons[j][i]) - 1) > 1e-9)
                    throw new ArgumentException($"comparisons[{i}][{j}] = {entry} is not the reciprocal of comparisons[{j}][{i}] = {comparisons[j][i]}.", nameof(comparisons));
            }
        }

        var weights = new double[n];
        Array.Fill(weights, 1.0 / n);
        var largest = 0.0;
        for (var step = 0; step < 10_000; step++)
        {
            var next = new double[n];
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) next[i] += comparisons[i][j] * weights[j];
            largest = next.Sum();
            var moved = 0.0;
            for (var i = 0; i < n; i++)
            {
                next[i] /= largest;
                moved = Math.Max(moved, Math.Abs(next[i] - weights[i]));
            }

            weights = next;
            if (moved < 1e-15) break;
        }

        var index = n <= 2 ? 0 : Math.Max(0, (largest - n) / (n - 1));
        return new PairwiseOutcome(weights, largest, index, n <= 2 ? 0 : index / s_random[n]);
    }
}
