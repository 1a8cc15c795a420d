namespace Touchstone.Data.Segments;

/// <summary>How a segment ended when it was read.</summary>
public sealed record SegmentTail
{
    /// <summary>Whole rows before the end.</summary>
    public required long RowCount { get; init; }

    /// <summary>Bytes that are whole: header, rows and marks.</summary>
    public required long WholeBytes { get; init; }

    /// <summary>Bytes behind the last whole row: a write that was cut off, or one still under way. None of them was acknowledged.</summary>
    public required long TornBytes { get; init; }

    /// <summary>Whether the writer closed the file for good.</summary>
    public required bool IsSealed { get; init; }

    /// <summary>Whether the last write is incomplete.</summary>
    public bool IsTorn => TornBytes > 0;

    /// <summary>One line for a log.</summary>
    public override string ToString() => IsTorn
        ? FormattableString.Invariant($"{RowCount} rows, then a torn tail of {TornBytes} bytes at byte {WholeBytes}")
        : FormattableString.Invariant($"{RowCount} rows, {(IsSealed ? "sealed" : "open")}");
}
