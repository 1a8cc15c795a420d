using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>The arithmetic of slates. A slate's value is the sum of its slots' rewards.</summary>
public static class SlateKernel
{
    /// <summary>Weights of slots: own marginals, or the slate down to the slot.</summary>
    /// <param name="propensities">[slot] in (0, 1].</param>
    /// <param name="targets">[slot] in [0, 1].</param>
    /// <exception cref="ArgumentException">A probability out of range; names the slot by its row.</exception>
    public static double[] Weights(ReadOnlySpan<double> propensities, ReadOnlySpan<double> targets)
    {
        var weights = new double[propensities.Length];
        RoundKernel.Weights(propensities, targets, weights);
        return weights;
    }

    /// <summary>[slot] the weight that an estimator gives each slot's reward.</summary>
    /// <param name="slates">The log.</param>
    /// <param name="assumption">What is assumed.</param>
    public static double[] SlotWeights(SlateRounds slates, SlateAssumption assumption)
    {
        ArgumentNullException.ThrowIfNull(slates);
        switch (assumption)
        {
            case SlateAssumption.Independent: return Weights(slates.SlotPropensities, slates.SlotTargets);
            case SlateAssumption.Cascade or SlateAssumption.CascadeModel: return Weights(slates.PrefixPropensities, slates.PrefixTargets);
            case SlateAssumption.Whole:
                var prefixes = Weights(slates.PrefixPropensities, slates.PrefixTargets);
                for (var slate = 0; slate < slates.Count; slate++)
                {
                    var slots = prefixes.AsSpan(slates.Starts[slate]..slates.Starts[slate + 1]);
                    slots.Fill(slots[^1]);
                }

                return prefixes;
            case SlateAssumption.Additive:
                var isGiven = slates.PseudoInverseWeights.Length > 0;
                var own = isGiven ? new double[slates.Rewards.Length] : Weights(slates.SlotPropensities, slates.SlotTargets);
                for (var slate = 0; slate < slates.Count; slate++)
                {
                    var slots = own.AsSpan(slates.Starts[slate]..slates.Starts[slate + 1]);
                    slots.Fill(isGiven ? slates.PseudoInverseWeights[slate] : PseudoInverse.Independent(slots));
                }

                return own;
            default: throw new ArgumentOutOfRangeException(nameof(assumption), assumption, "Unknown assumption.");
        }
    }

    /// <summary>[slate] terms whose mean is the estimate: Σ wₗ rₗ, and for cascade-DR Σ w₁..ₗ (rₗ − qₗ) + w₁..ₗ₋₁ E[qₗ].</summary>
    /// <param name="slates">The log.</param>
    /// <param name="assumption">What is assumed.</param>
    /// <param name="weights">[slot] from <see cref="SlotWeights"/>.</param>
    public static double[] Terms(SlateRounds slates, SlateAssumption assumption, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(slates);
        var terms = new double[slates.Count];
        for (var slate = 0; slate < terms.Length; slate++)
        {
            for (var slot = slates.Starts[slate]; slot < slates.Starts[slate + 1]; slot++)
            {
                terms[slate] += assumption == SlateAssumption.CascadeModel
                    ? (weights[slot] * (slates.Rewards[slot] - slates.ModelledRewards[slot])) + ((slot == slates.Starts[slate] ? 1 : weights[slot - 1]) * slates.ModelledValues[slot])
                    : weights[slot] * slates.Rewards[slot];
            }
        }

        return terms;
    }
}
