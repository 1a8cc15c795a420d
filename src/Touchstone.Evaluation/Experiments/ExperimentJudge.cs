using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Experiments;

/// <summary>From an experiment's moments to its estimates.</summary>
public static class ExperimentJudge
{
    /// <summary>Judges an experiment.</summary>
    /// <param name="data">Moments with the columns that the plan names.</param>
    /// <param name="plan">Control, metrics, methods.</param>
    /// <param name="bootstrap">With all units of the same data; null for none.</param>
    /// <exception cref="ExperimentPlanException">There is no such control, a weight names no arm, the looks are no plan, or there is nothing to compare.</exception>
    public static ExperimentResult Judge(ExperimentMoments data, ExperimentPlan plan, ExperimentBootstrap? bootstrap = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(plan);
        var names = data.Arms.Select(arm => arm.Variant).ToList();
        if (!names.Contains(plan.Control)) throw new ExperimentPlanException($"There is no variant \"{plan.Control}\" to compare with; there are {Quoted(names)}.");
        if (names.Count < 2) throw new ExperimentPlanException($"There is only the variant \"{plan.Control}\": nothing to compare it with.");
        foreach (var named in plan.Weights.Keys)
            if (!names.Contains(named)) throw new ExperimentPlanException($"The weights name the variant \"{named}\", of which there is no unit; there are {Quoted(names)}.");
        double[] weights = [.. names.Select(name => plan.Weights.Count == 0 ? 1 : plan.Weights.GetValueOrDefault(name))];
        long[] units = [.. data.Arms.Select(arm => arm.Count)];
        var looks = new LookValidity(plan);
        var comparisons = plan.Metrics.SelectMany(metric => Compare(data, plan, metric, weights, looks)).ToList();
        if (bootstrap is not null) comparisons = comparisons.ConvertAll(compared => Resampled(compared, data, plan, bootstrap));
        double[] p = [.. comparisons.Select(compared => compared.PValue)];
        var (holm, discovery) = (MultipleTesting.Holm(p), MultipleTesting.BenjaminiHochberg(p));
        var hasSegments = data.Segments.Any(entry => entry.Segment.Length > 0);
        var segments = hasSegments ? SegmentJudge.Effects(data, plan) : [];
        return new ExperimentResult
        {
            Plan = plan,
            Variants = names,
            Units = units,
            Weights = weights,
            SampleRatio = SampleRatioTest.Of(units, weights),
            Comparisons = [.. comparisons.Select((compared, i) => compared with { HolmP = holm[i], BenjaminiHochbergP = discovery[i] })],
            Boundaries = looks.Boundaries,
            Bootstrap = bootstrap?.Options,
            SegmentEffects = segments,
            Heterogeneity = SegmentJudge.Differences(segments),
            ByDay = EffectByDay.All(data, plan),
            Caps = data.Caps,
            Hygiene = data.Hygiene,
        };
    }

    private static IEnumerable<ComparedArm> Compare(ExperimentMoments data, ExperimentPlan plan, ExperimentMetric metric, double[] weights, LookValidity looks)
    {
        var (plain, adjusted, cuped) = Statistics(data, plan, metric);
        var control = data.Arms.Select(arm => arm.Variant).ToList().IndexOf(plan.Control);
        for (var i = 0; i < plain.Count; i++)
        {
            if (i == control) continue;
            if (weights[i] == 0 || weights[control] == 0)
            {
                var off = new Effect { Status = EffectStatus.ArmOff, Value = double.NaN };
                yield return new ComparedArm { Metric = metric, Variant = data.Arms[i].Variant, Control = plain[control], Treatment = plain[i], Difference = off, Lift = off, Unadjusted = off, Guards = ["arm_off"] };
                continue;
            }

            var (left, right) = (adjusted[control], adjusted[i]);
            var unadjusted = Difference(metric, plain[control], plain[i], plan.Options);
            Effect FixedHorizon(EffectOptions options) => cuped is null ? Difference(metric, plain[control], plain[i], options) : EffectTest.Difference(left, right, options);
            // A sequence is a normal interval: what is special to shares at one look has no part in it.
            Effect AtALook(EffectOptions options) => plan.Looks.IsEveryLook ? EffectTest.Difference(left, right, options) : FixedHorizon(options);
            var difference = FixedHorizon(plan.Options);
            var lift = EffectTest.Lift(left, right, plan.Options);
            var count = (double)left.Count + right.Count;
            yield return new ComparedArm
            {
                Metric = metric,
                Variant = data.Arms[i].Variant,
                Control = left,
                Treatment = right,
                Difference = difference,
                Lift = lift,
                Unadjusted = unadjusted,
                SequentialDifference = looks.Of(AtALook, count, Math.Abs(left.Mean)),
                SequentialLift = looks.Of(options => EffectTest.Lift(left, right, options), count, 1),
                Decision = looks.Decide(difference),
                VarianceReduction = cuped is null ? double.NaN : 1 - Math.Pow(difference.StandardError / unadjusted.StandardError, 2),
                Theta = cuped?.Theta ?? [],
                Posterior = BayesianEffect.Of(lift.Value, lift.StandardError, plan.Prior, plan.Options.Alpha),
                Stratified = plan.IsPostStratified && metric.Kind != MetricKind.Quantile ? PostStratification.Difference(data, plan, metric, data.Arms[i].Variant) : null,
                Guards = [.. GuardsOf(metric, data.Arms[control], data.Arms[i], plain[control], plain[i], difference, cuped)],
            };
        }
    }

