using Touchstone.Domain;

namespace Touchstone.Evaluation.Experiments;

/// <summary>
/// Whether an effect fades or grows: the effect on units that joined early against that on units that joined late, each with its own error.
/// A difference may be novelty wearing off, learning, or another mix of units: it says that one number for the whole period misleads.
/// </summary>
/// <param name="Early">Effect in the first half of the period.</param>
/// <param name="Late">Effect in the second half.</param>
/// <param name="Change">Late − early, with its test.</param>
public sealed record NoveltyCheck(Effect Early, Effect Late, Effect Change)
{
    /// <summary>Compares two periods with units of their own.</summary>
    public static NoveltyCheck Of(ArmStatistic earlyControl, ArmStatistic earlyTreatment, ArmStatistic lateControl, ArmStatistic lateTreatment, EffectOptions options)
    {
        var early = EffectTest.Difference(earlyControl, earlyTreatment, options);
        var late = EffectTest.Difference(lateControl, lateTreatment, options);
        if (early.Status != EffectStatus.Ok || late.Status != EffectStatus.Ok)
            return new NoveltyCheck(early, late, new Effect { Status = EffectStatus.NoVariance, Value = late.Value - early.Value });
        var (e, l) = (early.StandardError * early.StandardError, late.StandardError * late.StandardError);
        var freedom = (e + l) * (e + l) / ((e * e / early.DegreesOfFreedom) + (l * l / late.DegreesOfFreedom));
        return new NoveltyCheck(early, late, EffectTest.Test(late.Value - early.Value, Math.Sqrt(e + l), freedom, options));
    }

    /// <summary>
    /// From running totals: what the look nearest to half of the units saw, and what came after it (Chan's formula undone). Means a unit must
    /// not go on growing for units already counted, else the later part mixes new units with old ones. Null where fewer than four looks have a variance.
    /// </summary>
    /// <param name="snapshots">One series in order of time.</param>
    /// <param name="options">Alpha.</param>
    public static NoveltyCheck? OfCumulative(IReadOnlyList<ExperimentSnapshot> snapshots, EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        var usable = snapshots.Where(look => look.Control.Variance > 0 && look.Treatment.Variance > 0).ToList();
        if (usable.Count < 4) return null;
        var last = usable[^1];
        var half = (last.Control.Count + last.Treatment.Count) / 2.0;
        var middle = usable.Take(usable.Count - 1).MinBy(look => Math.Abs(look.Control.Count + look.Treatment.Count - half)) ?? usable[0];
        return Rest(middle.Control, last.Control) is { } lateControl && Rest(middle.Treatment, last.Treatment) is { } lateTreatment
            ? Of(ArmStatistic.Of(middle.Control), ArmStatistic.Of(middle.Treatment), lateControl, lateTreatment, options)
            : null;
    }

    /// <summary>The units that came between two looks; null where they cannot be told apart.</summary>
    private static ArmStatistic? Rest(SnapshotArm first, SnapshotArm whole)
    {
        var n = whole.Count - first.Count;
        if (n < 2 || first.Count < 2) return null;
        var mean = ((whole.Mean * whole.Count) - (first.Mean * first.Count)) / n;
        var between = (mean - first.Mean) * (mean - first.Mean) * first.Count / whole.Count * n;
        var square = (whole.Variance * (whole.Count - 1)) - (first.Variance * (first.Count - 1)) - between;
        return square > 0 ? ArmStatistic.Plain(n, mean, square / (n - 1)) : null;
    }
}
