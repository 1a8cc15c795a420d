using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Experiments;

/// <summary>One look at a running experiment.</summary>
/// <param name="Time">Time since the start.</param>
/// <param name="Units">Units of both arms.</param>
/// <param name="FixedHorizon">Difference as if this were the only look.</param>
/// <param name="AlwaysValid">Difference with interval and p that hold over all looks; p is the least so far.</param>
public sealed record ExperimentLook(double Time, long Units, Effect FixedHorizon, Effect AlwaysValid);

/// <summary>One metric of one treatment over time.</summary>
public sealed record SnapshotSeries
{
    /// <summary>Experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The treatment's variant.</summary>
    public required string Variant { get; init; }

    /// <summary>Metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Looks in order of time, those without a variance included with their status.</summary>
    public required IReadOnlyList<ExperimentLook> Looks { get; init; }

    /// <summary>The last look that has an error; the last of all where none has.</summary>
    public required ExperimentLook Last { get; init; }

    /// <summary>Control at that look.</summary>
    public required ArmStatistic Control { get; init; }

    /// <summary>Treatment at that look.</summary>
    public required ArmStatistic Treatment { get; init; }

    /// <summary>Lift at that look.</summary>
    public required Effect Lift { get; init; }

    /// <summary>Time of the first look whose always-valid interval excludes 0; NaN where none does.</summary>
    public required double FirstTimeDecided { get; init; }

    /// <summary>Whether any look, taken as the only one, would have been called an effect: what peeking would have said.</summary>
    public required bool WouldPeekingDecide { get; init; }

    /// <summary>Whether effects early on differ from later ones; null below four looks with an error.</summary>
    public NoveltyCheck? Novelty { get; init; }

    /// <summary>p of the test for a sample ratio mismatch at the last look, equal weights being planned.</summary>
    public required double SampleRatioP { get; init; }

    /// <summary>p of the last look after Holm's method over the series of the same metric; NaN where there is none.</summary>
    public double HolmP { get; init; } = double.NaN;

    /// <summary>p of the last look after Benjamini and Hochberg's method over the series of the same metric; NaN where there is none.</summary>
    public double BenjaminiHochbergP { get; init; } = double.NaN;
}

/// <summary>Running experiments from their snapshots: what one look says, what holds over all of them.</summary>
public static class SnapshotJudge
{
    /// <summary>All series, by experiment, variant and metric (ordinal).</summary>
    /// <param name="snapshots">Snapshots in any order.</param>
    /// <param name="options">Alpha; two-sided.</param>
    /// <param name="tuning">Units at which the confidence sequence is narrowest.</param>
    public static IReadOnlyList<SnapshotSeries> Judge(IReadOnlyList<ExperimentSnapshot> snapshots, EffectOptions options, double tuning = ConfidenceSequence.DefaultTuning)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(options);
        var series = snapshots.GroupBy(look => (look.Experiment, look.Variant, look.Metric))
            .OrderBy(group => group.Key.Experiment, StringComparer.Ordinal).ThenBy(group => group.Key.Variant, StringComparer.Ordinal).ThenBy(group => group.Key.Metric, StringComparer.Ordinal)
            .Select(group => Series([.. group.OrderBy(look => look.Time)], options, tuning)).ToList();
        foreach (var metric in series.Select((entry, i) => (entry.Metric, Index: i)).GroupBy(entry => entry.Metric, StringComparer.Ordinal))
        {
            int[] at = [.. metric.Select(entry => entry.Index)];
            double[] p = [.. at.Select(i => series[i].Last.FixedHorizon.PValue)];
            var (holm, discovery) = (MultipleTesting.Holm(p), MultipleTesting.BenjaminiHochberg(p));
            for (var i = 0; i < at.Length; i++) series[at[i]] = series[at[i]] with { HolmP = holm[i], BenjaminiHochbergP = discovery[i] };
        }

        return series;
    }

    private static SnapshotSeries Series(IReadOnlyList<ExperimentSnapshot> snapshots, EffectOptions options, double tuning)
    {
        List<ExperimentLook> looks = [];
        var least = 1.0;
        foreach (var snapshot in snapshots)
        {
            var units = snapshot.Control.Count + snapshot.Treatment.Count;
            var single = EffectTest.Difference(ArmStatistic.Of(snapshot.Control), ArmStatistic.Of(snapshot.Treatment), options);
            var always = ConfidenceSequence.AlwaysValid(single, units, options, tuning);
            if (always.Status == EffectStatus.Ok)
            {
                least = Math.Min(least, always.PValue);
                always = always with { PValue = least };
            }

            looks.Add(new ExperimentLook(snapshot.Time, units, single, always));
        }

        var last = looks.FindLastIndex(look => look.FixedHorizon.Status == EffectStatus.Ok);
        if (last < 0) last = looks.Count - 1;
        var (control, treatment) = (ArmStatistic.Of(snapshots[last].Control), ArmStatistic.Of(snapshots[last].Treatment));
        return new SnapshotSeries
        {
            Experiment = snapshots[0].Experiment,
            Variant = snapshots[0].Variant,
            Metric = snapshots[0].Metric,
            Looks = looks,
            Last = looks[last],
            Control = control,
            Treatment = treatment,
            Lift = EffectTest.Lift(control, treatment, options),
            FirstTimeDecided = looks.Where(look => look.AlwaysValid.Low > 0 || look.AlwaysValid.High < 0).Select(look => look.Time).FirstOrDefault(double.NaN),
            WouldPeekingDecide = looks.Any(look => look.FixedHorizon.PValue < options.Alpha),
            Novelty = NoveltyCheck.OfCumulative(snapshots, options),
            SampleRatioP = SampleRatioTest.Of([snapshots[^1].Control.Count, snapshots[^1].Treatment.Count], [1, 1]).PValue,
        };
    }
}
