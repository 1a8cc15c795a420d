using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>Experiment figures in words.</summary>
internal static class ExperimentText
{
    /// <summary>Effect and interval as figures of the metric.</summary>
    internal static string Difference(Effect effect) => effect.Status == EffectStatus.Ok
        ? $"{FigureText.Significant(effect.Value, true)} ({FigureText.Significant(effect.Low, true)} to {FigureText.Significant(effect.High, true)})"
        : $"{FigureText.Significant(effect.Value, true)} ({effect.StatusName})";

    /// <summary>Effect and interval in per cent.</summary>
    internal static string Lift(Effect effect) => effect.Status == EffectStatus.Ok
        ? $"{FigureText.Percent(effect.Value, true)} ({FigureText.Percent(effect.Low, true)} to {FigureText.Percent(effect.High, true)})"
        : effect.StatusName;

    /// <summary>A lift drawn on a scale, or its status in words.</summary>
    internal static ReportCell LiftCell(Effect effect, double scale) => effect.Status == EffectStatus.Ok && scale > 0
        ? new IntervalCell(Lift(effect), effect.Value, effect.Low, effect.High, -scale, scale)
        : new TextCell(Lift(effect));
}
