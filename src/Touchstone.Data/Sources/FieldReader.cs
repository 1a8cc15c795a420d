using System.Globalization;
using System.Text;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Reads typed fields of a row and keeps account of what could not be read.</summary>
internal sealed class FieldReader(SourceDefinition source, TimeZoneInfo zone)
{
    private const int TextShownMax = 200;
    private readonly StringPool _pool = new();
    private readonly StringBuilder _unreadable = new();
    private readonly string[] _nulls = [.. source.NullValues];
    private readonly string _otherTimeFormat = source.TimeFormat is "auto" or "iso" or "unix_s" or "unix_ms" ? "" : source.TimeFormat;
    private DateTime _lastLocal = DateTime.MaxValue;
    private int? _lastOffset;

    /// <summary>What could not be read since the last call, and forgets it; null where all could.</summary>
    public string? TakeUnreadable()
    {
        if (_unreadable.Length == 0) return null;
        var text = _unreadable.ToString();
        _unreadable.Clear();
        return text;
    }

    /// <summary>Notes a field that could not be read.</summary>
    public void Note(string field, ReadOnlySpan<char> text, string? remedy = null)
    {
        if (_unreadable.Length > 0) _unreadable.Append("; ");
        _unreadable.Append(field).Append('=').Append(text.Length <= TextShownMax ? text : text[..TextShownMax]);
        if (text.Length > TextShownMax) _unreadable.Append('…');
        if (remedy is not null) _unreadable.Append(" (").Append(remedy).Append(')');
    }

    /// <summary>Characters of a field; false where the column is not mapped, the cell absent or a null value.</summary>
    public bool TrySpan(RowReader row, int column, out ReadOnlySpan<char> text)
    {
        text = default;
        if (column < 0 || !row.TryCell(column, out text)) return false;
        foreach (var absent in _nulls)
        {
            if (text.SequenceEqual(absent)) return false;
        }

        return true;
    }

    /// <summary>Text exactly as it stands.</summary>
    public string? Text(RowReader row, int column) => TrySpan(row, column, out var text) ? _pool.Of(text) : null;

    /// <summary>An invariant decimal number.</summary>
    public decimal? Number(RowReader row, int column, string field)
    {
        if (!TrySpan(row, column, out var text)) return null;
        if (TryNumber(text.Trim(), out var number)) return number;
        Note(field, text, Remedy(text.Trim()));
        return null;
    }

    /// <summary>An amount of money, cents turned into units.</summary>
    public decimal? Amount(RowReader row, int column, string field) =>
        Number(row, column, field) is { } number ? source.PriceIn == PriceUnit.Cents ? number / 100 : number : null;

    /// <summary>A whole number.</summary>
    public long? Whole(RowReader row, int column, string field)
    {
        if (!TrySpan(row, column, out var text)) return null;
        if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Note(field, text);
        return null;
    }

    /// <summary>Yes or no, in the usual words.</summary>
    public bool? Flag(RowReader row, int column, string field)
    {
        if (!TrySpan(row, column, out var text)) return null;
        Span<char> lower = stackalloc char[16];
        var length = text.Length <= lower.Length ? text.ToLowerInvariant(lower) : 0;
        switch (lower[..length].Trim())
        {
            case "true" or "1" or "yes" or "y" or "t" or "in stock" or "in_stock" or "instock" or "available": return true;
            case "false" or "0" or "no" or "n" or "f" or "out of stock" or "out_of_stock" or "outofstock" or "unavailable": return false;
        }

        Note(field, text);
        return null;
    }

    /// <summary>A moment in UTC, with the offset that was stated or that the site's zone gave.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">Column of the time, or -1.</param>
    /// <param name="offsetColumn">Column of milliseconds to add, or -1.</param>
    /// <param name="field">Name for the account.</param>
    /// <param name="offsetMinutes">Offset from UTC; null where there is no time.</param>
    public DateTime? Time(RowReader row, int column, int offsetColumn, string field, out int? offsetMinutes)
    {
        offsetMinutes = null;
        if (!TrySpan(row, column, out var text)) return null;
        var trimmed = text.Trim();
        if (!TryTime(trimmed, out var written))
        {
            Note(field, text);
            return null;
        }

        var offset = written.IsInstant ? (int)zone.GetUtcOffset(written.Local).TotalMinutes : written.OffsetMinutes ?? ZoneOffset(written.Local);
        if (offset is null)
        {
            Note(field, text, $"the clocks of {zone.Id} leave this time out");
            return null;
        }

        var utc = written.IsInstant ? written.Local : ToUtc(written.Local, offset.Value);
        if (offsetColumn >= 0 && Number(row, offsetColumn, "time_offset_ms") is { } milliseconds && Math.Abs(milliseconds) < 1e12m)
            utc = utc?.AddTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        if (utc is null) Note(field, text);
        else offsetMinutes = offset;
        return utc;
    }

    private static DateTime? ToUtc(DateTime local, int offsetMinutes)
    {
        var ticks = local.Ticks - (offsetMinutes * TimeSpan.TicksPerMinute);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * 366 * 50) ? null : new DateTime(ticks, DateTimeKind.Utc);
    }

    private bool TryTime(ReadOnlySpan<char> text, out WrittenTime time) => source.TimeFormat switch
    {
        "auto" => TextTime.TryAuto(text, out time),
        "iso" => TextTime.TryIso(text, out time),
        "unix_s" => TextTime.TryUnix(text, TimeSpan.TicksPerSecond, out time),
        "unix_ms" => TextTime.TryUnix(text, TimeSpan.TicksPerMillisecond, out time),
        _ => TextTime.TryFormat(text, _otherTimeFormat, out time),
    };

    // An hour that the clocks leave out is null; one that they repeat counts as standard time. Rows of one order share a time.
    private int? ZoneOffset(DateTime local)
    {
        if (local == _lastLocal) return _lastOffset;
        _lastLocal = local;
        if (zone.IsInvalidTime(local)) _lastOffset = null;
        else if (zone.IsAmbiguousTime(local)) _lastOffset = (int)zone.GetAmbiguousTimeOffsets(local).Min().TotalMinutes;
        else _lastOffset = (int)zone.GetUtcOffset(local).TotalMinutes;
        return _lastOffset;
    }

    private bool TryNumber(ReadOnlySpan<char> text, out decimal number)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        number = 0;
        if (source.DecimalSeparator == '.') return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out number);
        if (text.Length > 64 || text.Contains('.')) return false;
        Span<char> invariant = stackalloc char[text.Length];
        text.Replace(invariant, source.DecimalSeparator, '.');
        return decimal.TryParse(invariant, Styles, CultureInfo.InvariantCulture, out number);
    }

    private string? Remedy(ReadOnlySpan<char> text)
    {
        if (source.DecimalSeparator != '.' || text.Length > 40 || text.Count(',') != 1 || text.Contains('.')) return null;
        var invariant = text.ToString().Replace(',', '.');
        return decimal.TryParse(invariant, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"write {invariant}, or set decimal: \",\"" : null;
    }
}
