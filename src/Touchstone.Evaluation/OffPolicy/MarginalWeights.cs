using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// Weights of an action's category (MIPS; Saito and Joachims 2022, eq. 9): unbiased where the reward follows from context and category alone, and with far
/// less variance than weights of actions where these are many.
/// </summary>
public static class MarginalWeights
{
    /// <summary>w(x, c) = Σₐ p(c|a) π(a|x, target) / Σₐ p(c|a) π(a|x, log).</summary>
    /// <param name="logging">The policy that made the log.</param>
    /// <param name="loggingContext">Context there.</param>
    /// <param name="target">The judged policy.</param>
    /// <param name="targetContext">Context there.</param>
    /// <param name="categories">p(c|a): a "context" is an action, an "action" a category.</param>
    /// <param name="category">c.</param>
    /// <returns>NaN where the log can never show the category.</returns>
    public static double Of(SparsePolicy logging, int loggingContext, SparsePolicy target, int targetContext, SparsePolicy categories, int category)
    {
        ArgumentNullException.ThrowIfNull(categories);
        var below = Probability(logging, loggingContext, categories, category);
        return below == 0 ? double.NaN : Probability(target, targetContext, categories, category) / below;
    }

    /// <summary>p(c|x, π) = Σₐ p(c|a) π(a|x).</summary>
    public static double Probability(SparsePolicy policy, int context, SparsePolicy categories, int category)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(categories);
        var actions = policy.ActionsOf(context);
        var probabilities = policy.ProbabilitiesOf(context);
        var sum = 0.0;
        for (var i = 0; i < actions.Length; i++) sum += probabilities[i] * categories.Of(actions[i], category);
        return sum;
    }
}
