using System.Globalization;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// When the shop is busy: visits follow the hour, the weekday and the season. A shopper's visits are a Poisson process in busy time,
/// which runs from 0 to 1 over the log and is turned into clock time by a table of hours. The zone is Europe/Berlin.
/// </summary>
internal sealed class Calendar
{
    private const long HourMs = 3_600_000;
    private static readonly double[] Hours =
        [0.35, 0.2, 0.12, 0.08, 0.1, 0.2, 0.5, 0.8, 0.95, 1.0, 1.05, 1.1, 1.25, 1.15, 1.0, 1.0, 1.1, 1.25, 1.45, 1.75, 1.95, 1.8, 1.3, 0.75];
    private static readonly double[] Weekdays = [1.25, 1.0, 0.95, 0.95, 0.95, 0.9, 1.15];

    private readonly double[] _busy;
    private readonly int[] _guide;
    private readonly short[] _months;
    private readonly short[] _weeks;

    /// <summary>Lays out the hours of the log.</summary>
    public Calendar(DateOnly firstDay, int days)
    {
        var local = firstDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        StartMs = ToUnix(local) - (OffsetMinutes(ToUnix(local)) * 60_000L);
        var count = days * 24;
        _busy = new double[count + 1];
        _months = new short[count];
        _weeks = new short[count];
        for (var hour = 0; hour < count; hour++)
        {
            var at = StartMs + (hour * HourMs);
            var there = DateTimeOffset.FromUnixTimeMilliseconds(at).AddMinutes(OffsetMinutes(at)).DateTime;
            _months[hour] = (short)(((there.Year - firstDay.Year) * 12) + there.Month - firstDay.Month);
            _weeks[hour] = (short)((there.DayOfYear - 1) / 7);
            _busy[hour + 1] = _busy[hour] + (Hours[there.Hour] * Weekdays[(int)there.DayOfWeek] * Season(_weeks[hour]));
        }

        EndMs = StartMs + (count * HourMs);
        MonthCount = _months[^1] + 1;
        var total = _busy[^1];
        for (var hour = 0; hour <= count; hour++) _busy[hour] /= total;
        _guide = new int[count + 1];
        var bin = 0;
        for (var i = 0; i <= count; i++)
        {
            while (bin < count - 1 && _busy[bin + 1] <= (double)i / count) bin++;
            _guide[i] = bin;
        }
    }

    /// <summary>First instant of the log, ms since 1970 UTC.</summary>
    public long StartMs { get; }

    /// <summary>First instant after the log, ms since 1970 UTC.</summary>
    public long EndMs { get; }

    /// <summary>Months that the log touches.</summary>
    public int MonthCount { get; }

    /// <summary>How busy a week is against the year's mean: the weeks before Christmas most, high summer least.</summary>
    public static double Season(int week) =>
        1 + (0.75 * Math.Exp(-0.5 * Math.Pow((week - 48.5) / 2.2, 2))) - (0.18 * Math.Exp(-0.5 * Math.Pow((week - 30) / 4.0, 2)));

    /// <summary>Clock time of a point in busy time.</summary>
    /// <param name="busy">In [0, 1).</param>
    public long AtMs(double busy)
    {
        var count = _months.Length;
        var hour = _guide[(int)(busy * count)];
        while (_busy[hour + 1] <= busy) hour++;
        return StartMs + (long)((hour + ((busy - _busy[hour]) / (_busy[hour + 1] - _busy[hour]))) * HourMs);
    }

    /// <summary>Month of the log, from 0.</summary>
    public int MonthOf(long atMs) => _months[Hour(atMs)];

    /// <summary>Week of the year, from 0.</summary>
    public int WeekOf(long atMs) => _weeks[Hour(atMs)];

    /// <summary>ISO 8601 with milliseconds and the offset that holds then.</summary>
    public static string Iso(long atMs)
    {
        var offset = OffsetMinutes(atMs);
        return DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToOffset(TimeSpan.FromMinutes(offset))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
    }

    /// <summary>Central European time: +60, and +120 from the last Sunday of March to the last of October, 01:00 UTC.</summary>
    public static int OffsetMinutes(long atMs)
    {
        var year = DateTimeOffset.FromUnixTimeMilliseconds(atMs).Year;
        return atMs >= LastSunday(year, 3) && atMs < LastSunday(year, 10) ? 120 : 60;
    }

    private static long LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
        return ToUnix(last.AddDays(-(int)last.DayOfWeek));
    }

    private static long ToUnix(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private int Hour(long atMs) => (int)Math.Clamp((atMs - StartMs) / HourMs, 0, _months.Length - 1);
}
