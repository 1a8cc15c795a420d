using System.Globalization;
using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Segments;

/// <summary>
/// Facts as Parquet, made and read by DuckDB. Exact decimals are text (no SQL decimal holds every scale), a time is a timestamp of
/// microseconds beside its remainder in steps of 100 ns (<c>NAME_100ns</c>), so that both come back as they were.
/// </summary>
internal static class ParquetFacts
{
    public static void Write<T>(string path, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var schema = FactSchema<T>.Instance;
        using var database = DuckDatabase.InMemory();
        var columns = schema.Columns.Select(c => c.Type == FactType.Time
            ? $"\"{c.Name}\" TIMESTAMP, \"{c.Name}_100ns\" UTINYINT"
            : $"\"{c.Name}\" {TypeOf(c.Type)}");
        database.Execute($"CREATE TABLE facts ({string.Join(", ", columns)})");
        using (var appender = database.Append("facts"))
        {
            var sink = new Sink(appender);
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                appender.BeginRow();
                schema.Write(row, sink);
                appender.EndRow();
            }
        }

        database.Execute($"COPY facts TO {DuckDatabase.Literal(path)} (FORMAT parquet, COMPRESSION zstd)");
    }

    public static IEnumerable<T> Read<T>(string path)
    {
        var schema = FactSchema<T>.Instance;
        using var database = DuckDatabase.InMemory();
        var stored = database.Query($"DESCRIBE SELECT * FROM read_parquet({DuckDatabase.Literal(path)})")
            .Select(r => r.Text(0))
            .ToHashSet(StringComparer.Ordinal);
        var columns = schema.Columns.SelectMany(c => c.Type == FactType.Time ? (string[])[c.Name, c.Name + "_100ns"] : [c.Name])
            .Select(name => stored.Contains(name) ? $"\"{name}\"" : "NULL")
            .ToArray();
        Source? source = null;
        foreach (var row in database.Query($"SELECT {string.Join(", ", columns)} FROM read_parquet({DuckDatabase.Literal(path)}, file_row_number = true) ORDER BY file_row_number"))
        {
            source ??= new Source(row, schema.Columns);
            yield return Make(schema, source, path);
        }
    }

    /// <summary>Row number, from 1, where the two first differ; null where they are equal.</summary>
    public static long? FirstDifference<T>(IEnumerable<T> left, IEnumerable<T> right)
    {
        var schema = FactSchema<T>.Instance;
        var (a, b) = (new FactEncoder(schema.Columns.Count), new FactEncoder(schema.Columns.Count));
        using var other = right.GetEnumerator();
        var number = 0L;
        foreach (var row in left)
        {
            number++;
            if (!other.MoveNext()) return number;
            a.Begin();
            schema.Write(row, a);
            b.Begin();
            schema.Write(other.Current, b);
            if (!a.Payload.SequenceEqual(b.Payload)) return number;
        }

        return other.MoveNext() ? number + 1 : null;
    }

    private static T Make<T>(FactSchema<T> schema, Source source, string path)
    {
        try
        {
            return schema.Read(source);
        }
        catch (FormatException error)
        {
            throw new SegmentException(path, null, error.Message, error);
        }
    }

    private static string TypeOf(FactType type) => type switch
    {
        FactType.Text or FactType.Exact => "VARCHAR",
        FactType.Whole => "BIGINT",
        FactType.Real => "DOUBLE",
        FactType.Flag => "BOOLEAN",
        _ => throw new NotSupportedException($"{type}"),
    };

    private sealed class Sink(DuckAppender appender) : IFactSink
    {
        public void Text(string? value) => appender.Text(value);

        public void Whole(long? value) => appender.Whole(value);

        // The sign of a negative zero is not printed, yet it is part of the value.
        public void Exact(decimal? value) => appender.Text(value is 0m && decimal.IsNegative(value.Value)
            ? "-" + value.Value.ToString(CultureInfo.InvariantCulture)
            : value?.ToString(CultureInfo.InvariantCulture));

        public void Real(double? value) => appender.Real(value);

        public void Flag(bool? value) => appender.Flag(value);

        public void Time(DateTime? value)
        {
            appender.Time(value);
            appender.Byte(value is { } time ? (byte)(time.Ticks % 10) : null);
        }
    }

    private sealed class Source(DuckRow row, IReadOnlyList<FactColumn> columns) : IFactSource
    {
        private readonly int[] _places = Places(columns);

        public string? Text(int column) => row.TextOrNull(_places[column]);

        public long? Whole(int column) => row.WholeOrNull(_places[column]);

        public decimal? Exact(int column) =>
            row.TextOrNull(_places[column]) is { } text ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : null;

        public double? Real(int column) => row.RealOrNull(_places[column]);

        public bool? Flag(int column) => row.FlagOrNull(_places[column]);

        public DateTime? Time(int column) => row.TimeOrNull(_places[column])?.AddTicks(row.WholeOrNull(_places[column] + 1) ?? 0);

        private static int[] Places(IReadOnlyList<FactColumn> columns)
        {
            var places = new int[columns.Count];
            for (var i = 1; i < places.Length; i++) places[i] = places[i - 1] + (columns[i - 1].Type == FactType.Time ? 2 : 1);
            return places;
        }
    }
}
