using System.Runtime.InteropServices;
using TorchSharp;

namespace Touchstone.Learning.Autoencoders;

/// <summary>Inverts a symmetric positive definite matrix by Cholesky's factors: half the work of a general inverse.</summary>
internal static class EaseInverse
{
    /// <summary>[n, n] the inverse, row-major; disposes the matrix on the way, so that no more than two are held.</summary>
    /// <param name="matrix">[n, n] symmetric; disposed.</param>
    /// <param name="options">For the message of a fault.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <exception cref="TrainingOptionException">Not positive definite in this precision.</exception>
    internal static torch.Tensor OfPositiveDefinite(torch.Tensor matrix, EaseOptions options, CancellationToken cancellationToken)
    {
        torch.Tensor factor;
        try
        {
            factor = torch.linalg.cholesky(matrix);
        }
        catch (ExternalException fault) when (fault.Message.Contains("positive-definite", StringComparison.Ordinal))
        {
            throw new TrainingOptionException($"ease: the matrix is not positive definite with lambda = {options.ToOptions()["lambda"]} in {options.ToOptions()["precision"]}; raise lambda, or set precision to float64.");
        }

        matrix.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        var inverse = torch.cholesky_inverse(factor);
        factor.Dispose();
        if (inverse.is_contiguous()) return inverse;

        // LAPACK fills columns; the matrix is symmetric to the bit, so its transpose is the same matrix by rows.
        var byRows = inverse.t();
        inverse.Dispose();
        return byRows;
    }
}
