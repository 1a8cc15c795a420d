using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Learning.Optimisation;

/// <summary>One step of Adam with decoupled weight decay over one array.</summary>
internal static class AdamKernel
{
    /// <summary>
    /// p ← p (1 − lr·decay); m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; p ← p − lr·(m / (1−β₁ᵗ)) / (√(v / (1−β₂ᵗ)) + ε) (Kingma and Ba 2015,
    /// algorithm 1; Loshchilov and Hutter 2019, algorithm 2).
    /// </summary>
    /// <param name="parameters">[i] changed in place.</param>
    /// <param name="gradients">[i] gradients before scaling.</param>
    /// <param name="means">[i] m, changed in place.</param>
    /// <param name="squares">[i] v, changed in place.</param>
    /// <param name="scale">Factor on the gradients: that of clipping.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decay">Weight decay.</param>
    /// <param name="beta1">Decay of m.</param>
    /// <param name="beta2">Decay of v.</param>
    /// <param name="epsilon">Added to the root.</param>
    /// <param name="step">t, from 1.</param>
    public static void Step(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares,
        float scale, double rate, double decay, double beta1, double beta2, double epsilon, long step)
    {
        var keep = (float)(1 - (rate * decay));
        var stride = (float)(rate / (1 - Math.Pow(beta1, step)));
        var correction = (float)(1 / (1 - Math.Pow(beta2, step)));
        var (b1, b2, c1, c2, eps) = ((float)beta1, (float)beta2, (float)(1 - beta1), (float)(1 - beta2), (float)epsilon);
        var width = Vector<float>.Count;
        var whole = parameters.Length / width * width;
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters[..whole]);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients[..whole]);
        var m = MemoryMarshal.Cast<float, Vector<float>>(means[..whole]);
        var v = MemoryMarshal.Cast<float, Vector<float>>(squares[..whole]);
        for (var i = 0; i < p.Length; i++)
        {
            var gradient = g[i] * scale;
            m[i] = (m[i] * b1) + (gradient * c1);
            v[i] = (v[i] * b2) + (gradient * gradient * c2);
            p[i] = (p[i] * keep) - (m[i] * stride / (Vector.SquareRoot(v[i] * correction) + new Vector<float>(eps)));
        }

        for (var i = whole; i < parameters.Length; i++)
        {
            var gradient = gradients[i] * scale;
            means[i] = (means[i] * b1) + (gradient * c1);
            squares[i] = (squares[i] * b2) + (gradient * gradient * c2);
            parameters[i] = (parameters[i] * keep) - (means[i] * stride / (MathF.Sqrt(squares[i] * correction) + eps));
        }
    }

    /// <summary>Factor min(1, limit / (norm + 1e-6)) that clips gradients of that global norm (Pascanu et al. 2013).</summary>
    public static double ClipFactor(double norm, double limit) => Math.Min(1, limit / (norm + 1e-6));
}
