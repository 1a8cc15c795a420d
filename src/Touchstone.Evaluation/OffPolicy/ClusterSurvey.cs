using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>What the first walk over a log learns of its clusters: how many rounds and how much weight each has. Memory follows from the clusters.</summary>
internal sealed class ClusterSurvey
{
    private double[] _sizes = new double[1024], _weights = new double[1024], _categories = [];

    /// <summary>Clusters.</summary>
    public int Count { get; private set; }

    /// <summary>[cluster] its rounds.</summary>
    public ReadOnlySpan<double> Sizes => _sizes.AsSpan(0, Count);

    /// <summary>[cluster] sum of its rounds' weights.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, Count);

    /// <summary>[cluster] sum of its rounds' weights of categories; empty where there are none.</summary>
    public ReadOnlySpan<double> Categories => _categories.Length == 0 ? [] : _categories.AsSpan(0, Count);

    /// <summary>Takes a block in.</summary>
    /// <param name="rounds">Rounds with clusters.</param>
    /// <param name="weights">[round] w.</param>
    /// <exception cref="ArgumentException">A round without a cluster, or with a number out of turn (names the round).</exception>
    public void Add(BanditRounds rounds, ReadOnlySpan<double> weights)
    {
        if (rounds.Clusters.Length != rounds.Count) throw new ArgumentException($"clusters has {rounds.Clusters.Length} rounds; expected {rounds.Count}.", nameof(rounds));
        for (var i = 0; i < rounds.Count; i++)
        {
            var cluster = rounds.Clusters[i];
            if (cluster < 0 || cluster > Count)
                throw new ArgumentException(FormattableString.Invariant($"clusters[{rounds.FirstRound + i}] = {cluster}; expected 0 to {Count}. Number clusters from 0 as they first come."), nameof(rounds));
            if (cluster == Count) Grow(rounds.CategoryWeights.Length > 0);
            _sizes[cluster]++;
            _weights[cluster] += weights[i];
            if (_categories.Length > 0) _categories[cluster] += rounds.CategoryWeights[i];
        }
    }

    private void Grow(bool hasCategories)
    {
        Count++;
        if (hasCategories && _categories.Length == 0) _categories = new double[_sizes.Length];
        if (Count <= _sizes.Length) return;
        Array.Resize(ref _sizes, 2 * _sizes.Length);
        Array.Resize(ref _weights, _sizes.Length);
        if (hasCategories) Array.Resize(ref _categories, _sizes.Length);
    }
}
