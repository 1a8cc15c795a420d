namespace Touchstone.Data.Segments;

/// <summary>Takes one row's values in column order: a segment's payload, or a row of a DuckDB table.</summary>
internal interface IFactSink
{
    void Text(string? value);

    void Whole(long? value);

    void Exact(decimal? value);

    void Real(double? value);

    void Flag(bool? value);

    void Time(DateTime? value);
}
