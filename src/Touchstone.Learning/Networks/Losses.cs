using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>What training lowers.</summary>
internal static class Losses
{
    /// <summary>Mean cross-entropy over positions.</summary>
    /// <param name="logits">[position, class].</param>
    /// <param name="labels">[position] class, 64-bit integers.</param>
    /// <returns>A scalar in nats; null where there is no position, so that the step is skipped instead of NaN learned.</returns>
    public static Tensor? CrossEntropy(Tensor logits, Tensor labels) =>
        logits.shape[0] == 0 ? null : torch.nn.functional.cross_entropy(logits, labels);

    /// <summary>
    /// In-batch contrast in both directions (van den Oord et al. 2018, InfoNCE; symmetric as in Radford et al. 2021): row i of one side belongs to
    /// row i of the other, all other rows are its negatives.
    /// </summary>
    /// <param name="queries">[pair, dimension] of length 1.</param>
    /// <param name="items">[pair, dimension] of length 1.</param>
    /// <param name="temperature">Divides the cosines; above 0.</param>
    /// <param name="excluded">[pair, pair] added to the scores: −∞ where a row is no true negative, 0 elsewhere and on the diagonal; null for none.</param>
    /// <returns>(query → item, symmetric mean): scalars in nats.</returns>
    public static (Tensor OneWay, Tensor Symmetric) Contrast(Tensor queries, Tensor items, double temperature, Tensor? excluded)
    {
        var scores = queries.mm(items.t()) / temperature;
        if (excluded is not null) scores = scores + excluded;
        var labels = torch.arange(scores.shape[0], torch.ScalarType.Int64);
        var oneWay = torch.nn.functional.cross_entropy(scores, labels);
        return (oneWay, (oneWay + torch.nn.functional.cross_entropy(scores.t(), labels)) / 2);
    }

    /// <summary>Mean binary cross-entropy of logits, stable at any size of them.</summary>
    /// <param name="logits">[row].</param>
    /// <param name="labels">[row] 0 or 1, singles.</param>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor labels) => torch.nn.functional.binary_cross_entropy_with_logits(logits, labels);
}
