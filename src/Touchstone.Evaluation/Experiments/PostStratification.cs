using Touchstone.Domain;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Effects within strata, weighed by the strata's share of all units of both arms (Miratrix, Sekhon and Yu 2013): what the strata explain leaves the error.</summary>
public static class PostStratification
{
    /// <summary>Treatment − control; status <c>no_variance</c> where a stratum lacks two units of an arm: merge it with another.</summary>
    public static Effect Difference(ExperimentMoments data, ExperimentPlan plan, ExperimentMetric metric, string variant)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(metric);
        List<(ArmStatistic Control, ArmStatistic Treatment)> strata = [];
        foreach (var segment in data.Segments.GroupBy(entry => entry.Segment, StringComparer.Ordinal).OrderBy(segment => segment.Key, StringComparer.Ordinal))
        {
            ArmStatistic Arm(string name) => segment.FirstOrDefault(entry => entry.Moments.Variant == name) is { } found ? ArmStatistic.Of(found.Moments, ExperimentJudge.Form(metric)) : ArmStatistic.Plain(0, double.NaN, double.NaN);
            var pair = (Arm(plan.Control), Arm(variant));
            if (pair.Item1.Count + pair.Item2.Count > 0) strata.Add(pair);
        }

        return Difference(strata, plan.Options);
    }

    /// <summary>Treatment − control over strata.</summary>
    /// <param name="strata">[stratum] both arms.</param>
    /// <param name="options">Alpha and side.</param>
    public static Effect Difference(IReadOnlyList<(ArmStatistic Control, ArmStatistic Treatment)> strata, EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(strata);
        ArgumentNullException.ThrowIfNull(options);
        var total = strata.Sum(stratum => (double)stratum.Control.Count + stratum.Treatment.Count);
        var (value, variance, below) = (0.0, 0.0, 0.0);
        foreach (var (control, treatment) in strata)
        {
            if (control.Count < 2 || treatment.Count < 2) return new Effect { Status = EffectStatus.NoVariance, Value = double.NaN, Level = 1 - options.Alpha };
            var share = ((double)control.Count + treatment.Count) / total;
            value += share * (treatment.Mean - control.Mean);
            foreach (var arm in (ArmStatistic[])[control, treatment])
            {
                var part = share * share * arm.Variance / arm.Count;
                variance += part;
                below += part * part / (arm.Count - 1);
            }
        }

        return EffectTest.Test(value, Math.Sqrt(variance), variance * variance / below, options);
    }
}
