using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>Weights of the pseudo-inverse estimator (Swaminathan 2017, eq. 4): 1ₛᵀ (E_log[1 1ᵀ])⁺ E_target[1], 1ₛ telling which action stands in which slot of slate s.</summary>
public static class PseudoInverse
{
    /// <summary>Weights from the whole distributions over slates of one context; right also where slots depend on each other, as in rankings without repetition.</summary>
    /// <param name="slates">[slate][slot] actions, from 0.</param>
    /// <param name="logging">[slate] probability under the log.</param>
    /// <param name="targets">[slate] probability under the judged policy.</param>
    /// <param name="actionCount">Actions there are.</param>
    /// <returns>[slate] weights.</returns>
    /// <exception cref="ArgumentException">Columns of unequal length.</exception>
    public static double[] Weights(IReadOnlyList<int[]> slates, ReadOnlySpan<double> logging, ReadOnlySpan<double> targets, int actionCount)
    {
        ArgumentNullException.ThrowIfNull(slates);
        if (slates.Count == 0 || slates.Count != logging.Length || slates.Count != targets.Length)
            throw new ArgumentException($"{slates.Count} slates with {logging.Length} and {targets.Length} probabilities; expected one each, and at least one slate.", nameof(slates));
        var size = slates[0].Length * actionCount;
        var (second, first) = (new double[size * size], new double[size]);
        for (var slate = 0; slate < slates.Count; slate++)
        {
            for (var slot = 0; slot < slates[slate].Length; slot++)
            {
                var row = (slot * actionCount) + slates[slate][slot];
                first[row] += targets[slate];
                for (var other = 0; other < slates[slate].Length; other++) second[(row * size) + (other * actionCount) + slates[slate][other]] += logging[slate];
            }
        }

        var solution = SymmetricEigen.PseudoSolve(second, first);
        return [.. slates.Select(slate => slate.Select((action, slot) => solution[(slot * actionCount) + action]).Sum())];
    }

    /// <summary>The weight where both policies fill slots independently: 1 − L + Σ wₗ.</summary>
    /// <param name="slotWeights">[slot] wₗ of one slate.</param>
    public static double Independent(ReadOnlySpan<double> slotWeights)
    {
        var sum = 1.0 - slotWeights.Length;
        foreach (var weight in slotWeights) sum += weight;
        return sum;
    }
}
