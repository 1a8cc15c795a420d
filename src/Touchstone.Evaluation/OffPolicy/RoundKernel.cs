namespace Touchstone.Evaluation.OffPolicy;

/// <summary>The arithmetic of rounds: importance weights and what estimators make of them. Columns in, columns out.</summary>
public static class RoundKernel
{
    /// <summary>Importance weights w = target / propensity.</summary>
    /// <param name="propensities">[round] in (0, 1].</param>
    /// <param name="targets">[round] in [0, 1].</param>
    /// <param name="weights">[round] overwritten.</param>
    /// <param name="firstRound">Index of the first round, for messages.</param>
    /// <exception cref="ArgumentException">A probability out of range; names the round.</exception>
    public static void Weights(ReadOnlySpan<double> propensities, ReadOnlySpan<double> targets, Span<double> weights, long firstRound = 0)
    {
        SameLength(propensities.Length, targets.Length, nameof(targets));
        for (var i = 0; i < propensities.Length; i++)
        {
            if (!(propensities[i] is > 0 and <= 1))
                throw new ArgumentException(FormattableString.Invariant($"propensities[{firstRound + i}] = {propensities[i]}; expected (0, 1]. Log the probability that the policy chose with."), nameof(propensities));
            if (!(targets[i] is >= 0 and <= 1))
                throw new ArgumentException(FormattableString.Invariant($"targets[{firstRound + i}] = {targets[i]}; expected [0, 1]: the judged policy's probability of the logged action."), nameof(targets));
            weights[i] = targets[i] / propensities[i];
        }
    }

    /// <summary>Refuses rewards that are no numbers.</summary>
    /// <param name="rewards">[round].</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="firstRound">Index of the first round, for messages.</param>
    /// <exception cref="ArgumentException">NaN or infinity; names the round.</exception>
    public static void RequireFinite(ReadOnlySpan<double> rewards, string name, long firstRound = 0)
    {
        for (var i = 0; i < rewards.Length; i++)
            if (!double.IsFinite(rewards[i])) throw new ArgumentException(FormattableString.Invariant($"{name}[{firstRound + i}] = {rewards[i]}; expected a finite number. Leave rounds of unknown reward out, and say how many."), name);
    }

    /// <summary>Weights under an estimator's rule.</summary>
    /// <param name="rule">Clipped: Bottou 2013; subgaussian: Metelli 2021, eq. 6 (s = −1 … 1 family at 1); switched: Wang 2017, eq. 8; shrunken: Su 2020, eq. 11.</param>
    /// <param name="parameter">λ.</param>
    /// <param name="weights">[round] w.</param>
    /// <param name="used">[round] overwritten; may be the same memory.</param>
    public static void Apply(WeightRule rule, double parameter, ReadOnlySpan<double> weights, Span<double> used)
    {
        switch (rule)
        {
            case WeightRule.Plain: weights.CopyTo(used); break;
            case WeightRule.None: used.Clear(); break;
            case WeightRule.Clipped:
                for (var i = 0; i < weights.Length; i++) used[i] = Math.Min(weights[i], parameter);
                break;
            case WeightRule.Subgaussian:
                // λ = 1 keeps w = 0 at 0, where the quotient would be 0/0.
                for (var i = 0; i < weights.Length; i++) used[i] = weights[i] == 0 ? 0 : weights[i] / (1 - parameter + (parameter * weights[i]));
                break;
            case WeightRule.Switched:
                for (var i = 0; i < weights.Length; i++) used[i] = weights[i] <= parameter ? weights[i] : 0;
                break;
            case WeightRule.Shrunken:
                // λw / (w² + λ), written so that an infinite λ gives w; its limit at λ = 0 is 0, also where w is 0.
                for (var i = 0; i < weights.Length; i++) used[i] = parameter == 0 ? 0 : weights[i] / ((weights[i] * weights[i] / parameter) + 1);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(rule), rule, "Unknown rule.");
        }
    }

    /// <summary>W (r − q), or W r without a model.</summary>
    /// <param name="weights">[round] W.</param>
    /// <param name="rewards">[round] r.</param>
    /// <param name="modelled">[round] q; empty without a model.</param>
    /// <param name="corrections">[round] overwritten.</param>
    public static void Corrections(ReadOnlySpan<double> weights, ReadOnlySpan<double> rewards, ReadOnlySpan<double> modelled, Span<double> corrections)
    {
        SameLength(weights.Length, rewards.Length, nameof(rewards));
        if (modelled.IsEmpty)
        {
            for (var i = 0; i < weights.Length; i++) corrections[i] = weights[i] * rewards[i];
            return;
        }

        SameLength(weights.Length, modelled.Length, nameof(modelled));
        for (var i = 0; i < weights.Length; i++) corrections[i] = weights[i] * (rewards[i] - modelled[i]);
    }

    private static void SameLength(int expected, int actual, string name)
    {
        if (expected != actual) throw new ArgumentException($"{name} has {actual} rounds; expected {expected}.", name);
    }
}