    private static ComparedArm Resampled(ComparedArm compared, ExperimentMoments data, ExperimentPlan plan, ExperimentBootstrap bootstrap) =>
        compared.Difference.Status != EffectStatus.ArmOff && bootstrap.Of(compared, plan.Control, data.Arms[0].Columns, plan.Covariates) is var (difference, lift)
            ? compared with { BootstrapDifference = difference, BootstrapLift = lift }
            : compared;

    /// <summary>
    /// Difference without covariates. Shares: p of the pooled z, Newcombe's interval, the unpooled error; both hold where an arm has no
    /// conversion. All else: Welch.
    /// </summary>
    internal static Effect Difference(ExperimentMetric metric, ArmStatistic control, ArmStatistic treatment, EffectOptions options)
    {
        if (metric.Kind != MetricKind.Proportion || control.Count < 2 || treatment.Count < 2 || options.Side != TestSide.Both) return EffectTest.Difference(control, treatment, options);
        var shares = TwoProportions.Compare(control.Mean * control.Count, control.Count, treatment.Mean * treatment.Count, treatment.Count, options.Alpha);
        return new Effect
        {
            Status = EffectStatus.Ok,
            Value = shares.Difference,
            StandardError = shares.StandardError,
            DegreesOfFreedom = double.PositiveInfinity,
            Statistic = shares.PooledZ,
            PValue = shares.PValue,
            Low = shares.Newcombe.Low,
            High = shares.Newcombe.High,
            Level = 1 - options.Alpha,
        };
    }

    /// <summary>[arm] statistics without and with adjustment.</summary>
    internal static (IReadOnlyList<ArmStatistic> Plain, IReadOnlyList<ArmStatistic> Adjusted, CupedAdjustment? Cuped) Statistics(ExperimentMoments data, ExperimentPlan plan, ExperimentMetric metric)
    {
        if (metric.Kind == MetricKind.Quantile)
        {
            var quantiles = data.Quantiles[metric.Name].ToDictionary(quantile => quantile.Variant, StringComparer.Ordinal);
            List<ArmStatistic> arms = [.. data.Arms.Select(arm => quantiles.TryGetValue(arm.Variant, out var quantile) ? ArmStatistic.Quantile(quantile) : ArmStatistic.Plain(0, double.NaN, double.NaN))];
            return (arms, arms, null);
        }

        List<ArmStatistic> plain = [.. data.Arms.Select(arm => Plain(arm, metric))];
        if (plan.Covariates.Count == 0) return (plain, plain, null);
        var cuped = CupedAdjustment.Of(data.Arms, Form(metric), [.. plan.Covariates.Select(covariate => new MomentForm(covariate))]);
        return (plain, cuped.Arms, cuped);
    }

    /// <summary>The metric as a function of an arm's means.</summary>
    internal static MomentForm Form(ExperimentMetric metric) => new(metric.Name, metric.Kind == MetricKind.Ratio ? metric.DenominatorName : null);

    /// <summary>The arm of a metric without adjustment.</summary>
    internal static ArmStatistic Plain(VariantMoments arm, ExperimentMetric metric) => metric.Kind == MetricKind.Proportion
        ? ArmStatistic.Proportion(arm.Count == 0 ? 0 : Math.Round(arm.Mean(metric.Name) * arm.Count), arm.Count)
        : ArmStatistic.Of(arm, Form(metric));

    private static IEnumerable<string> GuardsOf(
        ExperimentMetric metric, VariantMoments controlArm, VariantMoments treatmentArm, ArmStatistic control, ArmStatistic treatment, Effect difference, CupedAdjustment? cuped)
    {
        if (difference.Status != EffectStatus.Ok) yield return difference.StatusName;
        if (control.Mean == 0) yield return "zero_baseline";
        if (control.Count < 30 || treatment.Count < 30) yield return "few_units";
        if (cuped is { HasCovariateVariance: false }) yield return cuped.StatusName;
        switch (metric.Kind)
        {
            case MetricKind.Proportion:
                foreach (var arm in (ArmStatistic[])[control, treatment])
                {
                    if (Math.Min(arm.Mean, 1 - arm.Mean) * arm.Count >= 10) continue;
                    yield return "few_conversions";
                    break;
                }

                break;
            case MetricKind.Mean or MetricKind.Ratio when Dominates(controlArm, metric.Name) || Dominates(treatmentArm, metric.Name):
                yield return "one_unit_dominates";
                break;
            default: break;
        }
    }

    /// <summary>Whether one unit carries over a quarter of an arm's whole squared deviation: the mean then hangs on that unit.</summary>
    private static bool Dominates(VariantMoments arm, string column)
    {
        if (arm.Count < 30) return false;
        var (at, largest) = (arm.IndexOf(column), arm.LargestDeviation(column));
        return largest * largest > 0.25 * arm.Products[at][at];
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
