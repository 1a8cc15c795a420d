using System.Globalization;
using System.Text;

namespace Touchstone.Data.SimulatedShop;

/// <summary>One line of a CSV file (RFC 4180) as it is put together.</summary>
internal sealed class CsvLine
{
    private readonly StringBuilder _text = new();
    private bool _isFirst = true;

    /// <summary>Adds a field, quoted where it must be; null is an empty one.</summary>
    public CsvLine Add(string? value)
    {
        if (!_isFirst) _text.Append(',');
        _isFirst = false;
        if (value is null) return this;
        if (value.AsSpan().IndexOfAny(',', '"', '\n') < 0) _text.Append(value);
        else _text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public CsvLine Add(long value) => Add(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds an amount of hundredths as units with two decimals.</summary>
    public CsvLine AddCents(long cents) => Add((cents / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    /// <summary>The line, without its end; the next begins.</summary>
    public string Take()
    {
        var line = _text.ToString();
        _text.Clear();
        _isFirst = true;
        return line;
    }
}
