using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>One estimator over rounds that come in blocks: moments of its terms, and the columns that a bootstrap sums.</summary>
/// <param name="estimator">The estimator.</param>
/// <param name="scratch">Where its columns lie until the next block; estimators of which only the moments are wanted may share one.</param>
internal sealed class EstimatorTerms(PolicyEstimator estimator, TermScratch scratch)
{
    private readonly MeanMoments _moments = new(), _used = new();
    private readonly SelfNormalisedMoments _selfNormalised = new();

    public PolicyEstimator Estimator => estimator;

    public double Value => estimator.IsSelfNormalised ? _selfNormalised.Value : _moments.Mean;

    public double StandardError => estimator.IsSelfNormalised ? _selfNormalised.StandardError : _moments.StandardError;

    public MeanMoments Moments => _moments;

    /// <summary>Mean of the weights as the estimator uses them.</summary>
    public double MeanWeight => _used.Mean;

    /// <summary>(ΣW)² / ΣW² of the weights as the estimator uses them; 0 where all are 0.</summary>
    public double EffectiveSampleSize
    {
        get
        {
            if (_used.Count == 0 || _used.Mean == 0) return 0;
            var spread = _used.Count < 2 ? 0 : _used.Variance * (_used.Count - 1) / _used.Count / (_used.Mean * _used.Mean);
            return _used.Count / (1 + spread);
        }
    }

    /// <summary>Columns for the bootstrap: the terms, or corrections and weights (the model's values are a column that all share).</summary>
    public double[][] Columns => estimator.IsSelfNormalised ? [scratch.Terms, scratch.Weights] : [scratch.Terms];

    /// <summary>Takes a block in and leaves its columns.</summary>
    public void Add(RoundColumns block)
    {
        var count = block.Count;
        var weights = scratch.Weights.AsSpan(0, count);
        RoundKernel.Apply(estimator.Rule, estimator.Parameter, (estimator.UsesCategories ? block.CategoryWeights : block.Weights).AsSpan(0, count), weights);
        _used.Add(weights);
        var rewards = block.Rewards.AsSpan(0, count);
        var modelled = estimator.UsesModel ? block.Modelled.AsSpan(0, count) : [];
        var values = estimator.UsesModel ? block.Values.AsSpan(0, count) : [];
        var terms = scratch.Terms.AsSpan(0, count);
        RoundKernel.Corrections(weights, rewards, modelled, terms);
        if (estimator.IsSelfNormalised)
        {
            var rests = scratch.Rests.AsSpan(0, count);
            rewards.CopyTo(rests);
            for (var i = 0; i < modelled.Length; i++) rests[i] -= modelled[i];
            _selfNormalised.Add(values, weights, rests);
            return;
        }

        for (var i = 0; i < values.Length; i++) terms[i] += values[i];
        _moments.Add(terms);
    }

    /// <summary>The estimate on each replicate.</summary>
    /// <param name="bootstrap">Sums over replicates.</param>
    /// <param name="column">Index of the estimator's first column.</param>
    /// <param name="valuesColumn">Index of the column of the model's values.</param>
    public double[] Replicates(PoissonBootstrap bootstrap, int column, int valuesColumn)
    {
        var (sums, drawn) = (bootstrap.Sums(column), bootstrap.Drawn());
        if (!estimator.IsSelfNormalised) return [.. sums.Select((sum, i) => sum / drawn[i])];
        var weights = bootstrap.Sums(column + 1);
        if (!estimator.UsesModel) return [.. sums.Select((sum, i) => sum / weights[i])];
        var values = bootstrap.Sums(valuesColumn);
        return [.. sums.Select((sum, i) => (values[i] / drawn[i]) + (sum / weights[i]))];
    }
}

/// <summary>Columns of a block that are written over by the next.</summary>
internal sealed class TermScratch
{
    public double[] Weights { get; } = new double[BanditLog.BlockRounds];

    public double[] Terms { get; } = new double[BanditLog.BlockRounds];

    public double[] Rests { get; } = new double[BanditLog.BlockRounds];
}
