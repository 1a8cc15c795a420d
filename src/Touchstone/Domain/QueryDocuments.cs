namespace Touchstone.Domain;

/// <summary>
/// Documents of queries with a value each, as columns: a run has scores (<c>double</c>), judgments have grades (<c>int</c>). Within a query every
/// document stands once. Made by <see cref="QueryDocumentsBuilder{TValue}"/>.
/// </summary>
/// <typeparam name="TValue">Value of a row.</typeparam>
public sealed class QueryDocuments<TValue> where TValue : struct
{
    private readonly int[] _rows, _starts;

    internal QueryDocuments(string[] queries, int[] starts, int[] rows, Utf8Ids documents, TValue[] values, int droppedCount)
    {
        (Queries, _starts, _rows, Documents, Values, DroppedCount) = (queries, starts, rows, documents, values, droppedCount);
    }

    /// <summary>[query] ids, ascending in ordinal UTF-8.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>[row] documents in the order they were added, dropped copies included.</summary>
    public Utf8Ids Documents { get; }

    /// <summary>[row] values, beside <see cref="Documents"/>.</summary>
    public TValue[] Values { get; }

    /// <summary>Second copies that were dropped under <see cref="DuplicateRule.KeepFirst"/>.</summary>
    public int DroppedCount { get; }

    /// <summary>How many rows were kept.</summary>
    public int Count => _rows.Length;

    /// <summary>Rows of a query, in the order they were added; indexes of <see cref="Documents"/> and <see cref="Values"/>.</summary>
    /// <param name="query">Index into <see cref="Queries"/>.</param>
    public ReadOnlySpan<int> Rows(int query) => _rows.AsSpan(_starts[query], _starts[query + 1] - _starts[query]);
}
