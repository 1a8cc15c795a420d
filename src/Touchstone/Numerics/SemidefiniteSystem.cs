namespace Touchstone.Numerics;

/// <summary>Small symmetric systems by elimination, the largest remaining diagonal first; what others determine gets 0.</summary>
public static class SemidefiniteSystem
{
    private const double Tolerance = 1e-12;

    /// <summary>Solves matrix × x = right for a positive semidefinite matrix.</summary>
    /// <param name="matrix">[row][column] symmetric.</param>
    /// <param name="right">[row].</param>
    /// <returns>[row] the solution, 0 at dependent rows; and the rank.</returns>
    public static (double[] Solution, int Rank) Solve(double[][] matrix, double[] right)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(right);
        var n = right.Length;
        // Scaled to a unit diagonal, so that euros and counts weigh alike.
        double[] scale = [.. Enumerable.Range(0, n).Select(i => matrix[i][i] > 0 && double.IsFinite(matrix[i][i]) ? 1 / Math.Sqrt(matrix[i][i]) : 0)];
        var work = matrix.Select((row, i) => row.Select((value, j) => scale[i] == 0 || scale[j] == 0 ? 0 : value * scale[i] * scale[j]).ToArray()).ToArray();
        double[] rest = [.. right.Select((value, i) => scale[i] == 0 ? 0 : value * scale[i])];
        var order = new List<int>();
        var isDone = new bool[n];
        while (true)
        {
            var pivot = -1;
            for (var i = 0; i < n; i++)
                if (!isDone[i] && (pivot < 0 || work[i][i] > work[pivot][pivot])) pivot = i;
            if (pivot < 0 || !(work[pivot][pivot] > Tolerance)) break;
            order.Add(pivot);
            isDone[pivot] = true;
            for (var i = 0; i < n; i++)
            {
                if (isDone[i]) continue;
                var factor = work[i][pivot] / work[pivot][pivot];
                for (var j = 0; j < n; j++) work[i][j] -= factor * work[pivot][j];
                rest[i] -= factor * rest[pivot];
            }
        }

        var solution = new double[n];
        for (var k = order.Count - 1; k >= 0; k--)
        {
            var row = order[k];
            var value = rest[row];
            for (var later = k + 1; later < order.Count; later++) value -= work[row][order[later]] * solution[order[later]];
            solution[row] = value / work[row][row];
        }

        for (var i = 0; i < n; i++) solution[i] *= scale[i];
        return (solution, order.Count);
    }
}
