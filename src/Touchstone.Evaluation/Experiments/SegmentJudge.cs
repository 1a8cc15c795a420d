using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Effects by segment, and whether they differ. Segments must be known before exposure. Effects are unadjusted.</summary>
public static class SegmentJudge
{
    /// <summary>Every metric of every arm within every segment, with p adjusted over all of them.</summary>
    public static IReadOnlyList<SegmentEffect> Effects(ExperimentMoments data, ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(plan);
        List<SegmentEffect> effects = [];
        foreach (var metric in plan.Metrics.Where(metric => metric.Kind != MetricKind.Quantile))
        {
            foreach (var segment in data.Segments.GroupBy(entry => entry.Segment, StringComparer.Ordinal).OrderBy(segment => segment.Key, StringComparer.Ordinal))
            {
                if (segment.FirstOrDefault(entry => entry.Moments.Variant == plan.Control) is not { } control) continue;
                foreach (var arm in segment.Where(entry => entry.Moments.Variant != plan.Control).OrderBy(entry => entry.Moments.Variant, StringComparer.Ordinal))
                {
                    if (plan.Weights.Count > 0 && plan.Weights.GetValueOrDefault(arm.Moments.Variant) == 0) continue;
                    var (left, right) = (ExperimentJudge.Plain(control.Moments, metric), ExperimentJudge.Plain(arm.Moments, metric));
                    effects.Add(new SegmentEffect(segment.Key, metric.Name, arm.Moments.Variant, left, right, ExperimentJudge.Difference(metric, left, right, plan.Options), EffectTest.Lift(left, right, plan.Options), double.NaN));
                }
            }
        }

        var adjusted = MultipleTesting.BenjaminiHochberg([.. effects.Select(effect => effect.Difference.PValue)]);
        return [.. effects.Select((effect, i) => effect with { BenjaminiHochbergP = adjusted[i] })];
    }

    /// <summary>Cochran's Q (1954) of each metric and arm over its segments.</summary>
    public static IReadOnlyList<Heterogeneity> Differences(IReadOnlyList<SegmentEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        List<Heterogeneity> found = [];
        foreach (var group in effects.GroupBy(effect => (effect.Metric, effect.Variant)))
        {
            var usable = group.Where(effect => effect.Difference.Status == EffectStatus.Ok && effect.Difference.StandardError > 0).ToList();
            var weights = usable.ConvertAll(effect => 1 / (effect.Difference.StandardError * effect.Difference.StandardError));
            var mean = usable.Select((effect, i) => weights[i] * effect.Difference.Value).Sum() / weights.Sum();
            var q = usable.Select((effect, i) => weights[i] * Math.Pow(effect.Difference.Value - mean, 2)).Sum();
            var freedom = Math.Max(0, usable.Count - 1);
            found.Add(new Heterogeneity(group.Key.Metric, group.Key.Variant, freedom == 0 ? double.NaN : q, freedom, freedom == 0 ? double.NaN : Distributions.ChiSquareUpper(q, freedom)));
        }

        return found;
    }
}
