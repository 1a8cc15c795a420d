using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>
/// An engine that compiled metric definitions run on: what its SQL writes differently from the others'. The rest is SQL that all of them
/// read alike; tables that were made are never changed, since not every engine can.
/// </summary>
internal interface ISqlEngine
{
    /// <summary>Makes a temporary table of a query's rows.</summary>
    void Make(string table, string select);

    /// <summary>Rows one after another; the same row object serves them all.</summary>
    IEnumerable<DuckRow> Query(string sql);

    /// <summary>A source of rows: a file, or a table.</summary>
    ISqlRelation Open(string source);

    /// <summary>A text as a literal.</summary>
    string Literal(string text);

    /// <summary>Sum of doubles, as exact as the engine can.</summary>
    string Sum(string expression);

    /// <summary>Unicode normal form of a text.</summary>
    string NormalForm(string expression);

    /// <summary>Whether a text has characters beyond ASCII.</summary>
    string IsBeyondAscii(string expression);
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
