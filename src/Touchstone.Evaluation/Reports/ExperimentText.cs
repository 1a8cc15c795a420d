using System.Globalization;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>Experiment figures in words.</summary>
internal static class ExperimentText
{
    /// <summary>A plain figure with five digits that count.</summary>
    internal static string Plain(double value)
    {
        if (!double.IsFinite(value)) return FigureText.Undefined;
        if (value == 0) return "0";
        var digits = Math.Clamp(4 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 10);
        var text = Math.Abs(value).ToString("#,##0." + new string('0', digits), CultureInfo.InvariantCulture);
        return (value < 0 ? "\u2212" : "") + text;
    }

    /// <summary>The same with its sign.</summary>
    internal static string Signed(double value) => (value > 0 ? "+" : "") + Plain(value);

    /// <summary>A p-value: <c>.0031</c>, <c>3.2e-8</c>.</summary>
    internal static string P(double p) => p switch
    {
        double.NaN => FigureText.Undefined,
        0 => "0",
        < 0.0001 => p.ToString("0.0e-0", CultureInfo.InvariantCulture),
        1 => "1",
        _ => p.ToString("0.0000", CultureInfo.InvariantCulture)[1..] is var text && p < 0.99995 ? text : "> .9999",
    };

    /// <summary>Effect and interval as figures of the metric.</summary>
    internal static string Difference(Effect effect) => effect.Status == EffectStatus.Ok
        ? $"{Signed(effect.Value)} ({Signed(effect.Low)} to {Signed(effect.High)})"
        : $"{Signed(effect.Value)} ({effect.StatusName})";

    /// <summary>Effect and interval in per cent.</summary>
    internal static string Lift(Effect effect) => effect.Status == EffectStatus.Ok
        ? $"{FigureText.Percent(effect.Value, true)} ({FigureText.Percent(effect.Low, true)} to {FigureText.Percent(effect.High, true)})"
        : effect.StatusName;

    /// <summary>A lift drawn on a scale, or its status in words.</summary>
    internal static ReportCell LiftCell(Effect effect, double scale) => effect.Status == EffectStatus.Ok && scale > 0
        ? new IntervalCell(Lift(effect), effect.Value, effect.Low, effect.High, -scale, scale)
        : new TextCell(Lift(effect));
}
