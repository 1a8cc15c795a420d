namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Sparse rows made in parallel, a row a thread at a time, and joined in order: the same at any thread count.</summary>
internal static class RowSelection
{
    /// <summary>Scratch of one thread: a dense row and the columns touched in it.</summary>
    internal sealed class Scratch(int count)
    {
        /// <summary>[column] sums; 0 where untouched.</summary>
        internal double[] Sums { get; } = new double[count];

        /// <summary>Columns touched, in any order.</summary>
        internal List<int> Touched { get; } = [];

        /// <summary>Adds to a column.</summary>
        internal void Add(int column, double value)
        {
            if (Sums[column] == 0) Touched.Add(column);
            Sums[column] += value;
        }
    }

    /// <summary>Makes the matrix.</summary>
    /// <param name="count">Rows and columns.</param>
    /// <param name="width">Entries kept a row: the largest positive values, equal ones by column ascending.</param>
    /// <param name="threads">Threads at most; -1 for as many as there are.</param>
    /// <param name="fill">Fills one row's sums (positive values) in a fixed order.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    internal static SparseRows Make(int count, int width, int threads, Action<int, Scratch> fill, CancellationToken cancellationToken)
    {
        var rows = new (int[] Columns, float[] Values)[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, () => new Scratch(count), (row, _, scratch) =>
        {
            fill(row, scratch);
            rows[row] = Take(scratch, width);
            return scratch;
        }, _ => { });
        var starts = new long[count + 1];
        for (var row = 0; row < count; row++) starts[row + 1] = starts[row] + rows[row].Columns.Length;
        var columns = new int[starts[count]];
        var values = new float[starts[count]];
        for (var row = 0; row < count; row++)
        {
            rows[row].Columns.CopyTo(columns, starts[row]);
            rows[row].Values.CopyTo(values, starts[row]);
        }

        return new SparseRows(starts, columns, values);
    }

    /// <summary>Keeps the largest sums, equal ones by column ascending; the others become 0. Leaves the columns in order.</summary>
    internal static void Trim(Scratch scratch, int width)
    {
        var touched = scratch.Touched;
        if (touched.Count > width)
        {
            touched.Sort((left, right) => scratch.Sums[left] != scratch.Sums[right] ? scratch.Sums[right].CompareTo(scratch.Sums[left]) : left.CompareTo(right));
            for (var i = width; i < touched.Count; i++) scratch.Sums[touched[i]] = 0;
            touched.RemoveRange(width, touched.Count - width);
        }

        touched.Sort();
    }

    private static (int[] Columns, float[] Values) Take(Scratch scratch, int width)
    {
        Trim(scratch, width);
        var touched = scratch.Touched;
        int[] columns = [.. touched];
        var values = new float[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            values[i] = (float)scratch.Sums[columns[i]];
            scratch.Sums[columns[i]] = 0;
        }

        touched.Clear();
        return (columns, values);
    }
}
