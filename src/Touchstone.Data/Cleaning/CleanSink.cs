using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Cleaning;

/// <summary>Puts facts into DuckDB tables as clean files have them: SQL decimals of 12 places, timestamps of microseconds.</summary>
internal sealed class CleanSink(DuckAppender appender) : IFactSink
{
    /// <summary>Column definitions of the facts.</summary>
    public static string Columns(IEnumerable<FactColumn> columns) => string.Join(", ", columns.Select(c => $"\"{c.Name}\" " + c.Type switch
    {
        FactType.Text => "VARCHAR",
        FactType.Whole => "BIGINT",
        FactType.Exact => $"DECIMAL(38, {LineAmount.Decimals})",
        FactType.Real => "DOUBLE",
        FactType.Flag => "BOOLEAN",
        FactType.Time => "TIMESTAMP",
        _ => throw new NotSupportedException($"{c.Type}"),
    }));

    public void Text(string? value) => appender.Text(value);

    public void Whole(long? value) => appender.Whole(value);

    public void Exact(decimal? value) => appender.Exact(value is { } v ? decimal.Round(v, LineAmount.Decimals) : null);

    public void Real(double? value) => appender.Real(value);

    public void Flag(bool? value) => appender.Flag(value);

    public void Time(DateTime? value) => appender.Time(value);
}
