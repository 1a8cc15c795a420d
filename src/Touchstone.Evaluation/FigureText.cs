using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Evaluation;

/// <summary>How figures are written for people: invariant, thousands by comma, a true minus sign (U+2212), money in full or short.</summary>
public static class FigureText
{
    /// <summary>What stands where a figure is not defined.</summary>
    public const string Undefined = "n/a";

    /// <summary>Symbol of a currency before the amount, or its code and a space.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    public static string Symbol(string currency) => currency switch
    {
        "GBP" => "£",
        "USD" => "$",
        "EUR" => "€",
        "CNY" or "JPY" => "¥",
        "" => "",
        _ => currency + " ",
    };

    /// <summary>Money at a glance: <c>£118k</c>, <c>−£1.2k</c>, <c>$3.41m</c>, <c>€0.42</c>.</summary>
    public static string MoneyShort(double amount, string currency, bool isSigned = false)
    {
        if (!double.IsFinite(amount)) return Undefined;
        var size = Math.Abs(amount);
        // The limits lie where rounding would reach the next step: £999.6 is £1k, not £1,000.
        var text = size switch
        {
            0 => "0",
            < 0.995 => size.ToString("0.00##", CultureInfo.InvariantCulture),
            < 99.95 => size.ToString("0.00", CultureInfo.InvariantCulture),
            < 999.5 => size.ToString("0", CultureInfo.InvariantCulture),
            < 9_950 => (size / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + "k",
            < 999_500 => (size / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
            < 9_995_000 => (size / 1e6).ToString("0.00", CultureInfo.InvariantCulture) + "m",
            < 999_500_000 => (size / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "m",
            _ => (size / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + "bn",
        };
        return Sign(amount, isSigned) + Symbol(currency) + text;
    }

    /// <summary>Money to the hundredth: <c>£8,518,395.53</c>.</summary>
    public static string MoneyFull(double amount, string currency, bool isSigned = false) => double.IsFinite(amount)
        ? Sign(amount, isSigned) + Symbol(currency) + Math.Abs(amount).ToString("#,##0.00", CultureInfo.InvariantCulture)
        : Undefined;

    /// <summary>A metric in [0, 1] without its leading zero, with its sign where it is a change: <c>.0534</c>, <c>+.0012</c>; 1 is <c>1.0000</c>.</summary>
    public static string Metric(double value, bool isSigned = false)
    {
        if (!double.IsFinite(value)) return Undefined;
        var text = Math.Abs(value).ToString("0.0000", CultureInfo.InvariantCulture);
        return Sign(value, isSigned) + (text.StartsWith('0') ? text[1..] : text);
    }

    /// <summary>A share in per cent, with its sign where it is a change: <c>+41.2 %</c>.</summary>
    public static string Percent(double share, bool isSigned = false, int decimals = 1) => double.IsFinite(share)
        ? Sign(share, isSigned) + (Math.Abs(share) * 100).ToString(decimals == 0 ? "#,##0" : "#,##0." + new string('0', decimals), CultureInfo.InvariantCulture) + " %"
        : Undefined;

    /// <summary>A whole number with thousands: <c>22,363</c>.</summary>
    public static string Count(double count) => double.IsFinite(count)
        ? Sign(count, false) + Math.Abs(count).ToString("#,##0", CultureInfo.InvariantCulture)
        : Undefined;

    /// <summary>A plain number with up to so many decimals.</summary>
    public static string Number(double value, int decimals = 2) => double.IsFinite(value)
        ? Sign(value, false) + Math.Abs(value).ToString("#,##0." + new string('#', decimals), CultureInfo.InvariantCulture)
        : Undefined;

    /// <summary>A figure of any size with five digits that count, to the tenth decimal at most: <c>1.0500</c>, <c>123,456</c>, <c>0.00012340</c>; 0 is <c>0</c>.</summary>
    public static string Significant(double value, bool isSigned = false)
    {
        if (!double.IsFinite(value)) return Undefined;
        if (value == 0) return "0";
        var digits = Math.Clamp(4 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 10);
        return Sign(value, isSigned) + Math.Abs(value).ToString("#,##0." + new string('0', digits), CultureInfo.InvariantCulture);
    }

    /// <summary>A p-value: <c>.0031</c>, <c>3.2e-8</c>.</summary>
    public static string PValue(double p) => p switch
    {
        double.NaN => Undefined,
        0 => "0",
        < 0.0001 => p.ToString("0.0e-0", CultureInfo.InvariantCulture),
        1 => "1",
        _ => p.ToString("0.0000", CultureInfo.InvariantCulture)[1..] is var text && p < 0.99995 ? text : "> .9999",
    };

    /// <summary>A duration from milliseconds in the unit that reads best: <c>0.4 ms</c>, <c>26 s</c>, <c>3 min 12 s</c>.</summary>
    public static string Duration(double milliseconds) => milliseconds switch
    {
        double.NaN or < 0 => Undefined,
        < 0.0005 => "< 0.001 ms",
        < 0.095 => milliseconds.ToString("0.000", CultureInfo.InvariantCulture) + " ms",
        < 9.95 => milliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        < 99.5 => milliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        < 9_950 => (milliseconds / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 119_500 => (milliseconds / 1e3).ToString("0", CultureInfo.InvariantCulture) + " s",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Round(milliseconds / 1e3) / 60} min {(long)Math.Round(milliseconds / 1e3) % 60} s"),
    };

    /// <summary>Memory from MiB: <c>310 MiB</c>, <c>4.1 GiB</c>.</summary>
    public static string Memory(double mebibytes) => mebibytes switch
    {
        double.NaN or < 0 => Undefined,
        < 9.95 => mebibytes.ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
        < 1023.5 => mebibytes.ToString("0", CultureInfo.InvariantCulture) + " MiB",
        _ => (mebibytes / 1024).ToString("0.0", CultureInfo.InvariantCulture) + " GiB",
    };

    /// <summary>A probability: <c>.998</c>, never rounded to certainty: <c>&gt; .999</c>.</summary>
    public static string Probability(double probability) => probability switch
    {
        double.NaN => Undefined,
        > 0.9995 => "> .999",
        < 0.0005 => "< .001",
        _ => probability.ToString("0.000", CultureInfo.InvariantCulture)[1..],
    };

    /// <summary>An interval of short money: <c>+£39k to +£203k</c>.</summary>
    public static string MoneyInterval(Estimate estimate, string currency)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return $"{MoneyShort(estimate.Low, currency, true)} to {MoneyShort(estimate.High, currency, true)}";
    }

    private static string Sign(double value, bool isSigned) => value < 0 ? "\u2212" : isSigned && value > 0 ? "+" : "";
}
