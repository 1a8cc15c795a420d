namespace Touchstone.Numerics;

/// <summary>Eigenvalues and vectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan 2013, section 8.5).</summary>
public static class SymmetricEigen
{
    private const int Sweeps = 100;

    /// <summary>Decomposes A = V diag(λ) Vᵀ.</summary>
    /// <param name="matrix">[n × n] row by row; overwritten.</param>
    /// <param name="size">n.</param>
    /// <returns>[n] eigenvalues, and [n × n] vectors, column j for eigenvalue j.</returns>
    /// <exception cref="ArgumentException">The matrix is not n × n.</exception>
    public static (double[] Values, double[] Vectors) Decompose(Span<double> matrix, int size)
    {
        if (matrix.Length != size * size) throw new ArgumentException($"matrix has {matrix.Length} entries; expected {size} × {size}.", nameof(matrix));
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++) vectors[(i * size) + i] = 1;
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            double off = 0, all = 0;
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    var square = matrix[(i * size) + j] * matrix[(i * size) + j];
                    all += square;
                    if (i != j) off += square;
                }
            }

            if (off <= 1e-32 * all) break;
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++) Rotate(matrix, vectors, size, p, q);
        }

        var values = new double[size];
        for (var i = 0; i < size; i++) values[i] = matrix[(i * size) + i];
        return (values, vectors);
    }

    /// <summary>A⁺ b, A's eigenvalues below 1e-12 of its greatest counting as 0.</summary>
    /// <param name="matrix">[n × n], overwritten.</param>
    /// <param name="right">[n] b.</param>
    public static double[] PseudoSolve(Span<double> matrix, ReadOnlySpan<double> right)
    {
        var size = right.Length;
        var (values, vectors) = Decompose(matrix, size);
        var limit = 1e-12 * values.Max(Math.Abs);
        var solution = new double[size];
        for (var j = 0; j < size; j++)
        {
            if (Math.Abs(values[j]) <= limit) continue;
            var along = 0.0;
            for (var i = 0; i < size; i++) along += vectors[(i * size) + j] * right[i];
            for (var i = 0; i < size; i++) solution[i] += vectors[(i * size) + j] * along / values[j];
        }

        return solution;
    }

    private static void Rotate(Span<double> matrix, double[] vectors, int size, int p, int q)
    {
        var apart = matrix[(p * size) + q];
        if (apart == 0) return;
        var theta = (matrix[(q * size) + q] - matrix[(p * size) + p]) / (2 * apart);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        var sine = tangent * cosine;
        for (var k = 0; k < size; k++)
        {
            var (left, right) = (matrix[(k * size) + p], matrix[(k * size) + q]);
            (matrix[(k * size) + p], matrix[(k * size) + q]) = ((cosine * left) - (sine * right), (sine * left) + (cosine * right));
        }

        for (var k = 0; k < size; k++)
        {
            var (left, right) = (matrix[(p * size) + k], matrix[(q * size) + k]);
            (matrix[(p * size) + k], matrix[(q * size) + k]) = ((cosine * left) - (sine * right), (sine * left) + (cosine * right));
            (left, right) = (vectors[(k * size) + p], vectors[(k * size) + q]);
            (vectors[(k * size) + p], vectors[(k * size) + q]) = ((cosine * left) - (sine * right), (sine * left) + (cosine * right));
        }
    }
}
