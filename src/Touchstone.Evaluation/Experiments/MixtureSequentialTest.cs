namespace Touchstone.Evaluation.Experiments;

/// <summary>One look of a sequential test.</summary>
/// <param name="Count">Differences seen.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Lambda">Likelihood ratio of the mixture against no effect.</param>
/// <param name="PValue">Always-valid p: the least 1/Λ so far, at most 1.</param>
/// <param name="Interval">Interval of the mean at this look; excludes 0 exactly where 1/Λ &lt; α.</param>
public readonly record struct SequentialLook(int Count, double Mean, double Lambda, double PValue, Interval Interval);

/// <summary>Mixture sequential probability ratio test with a normal mixture (Johari, Koomen, Pekelis and Walsh 2022): one may stop at any look.</summary>
public static class MixtureSequentialTest
{
    /// <summary>Λ_n = √(V/(V + nτ²)) exp(τ² S² / (2V(V + nτ²))).</summary>
    /// <param name="count">Differences seen, n.</param>
    /// <param name="sum">Their sum, S.</param>
    /// <param name="variance">Variance of one difference, V; for means of two arms take n = units an arm and V = both variances together.</param>
    /// <param name="mixtureVariance">Variance of effects thought likely beforehand, τ².</param>
    public static double Lambda(double count, double sum, double variance, double mixtureVariance)
    {
        Check(variance, mixtureVariance);
        var spread = variance + (count * mixtureVariance);
        return Math.Sqrt(variance / spread) * Math.Exp(mixtureVariance * sum * sum / (2 * variance * spread));
    }

    /// <summary>Half width of the interval of the mean: all means at which 1/Λ ≥ α.</summary>
    public static double HalfWidth(double count, double variance, double mixtureVariance, double alpha)
    {
        Check(variance, mixtureVariance);
        var spread = variance + (count * mixtureVariance);
        return Math.Sqrt(variance * spread / (count * count * mixtureVariance) * (Math.Log(spread / variance) - (2 * Math.Log(alpha))));
    }

    /// <summary>
    /// An effect at this look, valid over all looks. Λ depends on the effect and its error alone: with V = n se², n cancels. p is 1/Λ at this look;
    /// the least over all looks so far holds too.
    /// </summary>
    /// <param name="fixedHorizon">The effect with its error, as if there were one look only.</param>
    /// <param name="mixtureDeviation">Standard deviation of effects thought likely beforehand, in the effect's own unit; where it is 0 (a lift's share of a control of 0) the status says so.</param>
    /// <param name="options">Alpha; two-sided.</param>
    /// <exception cref="ArgumentException">One-sided options.</exception>
    public static Effect AlwaysValid(Effect fixedHorizon, double mixtureDeviation, EffectOptions options)
    {
        ArgumentNullException.ThrowIfNull(fixedHorizon);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Side != TestSide.Both) throw new ArgumentException("The mixture test is two-sided.", nameof(options));
        if (fixedHorizon.Status != EffectStatus.Ok) return fixedHorizon;
        if (!(mixtureDeviation > 0)) return new Effect { Status = EffectStatus.ZeroBaseline, Value = fixedHorizon.Value, Level = 1 - options.Alpha };
        var (value, variance, mixture) = (fixedHorizon.Value, fixedHorizon.StandardError * fixedHorizon.StandardError, mixtureDeviation * mixtureDeviation);
        var half = HalfWidth(1, variance, mixture, options.Alpha);
        return fixedHorizon with
        {
            DegreesOfFreedom = double.PositiveInfinity,
            PValue = Math.Min(1, 1 / Lambda(1, value, variance, mixture)),
            Low = value - half,
            High = value + half,
            Level = 1 - options.Alpha,
        };
    }

    /// <summary>The test after each difference.</summary>
    /// <param name="differences">[look] treatment − control, in the order they came.</param>
    /// <param name="variance">Variance of one difference.</param>
    /// <param name="mixtureVariance">τ².</param>
    /// <param name="alpha">Error allowed over all looks.</param>
    public static SequentialLook[] Path(ReadOnlySpan<double> differences, double variance, double mixtureVariance, double alpha)
    {
        var looks = new SequentialLook[differences.Length];
        var (sum, least) = (0.0, 1.0);
        for (var i = 0; i < differences.Length; i++)
        {
            sum += differences[i];
            var n = i + 1;
            var lambda = Lambda(n, sum, variance, mixtureVariance);
            least = Math.Min(least, 1 / lambda);
            var half = HalfWidth(n, variance, mixtureVariance, alpha);
            looks[i] = new SequentialLook(n, sum / n, lambda, least, new Interval((sum / n) - half, (sum / n) + half));
        }

        return looks;
    }

    private static void Check(double variance, double mixtureVariance)
    {
        if (!(variance > 0)) throw new ArgumentOutOfRangeException(nameof(variance), variance, "The variance of a difference must be above 0.");
        if (!(mixtureVariance > 0)) throw new ArgumentOutOfRangeException(nameof(mixtureVariance), mixtureVariance, "The variance of the mixture must be above 0.");
    }
}
