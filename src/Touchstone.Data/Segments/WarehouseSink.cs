using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Segments;

/// <summary>Puts facts into warehouse tables. Decimals are DECIMAL(38, 12), rounded half to even; one past 10^25 is absent.</summary>
internal sealed class WarehouseSink(DuckAppender appender) : IFactSink
{
    private const int Decimals = 12;
    private const decimal Most = 1e25m;

    public static string Columns(IEnumerable<FactColumn> columns) => string.Join(", ", columns.Select(c => $"\"{c.Name}\" " + c.Type switch
    {
        FactType.Text => "VARCHAR",
        FactType.Whole => "BIGINT",
        FactType.Exact => $"DECIMAL(38, {Decimals})",
        FactType.Real => "DOUBLE",
        FactType.Flag => "BOOLEAN",
        FactType.Time => "TIMESTAMP",
        _ => throw new NotSupportedException($"{c.Type}"),
    }));

    public void Text(string? value) => appender.Text(value);

    public void Whole(long? value) => appender.Whole(value);

    public void Exact(decimal? value) => appender.Exact(value is { } v && Math.Abs(v) < Most ? decimal.Round(v, Decimals) : null);

    public void Real(double? value) => appender.Real(value);

    public void Flag(bool? value) => appender.Flag(value);

    public void Time(DateTime? value) => appender.Time(value);
}
