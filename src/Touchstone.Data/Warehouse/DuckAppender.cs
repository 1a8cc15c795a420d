using DuckDB.NET.Data;

namespace Touchstone.Data.Warehouse;

/// <summary>Loads rows into a table, value by value in column order.</summary>
internal sealed class DuckAppender(DuckDBAppender appender) : IDisposable
{
    private IDuckDBAppenderRow? _row;

    private IDuckDBAppenderRow Row => _row ?? throw new InvalidOperationException("No row was begun.");

    public void BeginRow() => _row = appender.CreateRow();

    public void EndRow() => Row.EndRow();

    public void Text(string? value)
    {
        if (value is null) Row.AppendNullValue();
        else Row.AppendValue(DuckText.In(value));
    }

    public void Whole(long? value) => Row.AppendValue(value);

    public void Small(int? value) => Row.AppendValue(value);

    public void Byte(byte? value) => Row.AppendValue(value);

    public void Exact(decimal? value) => Row.AppendValue(value);

    public void Real(double? value) => Row.AppendValue(value);

    public void Flag(bool? value) => Row.AppendValue(value);

    public void Time(DateTime? value) => Row.AppendValue(value);

    public void Dispose()
    {
        try
        {
            appender.Dispose();
        }
        catch (DuckDBException error)
        {
            throw new WarehouseException(error.Message, error);
        }
    }
}
