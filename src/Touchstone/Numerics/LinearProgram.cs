namespace Touchstone.Numerics;

/// <summary>An optimum of a linear program.</summary>
/// <param name="Solution">[variable] values, at least 0.</param>
/// <param name="Objective">What they reach.</param>
public sealed record LinearOptimum(double[] Solution, double Objective);

/// <summary>
/// Linear programs in standard form: maximise c·x where A x = b and x ≥ 0, by the two-phase simplex method on a dense tableau
/// (Dantzig 1963), Bland's rule against cycling (Bland 1977). For tens of rows and some thousand columns.
/// </summary>
public static class LinearProgram
{
    private const double Tolerance = 1e-11;

    /// <summary>The optimum, or null where no x is feasible.</summary>
    /// <param name="objective">[variable] c.</param>
    /// <param name="rows">[row][variable] A.</param>
    /// <param name="right">[row] b, of either sign.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit (names the row), or a number that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The objective is unbounded.</exception>
    public static LinearOptimum? Maximise(ReadOnlySpan<double> objective, IReadOnlyList<double[]> rows, ReadOnlySpan<double> right)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (variables, count) = (objective.Length, rows.Count);
        if (right.Length != count) throw new ArgumentException($"{right.Length} right-hand sides for {count} rows; give one each.", nameof(right));
        var width = variables + count + 1;
        var tableau = new double[count][];
        var basis = new int[count];
        for (var row = 0; row < count; row++)
        {
            if (rows[row].Length != variables) throw new ArgumentException($"rows[{row}] has {rows[row].Length} coefficients; expected {variables}.", nameof(rows));
            tableau[row] = new double[width];
            var sign = right[row] < 0 ? -1 : 1;
            for (var i = 0; i < variables; i++)
            {
                if (!double.IsFinite(rows[row][i])) throw new ArgumentException($"rows[{row}][{i}] is {rows[row][i]}; expected a finite number.", nameof(rows));
                tableau[row][i] = sign * rows[row][i];
            }

            tableau[row][variables + row] = 1;
            tableau[row][^1] = sign * right[row];
            basis[row] = variables + row;
        }

        // First phase: minimise the artificial variables.
        var cost = new double[width];
        for (var i = variables; i < variables + count; i++) cost[i] = -1;
        Price(tableau, basis, cost);
        Solve(tableau, basis, cost, variables + count);
        if (cost[^1] > 1e-9) return null;
        // Artificial variables that stayed at 0 leave the basis, or their row says nothing.
        for (var row = 0; row < count; row++)
        {
            if (basis[row] < variables) continue;
            var enter = Array.FindIndex(tableau[row], 0, variables, value => Math.Abs(value) > 1e-9);
            if (enter >= 0) Pivot(tableau, basis, cost, row, enter);
        }

        Array.Clear(cost);
        objective.CopyTo(cost);
        Price(tableau, basis, cost);
        Solve(tableau, basis, cost, variables);
        var solution = new double[variables];
        for (var row = 0; row < count; row++)
            if (basis[row] < variables) solution[basis[row]] = Math.Max(0, tableau[row][^1]);
        var reached = 0.0;
        for (var i = 0; i < variables; i++) reached += objective[i] * solution[i];
        return new LinearOptimum(solution, reached);
    }

    // Takes the basic variables out of the row of costs; its last place then holds −(objective reached).
    private static void Price(double[][] tableau, int[] basis, double[] cost)
    {
        for (var row = 0; row < tableau.Length; row++)
        {
            var factor = cost[basis[row]];
            if (factor == 0) continue;
            for (var i = 0; i < cost.Length; i++) cost[i] -= factor * tableau[row][i];
        }
    }

    private static void Solve(double[][] tableau, int[] basis, double[] cost, int columns)
    {
        while (true)
        {
            var enter = -1;
            for (var i = 0; i < columns && enter < 0; i++)
                if (cost[i] > Tolerance) enter = i;
            if (enter < 0) return;
            var leave = -1;
            for (var row = 0; row < tableau.Length; row++)
            {
                if (tableau[row][enter] <= Tolerance) continue;
                if (leave < 0)
                {
                    leave = row;
                    continue;
                }

                var ratio = (tableau[row][^1] / tableau[row][enter]) - (tableau[leave][^1] / tableau[leave][enter]);
                if (ratio < -1e-14 || (ratio <= 1e-14 && basis[row] < basis[leave])) leave = row;
            }

            if (leave < 0) throw new InvalidOperationException($"The objective is unbounded along variable {enter}; bound it by a row.");
            Pivot(tableau, basis, cost, leave, enter);
        }
    }

    private static void Pivot(double[][] tableau, int[] basis, double[] cost, int leave, int enter)
    {
        var pivotRow = tableau[leave];
        var pivot = pivotRow[enter];
        for (var i = 0; i < pivotRow.Length; i++) pivotRow[i] /= pivot;
        pivotRow[enter] = 1;
        for (var row = 0; row < tableau.Length; row++)
            if (row != leave) Subtract(tableau[row], pivotRow, enter);
        Subtract(cost, pivotRow, enter);
        basis[leave] = enter;
    }

    private static void Subtract(double[] row, double[] pivotRow, int enter)
    {
        var factor = row[enter];
        if (factor == 0) return;
        for (var i = 0; i < row.Length; i++) row[i] -= factor * pivotRow[i];
        row[enter] = 0;
    }
}
