using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>One estimator over rounds that come in blocks: moments of its terms, and the columns that a bootstrap sums.</summary>
/// <param name="estimator">The estimator.</param>
/// <param name="scratch">Where its columns lie until the next block; estimators of which only the moments are wanted may share one.</param>
/// <param name="clusters">Clusters of rounds, by which the columns are summed; null where each round stands for itself.</param>
internal sealed class EstimatorTerms(PolicyEstimator estimator, TermScratch scratch, ClusterSurvey? clusters)
{
    // [cluster] sums of terms (corrections where self-normalised), and for those of weights and of the model's values.
    private readonly double[] _termSums = new double[clusters?.Count ?? 0];
    private readonly double[] _weightSums = new double[estimator.IsSelfNormalised ? clusters?.Count ?? 0 : 0];
    private readonly double[] _baseSums = new double[estimator is { IsSelfNormalised: true, UsesModel: true } ? clusters?.Count ?? 0 : 0];
    private readonly MeanMoments _moments = new(), _used = new();
    private readonly SelfNormalisedMoments _selfNormalised = new();

    public PolicyEstimator Estimator => estimator;

    public double Value => estimator.IsSelfNormalised ? _selfNormalised.Value : _moments.Mean;

    public double StandardError => clusters is null
        ? estimator.IsSelfNormalised ? _selfNormalised.StandardError : _moments.StandardError
        : estimator.IsSelfNormalised ? ClusterErrors.OfSelfNormalised(_baseSums, _weightSums, _termSums, clusters.Sizes)
        : ClusterErrors.OfMean(_termSums, clusters.Sizes, _moments.Mean);

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

    /// <summary>The columns summed by cluster.</summary>
    public double[][] ClusterColumns => estimator.IsSelfNormalised ? [_termSums, _weightSums] : [_termSums];

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
            SumByCluster(block.Clusters, terms, _termSums);
            SumByCluster(block.Clusters, weights, _weightSums);
            SumByCluster(block.Clusters, values, _baseSums);
            return;
        }

        for (var i = 0; i < values.Length; i++) terms[i] += values[i];
        _moments.Add(terms);
        SumByCluster(block.Clusters, terms, _termSums);
    }

    /// <summary>Adds a column into sums by cluster.</summary>
    /// <param name="of">[round] cluster.</param>
    /// <param name="values">[round]; may be empty.</param>
    /// <param name="sums">[cluster] added to; empty where they are not wanted.</param>
    internal static void SumByCluster(ReadOnlySpan<int> of, ReadOnlySpan<double> values, Span<double> sums)
    {
        if (sums.IsEmpty) return;
        for (var i = 0; i < values.Length; i++) sums[of[i]] += values[i];
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
