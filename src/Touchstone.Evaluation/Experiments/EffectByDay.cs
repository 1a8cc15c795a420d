using Touchstone.Domain;

namespace Touchstone.Evaluation.Experiments;

/// <summary>An arm's effect on a metric day by day after exposure, and whether it changes. Effects are unadjusted and a unit and day.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Variant">The arm.</param>
/// <param name="ControlUnits">Units of control that were seen on all days.</param>
/// <param name="TreatmentUnits">Units of the arm that were.</param>
/// <param name="Days">[day] treatment − control on the day.</param>
/// <param name="Check">The early days against the late ones.</param>
public sealed record EffectByDay(string Metric, string Variant, long ControlUnits, long TreatmentUnits, IReadOnlyList<Effect> Days, NoveltyCheck Check)
{
    /// <summary>Every metric that has days, of every arm with weight but control.</summary>
    /// <param name="data">Moments with days.</param>
    /// <param name="plan">Control, weights, alpha.</param>
    public static IReadOnlyList<EffectByDay> All(ExperimentMoments data, ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(plan);
        List<EffectByDay> found = [];
        foreach (var daily in data.Daily)
        {
            var metric = plan.Metrics.First(metric => metric.Name == daily.Metric);
            if (daily.Arms.FirstOrDefault(arm => arm.Variant == plan.Control) is not { } control) continue;
            foreach (var arm in daily.Arms.Where(arm => arm.Variant != plan.Control && (plan.Weights.Count == 0 || plan.Weights.GetValueOrDefault(arm.Variant) > 0)))
                found.Add(Of(metric, daily, control, arm, plan.Options));
        }

        return found;
    }

    private static EffectByDay Of(ExperimentMetric metric, DailyMoments daily, VariantMoments control, VariantMoments treatment, EffectOptions options)
    {
        MomentForm Form(string column) => new(column, metric.Kind == MetricKind.Ratio ? DailyMoments.Denominator(column) : null);
        Effect Difference(MomentForm form) => EffectTest.Difference(ArmStatistic.Of(control, form), ArmStatistic.Of(treatment, form), options);
        var (early, late) = (Form(DailyMoments.Early), Form(DailyMoments.Late));
        // The same units stand in both halves: each unit's own change carries the test.
        ArmStatistic Change(VariantMoments arm) => ArmStatistic.Plain(arm.Count, late.Value(arm) - early.Value(arm), late.Variance(arm) + early.Variance(arm) - (2 * late.Covariance(arm, early)));
        var check = new NoveltyCheck(Difference(early), Difference(late), EffectTest.Difference(Change(control), Change(treatment), options));
        return new EffectByDay(daily.Metric, treatment.Variant, control.Count, treatment.Count, [.. Enumerable.Range(1, daily.Days).Select(day => Difference(Form(DailyMoments.Day(day))))], check);
    }
}
