using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>What was believed of an effect beforehand: a normal distribution.</summary>
/// <param name="Mean">Mean, in the effect's unit.</param>
/// <param name="Variance">Variance.</param>
/// <param name="IsProper">Whether it counts; false: flat, as if nothing were known.</param>
public sealed record EffectPrior(double Mean = 0, double Variance = 1, bool IsProper = false)
{
    /// <summary>A belief in the lift as one in the absolute difference.</summary>
    /// <param name="baseline">Control's figure.</param>
    public EffectPrior Absolute(double baseline) => this with { Mean = Mean * Math.Abs(baseline), Variance = Variance * baseline * baseline };
}

/// <summary>What is believed of an effect after the data (conjugate normal).</summary>
public sealed record BayesianEffect
{
    /// <summary>Posterior mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Posterior standard deviation.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>P(effect &gt; 0).</summary>
    public required double ChanceToWin { get; init; }

    /// <summary>Credible interval, equal tails.</summary>
    public required Interval Interval { get; init; }

    /// <summary>E max(effect, 0): what is given up if control is kept.</summary>
    public required double RiskOfKeeping { get; init; }

    /// <summary>E max(−effect, 0): what is lost if the treatment is shipped.</summary>
    public required double RiskOfShipping { get; init; }

    /// <summary>Posterior of an estimate; null where its error is not above 0.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="standardError">Its standard error.</param>
    /// <param name="prior">Belief beforehand.</param>
    /// <param name="alpha">1 − level of the interval.</param>
    public static BayesianEffect? Of(double estimate, double standardError, EffectPrior prior, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(prior);
        if (prior.IsProper && !(prior.Variance > 0)) throw new ArgumentOutOfRangeException(nameof(prior), prior.Variance, "The prior's variance must be above 0.");
        if (!(standardError > 0) || !double.IsFinite(estimate)) return null;
        var data = 1 / (standardError * standardError);
        var belief = prior.IsProper ? 1 / prior.Variance : 0;
        var mean = ((estimate * data) + (prior.Mean * belief)) / (data + belief);
        var deviation = prior.IsProper ? Math.Sqrt(1 / (data + belief)) : standardError;
        var z = mean / deviation;
        var half = -Distributions.NormalQuantile(alpha / 2) * deviation;
        return new BayesianEffect
        {
            Mean = mean,
            StandardDeviation = deviation,
            ChanceToWin = Distributions.NormalCdf(z),
            Interval = new Interval(mean - half, mean + half),
            RiskOfKeeping = deviation * Distributions.NormalExcess(z),
            RiskOfShipping = deviation * Distributions.NormalExcess(-z),
        };
    }
}
