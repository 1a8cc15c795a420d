using Touchstone.Numerics;

namespace Touchstone.Evaluation.Uplift;

/// <summary>
/// A linear or logistic model with a ridge on all weights but the intercept. Linear by normal equations, logistic by Newton's steps (iteratively
/// reweighted least squares). Deterministic.
/// </summary>
internal sealed class RidgeModel
{
    private readonly double[] _weights;
    private readonly bool _isLogistic;

    private RidgeModel(double[] weights, bool isLogistic) => (_weights, _isLogistic) = (weights, isLogistic);

    /// <summary>Fits a model.</summary>
    /// <param name="features">[feature][unit], of mean 0 and variance 1.</param>
    /// <param name="outcomes">[unit]; 0 and 1 where logistic.</param>
    /// <param name="rows">Units to learn from.</param>
    /// <param name="isLogistic">Whether the outcome is a probability's.</param>
    /// <param name="ridge">Penalty a learned row, at least 0.</param>
    internal static RidgeModel Fit(double[][] features, double[] outcomes, IReadOnlyList<int> rows, bool isLogistic, double ridge)
    {
        var size = features.Length + 1;
        var weights = new double[size];
        var mean = rows.Sum(row => outcomes[row]) / rows.Count;
        // A logistic model of one outcome only has no finite intercept: half a case is added to each side.
        if (isLogistic) weights[0] = Math.Log(((mean * rows.Count) + 0.5) / (((1 - mean) * rows.Count) + 0.5));
        var turns = isLogistic ? 25 : 1;
        var x = new double[size];
        for (var turn = 0; turn < turns; turn++)
        {
            var (matrix, right) = (Enumerable.Range(0, size).Select(_ => new double[size]).ToArray(), new double[size]);
            foreach (var row in rows)
            {
                Row(features, row, x);
                var (fitted, weight) = (Dot(weights, x), 1.0);
                if (isLogistic)
                {
                    fitted = Logistic(fitted);
                    weight = Math.Max(1e-9, fitted * (1 - fitted));
                }

                var residual = outcomes[row] - fitted;
                for (var i = 0; i < size; i++)
                {
                    right[i] += residual * x[i];
                    for (var j = 0; j <= i; j++) matrix[i][j] += weight * x[i] * x[j];
                }
            }

            for (var i = 1; i < size; i++)
            {
                matrix[i][i] += ridge * rows.Count;
                right[i] -= ridge * rows.Count * weights[i];
            }

            for (var i = 0; i < size; i++)
                for (var j = 0; j < i; j++) matrix[j][i] = matrix[i][j];
            var step = SemidefiniteSystem.Solve(matrix, right).Solution;
            var moved = 0.0;
            for (var i = 0; i < size; i++)
            {
                weights[i] += step[i];
                moved = Math.Max(moved, Math.Abs(step[i]));
            }

            if (moved < 1e-10) break;
        }

        return new RidgeModel(weights, isLogistic);
    }

    /// <summary>Expected outcome of a unit.</summary>
    internal double Predict(double[][] features, int row)
    {
        var sum = _weights[0];
        for (var i = 0; i < features.Length; i++) sum += _weights[i + 1] * features[i][row];
        return _isLogistic ? Logistic(sum) : sum;
    }

    private static void Row(double[][] features, int row, double[] x)
    {
        x[0] = 1;
        for (var i = 0; i < features.Length; i++) x[i + 1] = features[i][row];
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
