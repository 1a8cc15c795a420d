using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.ItemToItem;

/// <summary>A square matrix of item-to-item weights in compressed rows: row a says what a speaks for.</summary>
/// <param name="Starts">[row + 1] row a owns the entries Starts[a] .. Starts[a + 1].</param>
/// <param name="Columns">[entry] product index, ascending within a row.</param>
/// <param name="Values">[entry] weight.</param>
internal sealed record SparseRows(long[] Starts, int[] Columns, float[] Values)
{
    private const string StartsTensor = "indptr", ColumnsTensor = "indices", ValuesTensor = "values";

    /// <summary>How many rows (and columns).</summary>
    internal int Count => Starts.Length - 1;

    /// <summary>scores[column] += weight × value, over one row.</summary>
    internal void AddRow(int row, float weight, Span<float> scores)
    {
        var (start, length) = ((int)Starts[row], (int)(Starts[row + 1] - Starts[row]));
        var columns = Columns.AsSpan(start, length);
        var values = Values.AsSpan(start, length);
        for (var i = 0; i < columns.Length; i++) scores[columns[i]] += weight * values[i];
    }

    /// <summary>Rows become columns.</summary>
    internal SparseRows Transpose()
    {
        var starts = new long[Starts.Length];
        foreach (var column in Columns) starts[column + 1]++;
        for (var i = 0; i < Count; i++) starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, Count).ToArray();
        var columns = new int[Columns.Length];
        var values = new float[Values.Length];
        for (var row = 0; row < Count; row++)
        {
            for (var i = Starts[row]; i < Starts[row + 1]; i++)
            {
                var at = next[Columns[i]]++;
                columns[at] = row;
                values[at] = Values[i];
            }
        }

        return new SparseRows(starts, columns, values);
    }

    /// <summary>As CSR tensors <c>indptr</c> (I64), <c>indices</c> (I32), <c>values</c> (F32).</summary>
    internal IEnumerable<NamedTensor> ToTensors() =>
        [NamedTensor.Of(StartsTensor, Starts), NamedTensor.Of(ColumnsTensor, Columns), NamedTensor.Of(ValuesTensor, Values)];

    /// <summary>Reads the three tensors and checks that they are a matrix of that many products; <c>indptr</c> may be I32 too.</summary>
    /// <exception cref="CheckpointException">They are not (names tensor and element).</exception>
    internal static SparseRows From(Checkpoint checkpoint, int productCount)
    {
        var startsTensor = checkpoint[StartsTensor];
        var starts = startsTensor.Type == TensorType.I32 ? Array.ConvertAll(startsTensor.Int32s().ToArray(), value => (long)value) : startsTensor.Int64s().ToArray();
        var columns = checkpoint[ColumnsTensor].Int32s().ToArray();
        var values = checkpoint[ValuesTensor].Singles().ToArray();
        if (starts.Length != productCount + 1) throw checkpoint.Malformed($"indptr has {starts.Length} elements; {productCount} products need {productCount + 1}.");
        if (columns.Length != values.Length) throw checkpoint.Malformed($"indices has {columns.Length} elements, values {values.Length}; they must be equal.");
        if (starts[0] != 0 || starts[^1] != columns.Length) throw checkpoint.Malformed($"indptr runs from {starts[0]} to {starts[^1]}; it must run from 0 to {columns.Length}.");
        for (var row = 0; row < productCount; row++)
            if (starts[row + 1] < starts[row]) throw checkpoint.Malformed($"indptr[{row + 1}] = {starts[row + 1]} is below indptr[{row}] = {starts[row]}; it must not fall.");
        for (var row = 0; row < productCount; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                if (columns[i] < 0 || columns[i] >= productCount) throw checkpoint.Malformed($"indices[{i}] = {columns[i]}; there are {productCount} products.");
                if (i > starts[row] && columns[i] <= columns[i - 1]) throw checkpoint.Malformed($"indices[{i}] = {columns[i]} does not follow {columns[i - 1]} in row {row}; order each row's columns, each once.");
                if (!float.IsFinite(values[i])) throw checkpoint.Malformed($"values[{i}] is not finite; the model cannot be used: train it again.");
            }
        }

        return new SparseRows(starts, columns, values);
    }
}
