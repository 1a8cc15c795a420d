using System.Globalization;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>A metric's rows by day after exposure, to moments inside the engine; the units are those that were seen on all of the days.</summary>
/// <param name="engine">With the table of units.</param>
/// <param name="days">Days.</param>
internal sealed class SpecDays(ISqlEngine engine, int days)
{
    /// <summary>Table of the units.</summary>
    public const string Cohort = "seen";

    // A table that was made is not changed: each metric has its own.
    private int _metrics;

    /// <summary>Moments of a metric.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="rows">Rows as e with <c>unit</c>, <c>ts</c> and <c>value</c>; of a ratio the numerator's, then the denominator's; each with the name of its source.</param>
    /// <param name="isShare">Whether a day's value is whether there was a row.</param>
    public DailyMoments Of(string name, IReadOnlyList<(string Source, string Sql)> rows, bool isShare)
    {
        var (columns, joins, names) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (part, source) in rows.Index())
        {
            var table = string.Create(CultureInfo.InvariantCulture, $"days{_metrics}_{part}");
            engine.Make(table, $"SELECT unit{string.Concat(Enumerable.Range(1, days).Select(day => $", sum(CASE WHEN d = {Text(day)} THEN value ELSE {SpecSql.Number(0)} END) AS d{Text(day)}"))} FROM ({ByDay(source.Sql, isShare)}) b GROUP BY unit");
            Refuse(name, source.Source, table);
            joins.Add($" LEFT JOIN {table} ON {table}.unit = x.unit");
            string Value(int day) => $"coalesce({table}.d{Text(day)}, {SpecSql.Number(0)})";
            string Mean(int from, int to) => $"({string.Join(" + ", Enumerable.Range(from, to - from + 1).Select(Value))}) / {SpecSql.Number(to - from + 1)}";
            void Add(string column, string value)
            {
                columns.Add($", {value} AS {UnitTable.Column(names.Count)}");
                names.Add(part == 0 ? column : DailyMoments.Denominator(column));
            }

            for (var day = 1; day <= days; day++) Add(DailyMoments.Day(day), Value(day));
            Add(DailyMoments.Early, Mean(1, days / 2));
            Add(DailyMoments.Late, Mean((days / 2) + 1, days));
        }

        var byDay = string.Create(CultureInfo.InvariantCulture, $"by_day{_metrics++}");
        engine.Make(byDay, $"SELECT x.variant AS variant, '' AS segment{string.Concat(columns)} FROM {Cohort} x{string.Concat(joins)}");
        var arms = MomentSql.Arms(MomentSql.Of(engine, names, [.. names.Select((_, i) => UnitTable.Column(i))], Pairs(rows.Count), byDay));
        return new DailyMoments { Metric = name, Days = days, Arms = arms };
    }

    private void Refuse(string name, string source, string table)
    {
        var bad = engine.Query($"SELECT min(unit) FROM {table} WHERE {string.Join(" OR ", Enumerable.Range(1, days).Select(day => SpecSql.IsNotFinite("d" + Text(day))))}").Select(row => row.TextOrNull(0)).First();
        if (bad is not null) throw new SourceException(source, 0, $"has for unit \"{bad}\" a value of \"{name}\" that is not a finite number within {days} days of exposure; correct it.");
    }

    private string ByDay(string rows, bool isShare)
    {
        var day = $"CAST(floor((e.ts - x.first_at) / {SpecSql.Number(SpecSql.Day)}) AS integer) + 1";
        var value = isShare ? SpecSql.Number(1) : "sum(e.value)";
        return $"SELECT e.unit AS unit, {day} AS d, {value} AS value FROM {rows} JOIN {Cohort} x ON x.unit = e.unit WHERE e.ts >= x.first_at AND e.ts < x.first_at + {SpecSql.Number(days * SpecSql.Day)} GROUP BY e.unit, {day}";
    }

    /// <summary>A day's columns among themselves; early and late, numerator and denominator, all with all.</summary>
    private SortedSet<(int Left, int Right)> Pairs(int parts)
    {
        var (width, pairs) = (days + 2, new SortedSet<(int, int)>());
        for (var left = 0; left < parts * width; left++)
        {
            for (var right = left; right < parts * width; right++)
            {
                var (a, b) = (left % width, right % width);
                if (a == b || (a >= days && b >= days)) pairs.Add((left, right));
            }
        }

        return pairs;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
