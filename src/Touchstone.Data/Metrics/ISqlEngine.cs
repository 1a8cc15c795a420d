using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>An engine that compiled metric definitions run on: what its SQL writes differently from the others'.</summary>
internal interface ISqlEngine
{
    /// <summary>Runs a statement.</summary>
    void Execute(string sql);

    /// <summary>Rows one after another; the same row object serves them all.</summary>
    IEnumerable<DuckRow> Query(string sql);

    /// <summary>A source of rows: a file, or a table.</summary>
    ISqlRelation Open(string source);

    /// <summary>Sum of doubles, as exact as the engine can.</summary>
    string Sum(string expression);

    /// <summary>Type-7 quantile of a column of doubles.</summary>
    string Quantile(string expression, string probability);

    /// <summary>Unicode normal form of a text.</summary>
    string NormalForm(string expression);

    /// <summary>A text as what <c>octet_length</c> counts its bytes of.</summary>
    string Bytes(string expression);
}

/// <summary>A source of rows with its columns as SQL.</summary>
internal interface ISqlRelation
{
    /// <summary>Name for messages.</summary>
    string Name { get; }

    /// <summary>What stands after FROM.</summary>
    string Sql { get; }

    /// <summary>A column as text; null where it is empty.</summary>
    string Text(string column);

    /// <summary>A column as a number; null where it is empty, NaN where it is none.</summary>
    string Number(string column);

    /// <summary>A column as seconds since 1970 UTC; null where it is empty or unreadable.</summary>
    string Seconds(string column);

    /// <summary>Whether a moment is written with its offset from UTC; null where the type decides it.</summary>
    string? HasOffset(string column);
}
