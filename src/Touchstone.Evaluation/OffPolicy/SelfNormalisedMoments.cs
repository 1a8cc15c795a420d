namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// Moments of a self-normalised estimator, mean D + Σ W e / Σ W with e = r − q (D = 0 and e = r without a model), from columns that come in blocks. Its
/// standard error is the delta method's: root of Σ ψ² over n, ψ = D − mean D + W (e − V) / mean W. The part that a single huge weight would cancel
/// away, Σ W² (e − V)², is kept as moments of e under weights W² (West 1979).
/// </summary>
public sealed class SelfNormalisedMoments
{
    private double _meanBase, _meanWeight, _meanCorrection;
    private double _baseSquares, _baseWeight, _baseCorrection;
    private double _squaredWeights, _meanRest, _restSquares;

    /// <summary>Rounds seen.</summary>
    public long Count { get; private set; }

    /// <summary>The estimate; NaN where all weights are 0.</summary>
    public double Value => Count == 0 || _meanWeight == 0 ? double.NaN : _meanBase + Ratio;

    /// <summary>Its standard error by the delta method; NaN where all weights are 0.</summary>
    public double StandardError
    {
        get
        {
            if (Count == 0 || _meanWeight == 0) return double.NaN;
            var apart = _meanRest - Ratio;
            var corrections = _restSquares + (_squaredWeights * apart * apart);
            var cross = _baseCorrection - (Ratio * _baseWeight);
            return Math.Sqrt(Math.Max(0, _baseSquares + (2 * cross / _meanWeight) + (corrections / _meanWeight / _meanWeight))) / Count;
        }
    }

    private double Ratio => _meanCorrection / _meanWeight;

    /// <summary>Takes a block in.</summary>
    /// <param name="bases">[round] D; empty without a model.</param>
    /// <param name="weights">[round] W.</param>
    /// <param name="rests">[round] e.</param>
    public void Add(ReadOnlySpan<double> bases, ReadOnlySpan<double> weights, ReadOnlySpan<double> rests)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var (level, weight, rest) = (bases.IsEmpty ? 0 : bases[i], weights[i], rests[i]);
            var correction = weight * rest;
            Count++;
            var (levelApart, weightApart, correctionApart) = (level - _meanBase, weight - _meanWeight, correction - _meanCorrection);
            _meanBase += levelApart / Count;
            _meanWeight += weightApart / Count;
            _meanCorrection += correctionApart / Count;
            _baseSquares += levelApart * (level - _meanBase);
            _baseWeight += levelApart * (weight - _meanWeight);
            _baseCorrection += levelApart * (correction - _meanCorrection);
            if (weight == 0) continue;
            var squared = weight * weight;
            var before = _squaredWeights;
            _squaredWeights += squared;
            var restApart = rest - _meanRest;
            _meanRest += restApart * (squared / _squaredWeights);
            _restSquares += before * restApart * restApart * (squared / _squaredWeights);
        }
    }
}
