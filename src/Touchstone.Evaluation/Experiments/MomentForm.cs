using Touchstone.Domain;

namespace Touchstone.Evaluation.Experiments;

/// <summary>
/// A figure of an arm as a function of column means: a mean, or a ratio of two means. Its variance is that of its linearisation
/// (delta method): w'Σw with w the gradient at the arm's own means.
/// </summary>
/// <param name="Numerator">Column of the mean, or of the numerator.</param>
/// <param name="Denominator">Column of the denominator; null for a mean.</param>
public sealed record MomentForm(string Numerator, string? Denominator = null)
{
    /// <summary>The figure; NaN where the denominator's mean is 0.</summary>
    public double Value(VariantMoments arm)
    {
        ArgumentNullException.ThrowIfNull(arm);
        if (Denominator is null) return arm.Mean(Numerator);
        var below = arm.Mean(Denominator);
        return below == 0 ? double.NaN : arm.Mean(Numerator) / below;
    }

    /// <summary>Covariance a unit of two linearised figures (n − 1); over the count it is the covariance of the figures themselves.</summary>
    public double Covariance(VariantMoments arm, MomentForm other)
    {
        ArgumentNullException.ThrowIfNull(arm);
        ArgumentNullException.ThrowIfNull(other);
        var sum = 0.0;
        foreach (var (left, leftWeight) in Gradient(arm))
            foreach (var (right, rightWeight) in other.Gradient(arm)) sum += leftWeight * rightWeight * arm.Covariance(left, right);
        return sum;
    }

    /// <summary>Variance a unit of the linearised figure: var(n)/d² + var(d) n²/d⁴ − 2 cov n/d³ for a ratio.</summary>
    public double Variance(VariantMoments arm) => Covariance(arm, this);

    private (string Column, double Weight)[] Gradient(VariantMoments arm)
    {
        if (Denominator is null) return [(Numerator, 1)];
        var below = arm.Mean(Denominator);
        return [(Numerator, 1 / below), (Denominator, -arm.Mean(Numerator) / (below * below))];
    }
}
