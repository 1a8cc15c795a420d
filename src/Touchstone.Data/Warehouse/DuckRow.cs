using System.Data.Common;
using System.Globalization;

namespace Touchstone.Data.Warehouse;

/// <summary>The current row of a query.</summary>
/// <param name="reader">Whose row it is.</param>
/// <param name="hasOtherWholes">Whether whole numbers come in other types than asked for, such as counts without a sign.</param>
internal sealed class DuckRow(DbDataReader reader, bool hasOtherWholes = false)
{
    public int ColumnCount => reader.FieldCount;

    public string Name(int column) => reader.GetName(column);

    public object? Value(int column) => reader.IsDBNull(column) ? null
        : reader.GetValue(column) is var value && value is string text ? DuckText.Out(text) : value;

    public string Text(int column) => DuckText.Out(reader.GetString(column));

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : DuckText.Out(reader.GetString(column));

    public long? WholeOrNull(int column) =>
        reader.IsDBNull(column) ? null : Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

    public double? RealOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public bool? FlagOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetBoolean(column);

    public DateTime? TimeOrNull(int column) =>
        reader.IsDBNull(column) ? null : DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public long Whole(int column) => hasOtherWholes ? Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture) : reader.GetInt64(column);

    public int Small(int column) => reader.GetInt32(column);

    public double Real(int column) => reader.GetDouble(column);

    public bool IsAbsent(int column) => reader.IsDBNull(column);

    /// <summary>An exact sum, cast to VARCHAR in the query: no .NET decimal holds every digit count of a DECIMAL(38, 18).</summary>
    public decimal ExactText(int column) => reader.IsDBNull(column) ? 0m : Trim(reader.GetString(column));

    private static decimal Trim(string text) => decimal.Parse(
        text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
