namespace Touchstone.Data.Segments;

/// <summary>Gives one row's values by column index, null where absent: a segment's payload, or a row of a query.</summary>
internal interface IFactSource
{
    string? Text(int column);

    long? Whole(int column);

    decimal? Exact(int column);

    double? Real(int column);

    bool? Flag(int column);

    DateTime? Time(int column);
}
