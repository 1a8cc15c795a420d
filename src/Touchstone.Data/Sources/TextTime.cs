using System.Globalization;

namespace Touchstone.Data.Sources;

/// <summary>A moment as written: local time with the offset that the text states, or without one.</summary>
/// <param name="Local">As written; UTC where <paramref name="OffsetMinutes"/> is 0.</param>
/// <param name="OffsetMinutes">Stated offset from UTC; null where none is stated.</param>
/// <param name="IsInstant">Whether it was written as seconds or milliseconds since 1970 UTC.</param>
internal readonly record struct WrittenTime(DateTime Local, int? OffsetMinutes, bool IsInstant);

/// <summary>Reads moments: ISO 8601 and its usual variants, Unix seconds and milliseconds.</summary>
internal static class TextTime
{
    /// <summary>Reads <c>2011-03-31</c>, <c>2011-03-31 08:26</c>, <c>2011/03/31T08:26:00.123456+01:00</c> and the like; a comma or a dot parts the fraction.</summary>
    public static bool TryIso(ReadOnlySpan<char> text, out WrittenTime time)
    {
        time = default;
        if (text.Length < 10 || text[4] is not ('-' or '/') || text[7] != text[4]) return false;
        if (!Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)) return false;
        int hour = 0, minute = 0, second = 0, at = 10;
        long ticks = 0;
        int? offset = null;
        if (text.Length > 10)
        {
            if (text.Length < 16 || text[10] is not (' ' or 'T') || text[13] != ':' || !Digits(text, 11, 2, out hour) || !Digits(text, 14, 2, out minute)) return false;
            at = 16;
            if (at < text.Length && text[at] == ':')
            {
                if (!Digits(text, 17, 2, out second)) return false;
                at = 19;
                if (at < text.Length && text[at] is ('.' or ',') && !Fraction(text, ref at, out ticks)) return false;
            }

            if (!Offset(text[at..], out offset)) return false;
        }

        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        time = new WrittenTime(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(ticks), offset, false);
        return true;
    }

    /// <summary>Reads seconds or milliseconds since 1970 UTC, decimals allowed.</summary>
    public static bool TryUnix(ReadOnlySpan<char> text, long ticksAUnit, out WrittenTime time)
    {
        time = default;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        var scale = TimeSpan.TicksPerSecond / ticksAUnit;
        if (number < -62_135_596_800m * scale || number > 253_402_300_799m * scale) return false;
        time = new WrittenTime(DateTime.UnixEpoch.AddTicks((long)(number * ticksAUnit)), 0, true);
        return true;
    }

    /// <summary>Tells by its shape what a text is: ISO; 8 digits a date; more digits milliseconds (from 12) or seconds.</summary>
    public static bool TryAuto(ReadOnlySpan<char> text, out WrittenTime time)
    {
        if (TryIso(text, out time)) return true;
        var whole = text.IndexOf('.');
        var digits = whole < 0 ? text : text[..whole];
        if (digits.Length is < 8 or > 14 || digits.ContainsAnyExceptInRange('0', '9')) return false;
        if (text.Length == 8)
        {
            if (!DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
            time = new WrittenTime(date, null, false);
            return true;
        }

        return TryUnix(text, digits.Length >= 12 ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond, out time);
    }

    /// <summary>Reads by a .NET format.</summary>
    public static bool TryFormat(ReadOnlySpan<char> text, string format, out WrittenTime time)
    {
        time = default;
        if (format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal))
        {
            if (!DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var stated)) return false;
            time = new WrittenTime(stated.DateTime, (int)stated.Offset.TotalMinutes, false);
            return true;
        }

        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        time = new WrittenTime(local, null, false);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, int start, int count, out int value)
    {
        value = 0;
        if (start + count > text.Length) return false;
        for (var i = start; i < start + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            value = (value * 10) + (text[i] - '0');
        }

        return true;
    }

    private static bool Fraction(ReadOnlySpan<char> text, ref int at, out long ticks)
    {
        ticks = 0;
        var scale = TimeSpan.TicksPerSecond / 10;
        var start = ++at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            ticks += (text[at] - '0') * scale;
            scale /= 10;
        }

        return at > start;
    }

    private static bool Offset(ReadOnlySpan<char> text, out int? minutes)
    {
        minutes = null;
        text = text.Trim();
        if (text.IsEmpty) return true;
        if (text is "Z" or "z" or "UTC" or "GMT")
        {
            minutes = 0;
            return true;
        }

        if (text[0] is not ('+' or '-') || !Digits(text, 1, 2, out var hours)) return false;
        var part = 0;
        var rest = text[3..];
        if (!rest.IsEmpty && rest[0] == ':') rest = rest[1..];
        if (!rest.IsEmpty && (rest.Length != 2 || !Digits(rest, 0, 2, out part))) return false;
        if (hours > 14 || part > 59) return false;
        minutes = ((hours * 60) + part) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
