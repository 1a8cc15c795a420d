using System.Globalization;

namespace Touchstone.Data.Metrics;

/// <summary>Parts of compiled SQL: every engine reads it. Times are seconds since 1970 UTC.</summary>
internal static class SpecSql
{
    /// <summary>Seconds of a day.</summary>
    public const double Day = 86_400;

    private const string Infinity = "CAST('Infinity' AS double precision)";

    /// <summary>A double as SQL.</summary>
    public static string Number(double value) => $"CAST({value.ToString("R", CultureInfo.InvariantCulture)} AS double precision)";

    /// <summary>Whether a number is NaN or infinite: NaN is above all numbers in some engines and compares with nothing in others.</summary>
    public static string IsNotFinite(string number) => $"NOT (abs({number}) < {Infinity})";

    /// <summary>All filters; <c>true</c> without any.</summary>
    public static string Where(ISqlEngine engine, ISqlRelation relation, IReadOnlyList<SpecFilter> filters) => filters.Count == 0 ? "true" : string.Join(" AND ", filters.Select(filter => One(engine, relation, filter)));

    /// <summary>The value that is summed; 1 where rows are counted. What is no number is NaN and is refused afterwards.</summary>
    public static string Value(ISqlRelation relation, SpecEvents events) => events.Value is null ? Number(1) : $"coalesce({relation.Number(events.Value)}, {Number(0)})";

    /// <summary>Whether a row of time <c>ts</c> lies in a metric's window after the exposure <c>first_at</c>.</summary>
    public static string Window(double fromDay, double toDay) =>
        $"ts >= first_at + {Number(fromDay * Day)}" + (double.IsNaN(toDay) ? "" : $" AND ts < first_at + {Number(toDay * Day)}");

    private static string One(ISqlEngine engine, ISqlRelation relation, SpecFilter filter)
    {
        List<string> parts = [];
        if (filter.Values.Count > 0) parts.Add($"{relation.Text(filter.Column)} IN ({string.Join(", ", filter.Values.Select(engine.Literal))})");
        if (!double.IsNaN(filter.AtLeast)) parts.Add($"{relation.Number(filter.Column)} >= {Number(filter.AtLeast)} AND {relation.Number(filter.Column)} <= {Infinity}");
        if (!double.IsNaN(filter.Below)) parts.Add($"{relation.Number(filter.Column)} < {Number(filter.Below)}");
        return parts.Count == 0 ? "true" : $"coalesce({string.Join(" AND ", parts)}, false)";
    }
}
