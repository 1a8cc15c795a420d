using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Numerics;

namespace Touchstone.Domain;

/// <summary>A document stands twice for one query.</summary>
/// <param name="query">Query id.</param>
/// <param name="document">Document id.</param>
/// <param name="firstLine">Line of the first copy, from 1; rows added without lines count from 1.</param>
/// <param name="secondLine">Line of the second copy.</param>
public sealed class DuplicateDocumentException(string query, string document, long firstLine, long secondLine)
    : ArgumentException($"Query \"{query}\": document \"{document}\" stands twice in the ranking. List each once, or keep the first copy by option.")
{
    /// <summary>Query id.</summary>
    public string Query => query;

    /// <summary>Document id.</summary>
    public string Document => document;

    /// <summary>Line of the first copy, from 1.</summary>
    public long FirstLine => firstLine;

    /// <summary>Line of the second copy, from 1.</summary>
    public long SecondLine => secondLine;
}

/// <summary>Collects rows of queries and documents in any order and groups them by query.</summary>
/// <typeparam name="TValue">Value of a row: a score or a grade.</typeparam>
public sealed class QueryDocumentsBuilder<TValue> where TValue : struct
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string> _queries = [];
    private readonly List<int> _counts = [];
    // Where the line of a row is not the row's number: from this row on, the line is the row plus the shift.
    private readonly List<(int Row, long Shift)> _shifts = [];
    private readonly Utf8Ids _documents;
    private TValue[] _values;
    private int[] _queryOfRow;
    private byte[] _lastQuery = [];
    private int _last = -1;

    /// <summary>No rows yet.</summary>
    /// <param name="capacity">Rows to make room for; more may be added.</param>
    public QueryDocumentsBuilder(int capacity = 16)
    {
        _documents = new Utf8Ids(capacity);
        _values = GC.AllocateUninitializedArray<TValue>(Math.Max(16, capacity));
        _queryOfRow = GC.AllocateUninitializedArray<int>(Math.Max(16, capacity));
    }

    /// <summary>Adds a row.</summary>
    /// <param name="query">Query id, UTF-8.</param>
    /// <param name="document">Document id, UTF-8.</param>
    /// <param name="value">Its value.</param>
    /// <param name="line">Line that it stands on, from 1; 0 where there are no lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> query, ReadOnlySpan<byte> document, TValue value, long line = 0)
    {
        if (_last < 0 || !query.SequenceEqual(_lastQuery)) _last = IndexOf(query);
        var row = _documents.Add(document);
        if (row == _values.Length)
        {
            Array.Resize(ref _values, row * 2);
            Array.Resize(ref _queryOfRow, row * 2);
        }

        (_values[row], _queryOfRow[row]) = (value, _last);
        _counts[_last]++;
        if (line > 0 && line - row != (_shifts.Count == 0 ? 1 : _shifts[^1].Shift)) _shifts.Add((row, line - row));
    }

    /// <summary>Adds a row of texts.</summary>
    public void Add(string query, string document, TValue value, long line = 0) => Add(Encoding.UTF8.GetBytes(query), Encoding.UTF8.GetBytes(document), value, line);

    /// <summary>Adds the rows of another builder behind those here; it must not be used any more.</summary>
    /// <param name="rest">The rows of the same file that follow.</param>
    /// <param name="linesBefore">Lines that stand before the first line of <paramref name="rest"/>.</param>
    public void Append(QueryDocumentsBuilder<TValue> rest, long linesBefore)
    {
        ArgumentNullException.ThrowIfNull(rest);
        var (first, count) = (_documents.Count, rest._documents.Count);
        var queries = rest._queries.ConvertAll(query => IndexOf(Encoding.UTF8.GetBytes(query)));
        if (_values.Length < first + count)
        {
            Array.Resize(ref _values, first + count);
            Array.Resize(ref _queryOfRow, first + count);
        }

        _documents.Append(rest._documents);
        rest._values.AsSpan(0, count).CopyTo(_values.AsSpan(first));
        for (var row = 0; row < count; row++) _queryOfRow[first + row] = queries[rest._queryOfRow[row]];
        for (var query = 0; query < queries.Count; query++) _counts[queries[query]] += rest._counts[query];
        _shifts.Add((first, linesBefore - first + 1));
        foreach (var (row, shift) in rest._shifts) _shifts.Add((first + row, linesBefore - first + shift));
        _last = -1;
    }

    /// <summary>The rows by query. The builder must not be used any more.</summary>
    /// <exception cref="DuplicateDocumentException">A document stands twice for a query, under <see cref="DuplicateRule.Strict"/>: the first such row.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public QueryDocuments<TValue> Build(DuplicateRule duplicates = DuplicateRule.Strict)
    {
        var byId = Enumerable.Range(0, _queries.Count).ToArray();
        Array.Sort(byId, (left, right) => Utf8Ordinal.Compare(_queries[left], _queries[right]));
        var starts = new int[byId.Length + 1];
        var next = new int[byId.Length];
        for (var i = 0; i < byId.Length; i++)
        {
            next[byId[i]] = starts[i];
            starts[i + 1] = starts[i] + _counts[byId[i]];
        }

        var rows = GC.AllocateUninitializedArray<int>(_documents.Count);
        for (var row = 0; row < rows.Length; row++) rows[next[_queryOfRow[row]]++] = row;
        var kept = WithoutCopies(rows, starts, byId, duplicates);
        return new QueryDocuments<TValue>([.. byId.Select(query => _queries[query])], starts, kept == rows.Length ? rows : rows[..kept], _documents, _values, rows.Length - kept);
    }

    private int IndexOf(ReadOnlySpan<byte> query)
    {
        _lastQuery = query.ToArray();
        var text = Encoding.UTF8.GetString(query);
        if (_indexes.TryGetValue(text, out var index)) return index;
        _indexes.Add(text, _queries.Count);
        _queries.Add(text);
        _counts.Add(0);
        return _queries.Count - 1;
    }

    /// <summary>Moves the first copies to the front of the rows and corrects the starts; returns how many rows are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WithoutCopies(int[] rows, int[] starts, int[] byId, DuplicateRule duplicates)
    {
        var table = new DocumentTable(_documents);
        var (kept, firstRow, secondRow) = (0, -1, int.MaxValue);
        for (var i = 0; i < byId.Length; i++)
        {
            var (start, end) = (starts[i], starts[i + 1]);
            starts[i] = kept;
            table.Clear(end - start);
            for (var at = start; at < end; at++)
            {
                var earlier = table.AddOrFind(rows[at]);
                if (earlier < 0) rows[kept++] = rows[at];
                else if (rows[at] < secondRow) (firstRow, secondRow) = (earlier, rows[at]);
            }
        }

        starts[byId.Length] = kept;
        if (firstRow >= 0 && duplicates == DuplicateRule.Strict)
            throw new DuplicateDocumentException(_queries[_queryOfRow[secondRow]], _documents.Text(secondRow), LineOf(firstRow), LineOf(secondRow));
        return kept;
    }

    private long LineOf(int row)
    {
        var shift = 1L;
        foreach (var (from, by) in _shifts)
            if (from <= row) shift = by;
        return row + shift;
    }
}
