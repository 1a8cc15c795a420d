using System.Numerics;
using System.Runtime.CompilerServices;

namespace Touchstone.Domain;

/// <summary>Finds documents of one query by id: an open hash table over rows of a column, reused from query to query.</summary>
/// <param name="documents">The column.</param>
public sealed class DocumentTable(Utf8Ids documents)
{
    private int[] _slots = [];
    private int _mask;

    /// <summary>Empties the table and makes room.</summary>
    /// <param name="count">Rows to come.</param>
    public void Clear(int count)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, count * 2));
        if (_slots.Length < size) _slots = new int[size];
        _mask = size - 1;
        _slots.AsSpan(0, size).Clear();
    }

    /// <summary>Adds a row, or finds the row with the same id that is there already.</summary>
    /// <param name="row">Row of the column.</param>
    /// <returns>The earlier row; −1 where there was none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int AddOrFind(int row)
    {
        var hash = documents.Hash(row);
        for (var slot = (int)hash & _mask; ; slot = (slot + 1) & _mask)
        {
            // A slot holds row + 1; 0 is free.
            var there = _slots[slot] - 1;
            if (there < 0)
            {
                _slots[slot] = row + 1;
                return -1;
            }

            if (documents.Hash(there) == hash && documents[there].SequenceEqual(documents[row])) return there;
        }
    }

    /// <summary>The row with the id of another column's row; −1 where there is none.</summary>
    /// <param name="others">The other column.</param>
    /// <param name="row">Its row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(Utf8Ids others, int row)
    {
        ArgumentNullException.ThrowIfNull(others);
        var hash = others.Hash(row);
        for (var slot = (int)hash & _mask; ; slot = (slot + 1) & _mask)
        {
            var there = _slots[slot] - 1;
            if (there < 0) return -1;
            if (documents.Hash(there) == hash && documents[there].SequenceEqual(others[row])) return there;
        }
    }
}
