using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Sample ratio mismatch: whether units fell into the arms as planned (Pearson's chi-square). A small p says that the split or the logging is broken, and no effect can be trusted.</summary>
public sealed record SampleRatioTest
{
    /// <summary>p below which the experiment is called broken.</summary>
    public const double AlarmBelow = 0.001;

    /// <summary>Σ (observed − expected)² / expected over arms with weight.</summary>
    public required double ChiSquare { get; init; }

    /// <summary>Arms with weight − 1.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>p-value; 1 without units, NaN with fewer than two arms with weight.</summary>
    public required double PValue { get; init; }

    /// <summary>Units in arms of weight 0: in neither total nor test.</summary>
    public required long UnitsInArmsWithoutWeight { get; init; }

    /// <summary>[arm] units expected; 0 in arms without weight.</summary>
    public required double[] Expected { get; init; }

    /// <summary>Whether the split is called broken.</summary>
    public bool IsMismatch => PValue < AlarmBelow;

    /// <summary>Tests counts against planned weights.</summary>
    /// <param name="units">[arm] units seen.</param>
    /// <param name="weights">[arm] planned weights; they are normalised and need not sum to 1.</param>
    /// <exception cref="ArgumentException">Unequal lengths, a negative count, or a weight that is negative or not finite (names the arm).</exception>
    public static SampleRatioTest Of(ReadOnlySpan<long> units, ReadOnlySpan<double> weights)
    {
        if (units.Length != weights.Length) throw new ArgumentException($"There are {weights.Length} weights for {units.Length} arms; give one an arm.", nameof(weights));
        var (total, sum, apart, arms) = (0L, 0.0, 0L, 0);
        for (var i = 0; i < units.Length; i++)
        {
            if (units[i] < 0) throw new ArgumentException($"units[{i}] = {units[i]}; expected a count from 0.", nameof(units));
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i])) throw new ArgumentException($"weights[{i}] = {weights[i]}; expected a finite number from 0.", nameof(weights));
            if (weights[i] == 0)
            {
                apart += units[i];
                continue;
            }

            total += units[i];
            sum += weights[i];
            arms++;
        }

        var chi = 0.0;
        var expected = new double[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            if (weights[i] == 0) continue;
            expected[i] = total * (weights[i] / sum);
            if (total > 0) chi += (units[i] - expected[i]) * (units[i] - expected[i]) / expected[i];
        }

        return new SampleRatioTest
        {
            ChiSquare = chi,
            DegreesOfFreedom = Math.Max(0, arms - 1),
            PValue = arms < 2 ? double.NaN : total == 0 ? 1 : Distributions.ChiSquareUpper(chi, arms - 1),
            UnitsInArmsWithoutWeight = apart,
            Expected = expected,
        };
    }
}
