using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>A bar of the histogram of weights.</summary>
/// <param name="Above">Weights above this …</param>
/// <param name="UpTo">… and up to this; the bar of weight 0 has 0 and 0.</param>
/// <param name="Count">Rounds.</param>
/// <param name="WeightShare">Their share of all weight.</param>
public sealed record WeightBar(double Above, double UpTo, long Count, double WeightShare);

/// <summary>A heavy round.</summary>
/// <param name="Round">Index of the round, from 0.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Share">Its share of all weight.</param>
/// <param name="Reward">What it earned.</param>
public sealed record HeavyRound(long Round, double Weight, double Share, double Reward);

/// <summary>What the weights of a log say of it before any estimate does.</summary>
public sealed record WeightReport
{
    /// <summary>Rounds.</summary>
    public required long Rounds { get; init; }

    /// <summary>Mean weight; 1 in expectation where the log could choose all that the judged policy chooses, and its propensities are right.</summary>
    public required double MeanWeight { get; init; }

    /// <summary>Standard error of the mean weight.</summary>
    public required double MeanWeightStandardError { get; init; }

    /// <summary>Largest weight.</summary>
    public required double MaximumWeight { get; init; }

    /// <summary>Effective sample size (Σw)² / Σw² (Kish 1965); 0 where all weights are 0.</summary>
    public required double EffectiveSampleSize { get; init; }

    /// <summary>Share of rounds whose action the judged policy never chooses.</summary>
    public required double ZeroShare { get; init; }

    /// <summary>Rounds with a weight and a reward: what importance weighting stands on.</summary>
    public required long RewardedRounds { get; init; }

    /// <summary>Heaviest rounds, the heaviest first.</summary>
    public required IReadOnlyList<HeavyRound> Heaviest { get; init; }

    /// <summary>Histogram by powers of 2.</summary>
    public required IReadOnlyList<WeightBar> Bars { get; init; }

    /// <summary>How many standard errors the mean weight lies off 1; NaN without variance.</summary>
    public double MeanWeightScore => (MeanWeight - 1) / MeanWeightStandardError;
}

/// <summary>Diagnostics of weights that come in blocks.</summary>
public sealed class WeightDiagnostics
{
    private const int HeaviestCount = 10, LowestPower = -10, HighestPower = 30;
    private readonly MeanMoments _moments = new();
    private readonly long[] _counts = new long[HighestPower - LowestPower + 3];
    private readonly double[] _weights = new double[HighestPower - LowestPower + 3];
    private readonly List<HeavyRound> _heaviest = [];
    private double _scale, _sum, _squares;
    private long _zeros, _rewarded;

    /// <summary>Takes a block in.</summary>
    /// <param name="weights">[round] w.</param>
    /// <param name="rewards">[round] r.</param>
    /// <param name="firstRound">Index of the first round.</param>
    public void Add(ReadOnlySpan<double> weights, ReadOnlySpan<double> rewards, long firstRound)
    {
        _moments.Add(weights);
        for (var i = 0; i < weights.Length; i++)
        {
            var weight = weights[i];
            if (weight == 0)
            {
                _zeros++;
                _counts[0]++;
                continue;
            }

            // Squares are kept in units of the largest weight so far: 1e200 has none as a double.
            if (weight > _scale)
            {
                _squares *= _scale / weight * (_scale / weight);
                _scale = weight;
            }

            if (rewards[i] != 0) _rewarded++;
            _sum += weight;
            _squares += weight / _scale * (weight / _scale);
            var bar = BarOf(weight);
            _counts[bar]++;
            _weights[bar] += weight;
            if (_heaviest.Count < HeaviestCount || weight > _heaviest[^1].Weight) Insert(new HeavyRound(firstRound + i, weight, double.NaN, rewards[i]));
        }
    }

    /// <summary>What was seen.</summary>
    /// <exception cref="InvalidOperationException">Nothing was.</exception>
    public WeightReport Report()
    {
        if (_moments.Count == 0) throw new InvalidOperationException("The log has no rounds.");
        var last = Array.FindLastIndex(_counts, count => count > 0);
        var first = Array.FindIndex(_counts, 1, count => count > 0);
        var bars = new List<WeightBar>();
        if (_counts[0] > 0) bars.Add(new WeightBar(0, 0, _counts[0], 0));
        for (var bar = Math.Max(first, 1); first > 0 && bar <= last; bar++)
            bars.Add(new WeightBar(bar == 1 ? 0 : Math.Pow(2, LowestPower + bar - 2), bar == _counts.Length - 1 ? double.PositiveInfinity : Math.Pow(2, LowestPower + bar - 1), _counts[bar], _weights[bar] / _sum));
        return new WeightReport
        {
            Rounds = _moments.Count,
            MeanWeight = _moments.Mean,
            MeanWeightStandardError = _moments.StandardError,
            MaximumWeight = _moments.Maximum,
            EffectiveSampleSize = _sum == 0 ? 0 : _sum / _scale * (_sum / _scale) / _squares,
            ZeroShare = (double)_zeros / _moments.Count,
            RewardedRounds = _rewarded,
            Heaviest = [.. _heaviest.Select(round => round with { Share = round.Weight / _sum })],
            Bars = bars,
        };
    }

    // Equal weights keep the order of their rounds.
    private void Insert(HeavyRound round)
    {
        var at = _heaviest.FindIndex(other => round.Weight > other.Weight);
        _heaviest.Insert(at < 0 ? _heaviest.Count : at, round);
        if (_heaviest.Count > HeaviestCount) _heaviest.RemoveAt(HeaviestCount);
    }

    private static int BarOf(double weight)
    {
        var power = (int)Math.Ceiling(Math.Log2(weight));
        return Math.Clamp(power - LowestPower + 1, 1, HighestPower - LowestPower + 2);
    }
}
