namespace Touchstone.Data.Sources;

/// <summary>Rows of one file, cell by cell, whatever its format.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>Names of the columns, in order.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Line of the header, from 1; 0 where the format has none.</summary>
    public virtual long HeaderLineNumber => 0;

    /// <summary>Line (or row) that the row starts on, from 1.</summary>
    public long LineNumber { get; protected set; }

    /// <summary>Why the row cannot be read; null where it can.</summary>
    public string? Fault { get; protected set; }

    /// <summary>Moves to the next row; false at the end.</summary>
    public abstract bool Read();

    /// <summary>A cell of the row as text; false where it is absent. Valid until the next call.</summary>
    public abstract bool TryCell(int column, out ReadOnlySpan<char> text);

    /// <inheritdoc/>
    public abstract void Dispose();
}
