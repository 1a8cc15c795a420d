using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>Writes the rows with their parts as Parquet.</summary>
internal static class BehaviourFile
{
    public static void Write(string path, SplitRows rows, SplitPart?[] parts, int[] unitOrder, CancellationToken cancellationToken)
    {
        using var database = DuckDatabase.InMemory();
        database.Execute("CREATE TABLE behaviour (unit VARCHAR, row BIGINT, product VARCHAR, part VARCHAR, occurred_at_ms BIGINT, session INTEGER, quantity DOUBLE, revenue DOUBLE, margin DOUBLE)");
        using (var appender = database.Append("behaviour"))
        {
            var number = 0L;
            foreach (var unit in unitOrder)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var row = rows.Offsets[unit]; row < rows.Offsets[unit + 1]; row++)
                {
                    if (parts[row] is not { } part) continue;
                    appender.BeginRow();
                    appender.Text(rows.Units[unit]);
                    appender.Whole(number++);
                    appender.Text(rows.Products[row]);
                    appender.Text(FactEnum<SplitPart>.ToText(part));
                    appender.Whole(rows.TimesMs[row] == SplitRows.NoTime ? null : rows.TimesMs[row]);
                    appender.Small(rows.Sessions[row] < 0 ? null : rows.Sessions[row]);
                    appender.Real(Known(rows.Quantities[row]));
                    appender.Real(Known(rows.Revenues[row]));
                    appender.Real(Known(rows.Margins[row]));
                    appender.EndRow();
                }
            }
        }

        database.Execute($"COPY (SELECT * FROM behaviour ORDER BY row) TO {DuckDatabase.Literal(path + ".tmp")} (FORMAT parquet, COMPRESSION zstd)");
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
