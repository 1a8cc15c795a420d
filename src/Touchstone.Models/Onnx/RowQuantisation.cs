namespace Touchstone.Models.Onnx;

/// <summary>Numbers as 8-bit integers with one scale a row: x ≈ scale · q, symmetric about 0.</summary>
internal static class RowQuantisation
{
    /// <summary>
    /// Largest weight. Sums of two products of a byte and such a weight fit 16 bits, so processors without VNNI, whose
    /// instruction saturates there, give the same sums as those with it.
    /// </summary>
    internal const int WeightLimit = 64;

    /// <summary>Quantises the columns of a matrix.</summary>
    /// <param name="values">[row, column].</param>
    /// <param name="columns">Columns.</param>
    /// <param name="limit">Largest integer.</param>
    /// <returns>[row, column] integers as bytes of two's complement, and [column] scales.</returns>
    internal static (byte[] Integers, float[] Scales) Columns(ReadOnlySpan<float> values, int columns, int limit)
    {
        var largest = new float[columns];
        for (var i = 0; i < values.Length; i++) largest[i % columns] = Math.Max(largest[i % columns], Math.Abs(values[i]));
        var scales = Array.ConvertAll(largest, value => value > 0 ? value / limit : 1);
        var integers = new byte[values.Length];
        for (var i = 0; i < values.Length; i++) integers[i] = Integer(values[i], scales[i % columns]);
        return (integers, scales);
    }

    /// <summary>Quantises the rows of a matrix.</summary>
    /// <param name="values">[row, column].</param>
    /// <param name="columns">Columns.</param>
    /// <param name="limit">Largest integer.</param>
    /// <returns>[row, column] integers as bytes of two's complement, and [row] scales.</returns>
    internal static (byte[] Integers, float[] Scales) Rows(ReadOnlySpan<float> values, int columns, int limit)
    {
        var scales = new float[values.Length / columns];
        var integers = new byte[values.Length];
        for (var row = 0; row < scales.Length; row++)
        {
            var largest = 0f;
            foreach (var value in values.Slice(row * columns, columns)) largest = Math.Max(largest, Math.Abs(value));
            scales[row] = largest > 0 ? largest / limit : 1;
            for (var i = row * columns; i < (row + 1) * columns; i++) integers[i] = Integer(values[i], scales[row]);
        }

        return (integers, scales);
    }

    private static byte Integer(float value, float scale) => unchecked((byte)(sbyte)MathF.Round(value / scale));
}
