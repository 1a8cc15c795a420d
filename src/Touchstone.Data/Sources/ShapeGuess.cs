using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Guesses from what values look like.</summary>
internal static class ShapeGuess
{
    private static readonly string[] s_timeFormats =
    [
        "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "MM/dd/yyyy", "d/M/yyyy H:mm:ss", "d/M/yyyy H:mm", "d/M/yyyy",
        "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt", "d.M.yyyy H:mm:ss", "d.M.yyyy H:mm", "d.M.yyyy", "d-M-yyyy H:mm:ss", "d-M-yyyy H:mm", "d-M-yyyy",
        "d/M/yy H:mm", "M/d/yy H:mm", "d/M/yy", "M/d/yy", "yyyyMMddHHmmss", "MM d, yyyy", "ddd MMM dd HH:mm:ss yyyy", "yyyy-MM-dd HH:mm:ss 'UTC'",
    ];

    /// <summary>How times are written: <c>auto</c>, <c>unix_s</c>, <c>unix_ms</c> or a .NET format; null where nothing fits.</summary>
    /// <param name="values">Texts of the column.</param>
    /// <param name="isAmbiguous">Whether another format, day and month swapped, fits as well.</param>
    /// <param name="hasOffset">Whether the values are instants or state their offset.</param>
    public static string? TimeFormat(IReadOnlyList<string> values, out bool isAmbiguous, out bool hasOffset)
    {
        (isAmbiguous, hasOffset) = (false, false);
        if (values.Count == 0) return null;
        var times = new List<WrittenTime>();
        foreach (var value in values)
        {
            if (TextTime.TryAuto(value.AsSpan().Trim(), out var time)) times.Add(time);
        }

        if (times.Count >= values.Count * 0.9)
        {
            hasOffset = times.TrueForAll(time => time.OffsetMinutes is not null);
            if (!times.TrueForAll(time => time.IsInstant)) return "auto";
            return values[0].Split('.')[0].Length >= 12 ? "unix_ms" : "unix_s";
        }

        var fitting = s_timeFormats.Where(format => values.All(value => TextTime.TryFormat(value.AsSpan().Trim(), format, out _))).ToList();
        if (fitting.Count == 0) return null;
        isAmbiguous = fitting[0].StartsWith('d') && fitting.Exists(format => format.StartsWith('M'));
        return fitting[0];
    }

    /// <summary>The decimal separator; null where the values are no numbers.</summary>
    public static char? DecimalSeparator(IReadOnlyList<string> values)
    {
        if (values.Count == 0) return '.';
        var invariant = values.Count(value => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        if (invariant >= values.Count * 0.9) return '.';
        var comma = values.Count(value => !value.Contains('.', StringComparison.Ordinal) && decimal.TryParse(value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return comma >= values.Count * 0.9 ? ',' : null;
    }

    /// <summary>The separator of levels in category texts; empty where there is none.</summary>
    public static string CategorySeparator(IReadOnlyList<string> values)
    {
        foreach (var separator in (string[])["|", ">", ";", "/"])
        {
            if (values.Count(value => value.Contains(separator, StringComparison.Ordinal)) * 5 >= values.Count && values.Count > 0) return separator;
        }

        return "";
    }

    /// <summary>The letter that order ids of returned lines start with; null where there is none.</summary>
    public static char? ReturnMark(FileSample sample, string order, string quantity)
    {
        var pairs = sample.Rows.Select(row => (Order: row[IndexOf(sample, order)], Quantity: row[IndexOf(sample, quantity)]))
            .Where(pair => pair is { Order.Length: > 1, Quantity: not null }).ToList();
        var marked = pairs.Where(pair => char.IsAsciiLetterUpper((pair.Order ?? " ")[0])).ToList();
        if (marked.Count == 0 || marked.Count * 2 > pairs.Count) return null;
        var mark = (marked[0].Order ?? " ")[0];
        return marked.TrueForAll(pair => (pair.Order ?? "").StartsWith(mark) && (pair.Quantity ?? "").StartsWith('-')) ? mark : null;
    }

    /// <summary>The kind that a file's or column's name speaks of; null where it speaks of none.</summary>
    public static InteractionKind? KindByName(string name)
    {
        var plain = ColumnNames.Plain(name);
        (string Word, InteractionKind Kind)[] words =
        [
            ("return", InteractionKind.Return), ("refund", InteractionKind.Return), ("purchase", InteractionKind.Purchase), ("order", InteractionKind.Purchase), ("transaction", InteractionKind.Purchase),
            ("sales", InteractionKind.Purchase), ("buys", InteractionKind.Purchase), ("rating", InteractionKind.Rating), ("review", InteractionKind.Rating), ("cart", InteractionKind.Cart),
            ("click", InteractionKind.Click), ("view", InteractionKind.View), ("visit", InteractionKind.View), ("quer", InteractionKind.Search), ("search", InteractionKind.Search),
        ];
        foreach (var (word, kind) in words)
        {
            if (plain.Contains(word, StringComparison.Ordinal)) return kind;
        }

        return null;
    }

    private static int IndexOf(FileSample sample, string column)
    {
        for (var i = 0; i < sample.Columns.Count; i++)
        {
            if (sample.Columns[i] == column) return i;
        }

        throw new ArgumentException($"No column {column}.", nameof(column));
    }
}
