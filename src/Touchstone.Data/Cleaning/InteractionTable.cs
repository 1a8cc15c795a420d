using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>Loads rows, judged by the row rules, into the table <c>loaded</c>.</summary>
internal static class InteractionTable
{
    private const long ProgressRows = 10_000;

    /// <summary>The fact's columns, quoted.</summary>
    public static string Fields { get; } = string.Join(", ", FactSchema<Interaction>.Instance.Columns.Select(c => $"\"{c.Name}\""));

    /// <returns>Rows loaded.</returns>
    public static long Load(
        DuckDatabase database, IEnumerable<Interaction> rows, RuleBook rules, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var schema = FactSchema<Interaction>.Instance;
        database.Execute($"CREATE TABLE loaded ({WarehouseSink.Columns(schema.Columns)}, part INTEGER, amount DECIMAL(38, {LineAmount.AmountDecimals}), outcome VARCHAR, rule VARCHAR)");
        using var appender = database.Append("loaded");
        var sink = new WarehouseSink(appender);
        var count = 0L;
        (string? Source, long Line, int Part) last = (null, 0, 0);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = (row.Source, row.Line, row.Source == last.Source && row.Line == last.Line ? last.Part + 1 : 0);
            var (outcome, rule) = rules.Judge(row);
            appender.BeginRow();
            schema.Write(LineAmount.IsCountable(row) ? row : WithoutNumbers(row), sink);
            appender.Small(last.Part);
            appender.Exact(LineAmount.Of(row));
            appender.Text(FactEnum<CleaningOutcome>.ToText(outcome));
            appender.Text(rule);
            appender.EndRow();
            if (++count % ProgressRows == 0) progress?.Report(count);
        }

        progress?.Report(count);
        return count;
    }

    private static Interaction WithoutNumbers(Interaction row)
    {
        var numbers = FormattableString.Invariant($"quantity={row.Quantity}; unit_price={row.UnitPrice}; discount={row.Discount}; rating={row.Rating}");
        return row with
        {
            Quantity = null,
            UnitPrice = null,
            Discount = null,
            Tax = null,
            Shipping = null,
            UnitCost = null,
            Rating = null,
            Unreadable = row.Unreadable is null ? numbers : row.Unreadable + "; " + numbers,
        };
    }
}
