using TorchSharp;
using Touchstone.Domain;

namespace Touchstone.Learning.Autoencoders;

/// <summary>
/// EASE, the linear autoencoder with a closed form: P = (XᵀX + λI)⁻¹, B = I − P·diag(P)⁻¹, so that the diagonal is 0
/// (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data", eq. 8). Two [product, product] matrices are held at a time.
/// </summary>
public static class EaseTrainer
{
    /// <summary>The name that shop.yaml and reports use.</summary>
    public const string ModelName = "ease";

    /// <summary>Trains the weights.</summary>
    /// <param name="histories">Training rows.</param>
    /// <param name="options">Options.</param>
    /// <param name="threads">Threads of LibTorch; the same number on the same kind of processor gives the same bits.</param>
    /// <param name="cancellationToken">Stops between the steps; one step of LibTorch runs to its end.</param>
    /// <exception cref="LibTorchUnavailableException">LibTorch cannot be loaded (says what to run).</exception>
    /// <exception cref="ArgumentException">No training rows.</exception>
    /// <exception cref="TrainingOptionException">The penalty is too small for the precision.</exception>
    public static ItemToItemWeights Fit(TrainingHistories histories, EaseOptions options, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        LibTorch.Start(threads);
        using var inverse = Invert(histories, options, threads, cancellationToken);
        var (rowStarts, columns, values) = EaseWeights.Select(inverse, options.Neighbours, options.Threshold, threads, cancellationToken);
        return new ItemToItemWeights
        {
            Name = ModelName,
            ProductIds = histories.Products.Ids,
            RowStarts = rowStarts,
            Columns = columns,
            Values = values,
            Options = options.ToOptions(),
        };
    }

    /// <summary>[product, product] P, row-major; the caller disposes it.</summary>
    internal static torch.Tensor Invert(TrainingHistories histories, EaseOptions options, int threads, CancellationToken cancellationToken)
    {
        if (histories.ProductIndexes.Length == 0) throw new ArgumentException("There are no training rows; EASE learns from histories.", nameof(histories));
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var gram = EaseGram.Build(histories, options, threads, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return EaseInverse.OfPositiveDefinite(gram, options, cancellationToken).MoveToOuterDisposeScope();
    }
}
