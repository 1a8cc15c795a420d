using System.Runtime.InteropServices;
using Touchstone.Learning.Networks;
using Touchstone.Models.Checkpoints;
using Touchstone.Numerics;

namespace Touchstone.Learning.Optimisation;

/// <summary>Adam with decoupled weight decay over a set of weights; biases and normalisations do not decay.</summary>
/// <param name="weights">What is learned.</param>
/// <param name="weightDecay">Decay; 0 makes it plain Adam.</param>
/// <param name="clipNorm">Largest global norm of the gradients.</param>
internal sealed class AdamW(ParameterSet weights, double weightDecay, double clipNorm)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private readonly Dictionary<string, (float[] Means, float[] Squares)> _moments = weights.Names.ToDictionary(
        name => name, name => (new float[weights[name].numel()], new float[weights[name].numel()]), StringComparer.Ordinal);

    /// <summary>Steps made.</summary>
    public long StepCount { get; private set; }

    /// <summary>One step; then the gradients are cleared.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <returns>Global norm of the gradients before clipping; NaN or infinite where they were not finite, and then nothing was learned.</returns>
    public double Step(double rate)
    {
        double squares = 0;
        foreach (var name in weights.Names)
        {
            using var gradient = weights[name].grad;
            if (gradient is not null) squares += FixedOrder.SumOfSquares(MemoryMarshal.Cast<byte, float>(gradient.bytes));
        }

        var norm = Math.Sqrt(squares);
        if (!double.IsFinite(norm)) return norm;
        StepCount++;
        var scale = (float)AdamKernel.ClipFactor(norm, clipNorm);
        foreach (var name in weights.Names)
        {
            using var gradient = weights[name].grad;
            if (gradient is null) continue;
            var (means, seconds) = _moments[name];
            var gradients = MemoryMarshal.Cast<byte, float>(gradient.bytes);
            AdamKernel.Step(weights.ValuesOf(name), gradients, means, seconds, scale, rate, Decays(name) ? weightDecay : 0, Beta1, Beta2, Epsilon, StepCount);
            gradients.Clear();
        }

        return norm;
    }

    /// <summary>Counts a step in which there was nothing to learn.</summary>
    public void SkipStep() => StepCount++;

    /// <summary>The moments, to resume from.</summary>
    public IEnumerable<NamedTensor> ToTensors()
    {
        yield return NamedTensor.Of("adam.steps", [StepCount]);
        foreach (var name in weights.Names)
        {
            yield return NamedTensor.Of("adam.mean." + name, _moments[name].Means, weights[name].shape);
            yield return NamedTensor.Of("adam.square." + name, _moments[name].Squares, weights[name].shape);
        }
    }

    /// <summary>Takes the moments of a stopped training.</summary>
    /// <exception cref="CheckpointException">They are not of these weights.</exception>
    public void Load(Checkpoint stored)
    {
        StepCount = stored["adam.steps"].Int64s()[0];
        foreach (var name in weights.Names)
        {
            stored["adam.mean." + name].Singles().CopyTo(_moments[name].Means);
            stored["adam.square." + name].Singles().CopyTo(_moments[name].Squares);
        }
    }

    private static bool Decays(string name) => !name.EndsWith(".bias", StringComparison.Ordinal) && !name.Contains("LayerNorm", StringComparison.Ordinal);
}
