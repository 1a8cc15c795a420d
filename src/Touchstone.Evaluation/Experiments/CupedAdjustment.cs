using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Arms of one metric after adjustment by covariates known before the experiment.</summary>
public sealed record CupedAdjustment
{
    /// <summary>[covariate] θ; 0 where a covariate has no variance of its own.</summary>
    public required double[] Theta { get; init; }

    /// <summary>Whether any covariate varies; if none does, the arms are unadjusted.</summary>
    public required bool HasCovariateVariance { get; init; }

    /// <summary>Multiple correlation of the outcome with the covariates over all arms pooled; NaN where undefined.</summary>
    public required double PooledCorrelation { get; init; }

    /// <summary>[arm] the arms, in the order given.</summary>
    public required IReadOnlyList<ArmStatistic> Arms { get; init; }

    /// <summary>[arm] adjusted figures around the pooled means of the covariates, to be shown beside unadjusted ones.</summary>
    public required double[] DisplayMeans { get; init; }

    /// <summary>The status as files and reports write it.</summary>
    public string StatusName => HasCovariateVariance ? "ok" : "no_covariate_variance";

    /// <summary>
    /// Adjusts a metric (CUPED, Deng et al. 2013): y − θ'x. For means θ is the least-squares slope over all arms pooled, between-arm differences
    /// included. Ratios are linearised at each arm's own means; θ then comes from the arms' covariances summed, each over its count, which makes
    /// the difference's variance least. Units without history must have covariate 0, not be left out.
    /// </summary>
    /// <param name="arms">Moments of the arms with all columns needed.</param>
    /// <param name="outcome">The metric.</param>
    /// <param name="covariates">Covariates; those without variance of their own, or that others determine, get θ 0.</param>
    /// <exception cref="ArgumentException">No arms, or no covariates.</exception>
    public static CupedAdjustment Of(IReadOnlyList<VariantMoments> arms, MomentForm outcome, IReadOnlyList<MomentForm> covariates)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(covariates);
        if (covariates.Count == 0) throw new ArgumentException("There are no covariates to adjust by.", nameof(covariates));
        var pooled = VariantMoments.Merge("pooled", arms);
        // One linearisation over all arms would mix their ratios: each arm keeps its own.
        var hasRatio = outcome.Denominator is not null || covariates.Any(covariate => covariate.Denominator is not null);
        double Covariance(MomentForm left, MomentForm other) => hasRatio
            ? arms.Where(arm => arm.Count > 1).Sum(arm => left.Covariance(arm, other) / arm.Count)
            : left.Covariance(pooled, other);
        double[] right = [.. covariates.Select(covariate => Covariance(covariate, outcome))];
        var matrix = covariates.Select(row => covariates.Select(column => Covariance(row, column)).ToArray()).ToArray();
        var (theta, rank) = SemidefiniteSystem.Solve(matrix, right);
        var explained = theta.Zip(right, (slope, covariance) => slope * covariance).Sum();
        return new CupedAdjustment
        {
            Theta = theta,
            HasCovariateVariance = rank > 0,
            PooledCorrelation = Math.Sqrt(Math.Clamp(explained / Covariance(outcome, outcome), 0, 1)) * (covariates.Count == 1 ? Math.Sign(right[0]) : 1),
            Arms = [.. arms.Select(arm => Adjust(arm, outcome, covariates, theta))],
            DisplayMeans = [.. arms.Select(arm => outcome.Value(arm) - covariates.Select((covariate, i) => theta[i] == 0 ? 0 : theta[i] * (covariate.Value(arm) - covariate.Value(pooled))).Sum())],
        };
    }

    private static ArmStatistic Adjust(VariantMoments arm, MomentForm outcome, IReadOnlyList<MomentForm> covariates, double[] theta)
    {
        var plain = ArmStatistic.Of(arm, outcome);
        if (arm.Count < 2) return plain;
        var (mean, variance, covariance) = (plain.Mean, plain.Variance, plain.Variance);
        for (var i = 0; i < theta.Length; i++)
        {
            if (theta[i] == 0) continue;
            var with = theta[i] * covariates[i].Covariance(arm, outcome);
            mean -= theta[i] * covariates[i].Value(arm);
            covariance -= with;
            variance -= 2 * with;
            for (var j = 0; j < theta.Length; j++)
                if (theta[j] != 0) variance += theta[i] * theta[j] * covariates[i].Covariance(arm, covariates[j]);
        }

        // An outcome that the covariates determine leaves nothing but rounding.
        if (variance < 1e-14 * plain.Variance) variance = 0;
        return plain with { AdjustedMean = mean, AdjustedVariance = variance, AdjustedCovariance = covariance };
    }
}
