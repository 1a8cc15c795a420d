using Touchstone.Domain;

namespace Touchstone.Evaluation.Experiments;

/// <summary>One arm of one metric: the figure, its variance a unit, and both again after adjustment by covariates.</summary>
/// <param name="Count">Units.</param>
/// <param name="Mean">The figure, unadjusted: a mean, share, ratio or quantile.</param>
/// <param name="Variance">Variance a unit: over <paramref name="Count"/> it is the squared error of <paramref name="Mean"/>.</param>
/// <param name="AdjustedMean">The figure − θ'(covariates' means); equal to <paramref name="Mean"/> without adjustment.</param>
/// <param name="AdjustedVariance">Variance a unit of the adjusted figure.</param>
/// <param name="AdjustedCovariance">Covariance a unit of the adjusted with the unadjusted figure.</param>
public readonly record struct ArmStatistic(long Count, double Mean, double Variance, double AdjustedMean, double AdjustedVariance, double AdjustedCovariance)
{
    /// <summary>A figure without adjustment.</summary>
    public static ArmStatistic Plain(long count, double mean, double variance) => new(count, mean, variance, mean, variance, variance);

    /// <summary>An arm's running totals.</summary>
    public static ArmStatistic Of(SnapshotArm arm) => Plain(arm.Count, arm.Mean, arm.Variance);

    /// <summary>A mean or ratio of an arm; variance with n − 1.</summary>
    public static ArmStatistic Of(VariantMoments arm, MomentForm form)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(form);
        return arm.Count == 0 ? Plain(0, double.NaN, double.NaN) : Plain(arm.Count, form.Value(arm), form.Variance(arm));
    }

    /// <summary>A share of units; variance p(1 − p).</summary>
    /// <param name="successes">Units that have it.</param>
    /// <param name="count">Units.</param>
    /// <exception cref="ArgumentException">More successes than units, or a negative count.</exception>
    public static ArmStatistic Proportion(double successes, long count)
    {
        if (count < 0 || !(successes >= 0) || successes > count) throw new ArgumentException($"successes = {successes} of {count} units; expected 0 to {count}.", nameof(successes));
        var p = count == 0 ? double.NaN : successes / count;
        return Plain(count, p, p * (1 - p));
    }

    /// <summary>A quantile over events; see <see cref="QuantileStatistic"/>.</summary>
    public static ArmStatistic Quantile(VariantQuantile quantile) => QuantileStatistic.Arm(quantile);
}
