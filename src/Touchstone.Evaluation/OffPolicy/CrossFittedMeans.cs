using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// A reward model by shrunken means, cross-fitted: what it expects of a round comes from the other folds only (Chernozhukov 2018), so it never saw the round's own
/// reward, nor one of its cluster. q(x, a) = (Sₓₐ + k qₐ)/(nₓₐ + k), qₐ = (Sₐ + k g)/(nₐ + k), g the mean reward; sums and counts of the other folds. The strength k is the one
/// of a grid with the least squared error out of fold. A product that was never shown is expected to earn g.
/// </summary>
public sealed class CrossFittedMeans
{
    private static readonly double[] s_strengths = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];
    private readonly Seed _seed;
    private readonly LoggedPairs _pairs;
    private readonly Dictionary<(int Row, int Fold), double> _byActionAlone = [];
    private readonly Cells[] _byPair, _byAction;
    private readonly double[] _sums;
    private readonly long[] _counts;
    private double[]? _values;

    /// <summary>An empty model.</summary>
    /// <param name="folds">From 2.</param>
    /// <param name="seed">Seed of the rounds' folds.</param>
    /// <param name="pairs">Index of pairs; filled here.</param>
    public CrossFittedMeans(int folds, Seed seed, LoggedPairs pairs)
    {
        if (folds < 2) throw new ArgumentOutOfRangeException(nameof(folds), folds, "Folds count from 2.");
        (_seed, _pairs, Folds) = (seed.For("folds"), pairs, folds);
        (_byPair, _byAction, _sums, _counts) = (Make(folds), Make(folds), new double[folds + 1], new long[folds + 1]);
    }

    /// <summary>Folds.</summary>
    public int Folds { get; }

    /// <summary>The strength k; NaN before <see cref="Fit"/>.</summary>
    public double Strength { get; private set; } = double.NaN;

    /// <summary>Mean squared error out of fold of the model, less that of the mean reward alone; negative where the model tells something. NaN before <see cref="Fit"/>.</summary>
    public double ErrorBesideMean { get; private set; } = double.NaN;

    /// <summary>Fold of a round, or of a cluster of rounds, by a hash of seed and index.</summary>
    public int FoldOf(long round) => (int)(StableHash.Mix(_seed.Value + (ulong)round) % (ulong)Folds);

    /// <summary>Takes rounds in.</summary>
    /// <exception cref="ArgumentException">Rounds without contexts and actions.</exception>
    public void Add(BanditRounds rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Contexts.Length != rounds.Count || rounds.Actions.Length != rounds.Count) throw new ArgumentException("The rounds have no contexts and actions: a reward model cannot be fitted.", nameof(rounds));
        for (var i = 0; i < rounds.Count; i++)
        {
            var pair = _pairs.Add(rounds.Contexts[i], rounds.Actions[i]);
            var (fold, reward) = (FoldOf(rounds, i), rounds.Rewards[i]);
            foreach (var at in (ReadOnlySpan<int>)[fold, Folds])
            {
                _byPair[at].Add(pair, reward);
                _byAction[at].Add(rounds.Actions[i], reward);
                _sums[at] += reward;
                _counts[at]++;
            }
        }
    }

    /// <summary>Chooses the strength; call it after the last round.</summary>
    public void Fit()
    {
        var best = double.PositiveInfinity;
        foreach (var strength in s_strengths)
        {
            var error = Error(strength);
            if (error < best) (best, Strength) = (error, strength);
        }

        ErrorBesideMean = (best - Error(double.PositiveInfinity)) / Math.Max(1, _counts[Folds]);
        _values = null;
        _byActionAlone.Clear();
    }

    /// <summary>What the model expects of each round's own action, and under the judged policy.</summary>
    /// <param name="rounds">Rounds that were taken in.</param>
    /// <param name="target">The judged policy.</param>
    /// <param name="rows">[context] its row there.</param>
    /// <param name="modelled">[round] overwritten: q.</param>
    /// <param name="values">[round] overwritten: D.</param>
    public void Fill(BanditRounds rounds, SparsePolicy target, IReadOnlyList<int> rows, Span<double> modelled, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(rows);
        if (_values is null)
        {
            _values = new double[_pairs.ContextCount * Folds];
            Array.Fill(_values, double.NaN);
        }

        for (var i = 0; i < rounds.Count; i++)
        {
            var (context, fold) = (rounds.Contexts[i], FoldOf(rounds, i));
            modelled[i] = Expected(context, rounds.Actions[i], fold, Strength);
            ref var value = ref _values[(context * Folds) + fold];
            if (double.IsNaN(value)) value = Value(context, fold, target, rows[context]);
            values[i] = value;
        }
    }

    // Rounds of one cluster stand in one fold: they tell too much of each other.
    private int FoldOf(BanditRounds rounds, int at) => FoldOf(rounds.Clusters.Length > 0 ? rounds.Clusters[at] : rounds.FirstRound + at);

    // Σₐ π(a|x) q(x, a), from what is expected of actions alone and the context's own pairs: a policy over a million products is gone through once a fold, not once a context.
    private double Value(int context, int fold, SparsePolicy target, int row)
    {
        if (!_byActionAlone.TryGetValue((row, fold), out var value))
        {
            var actions = target.ActionsOf(row);
            var probabilities = target.ProbabilitiesOf(row);
            for (var at = 0; at < actions.Length; at++) value += probabilities[at] * OfPair(-1, actions[at], fold, Strength);
            _byActionAlone[(row, fold)] = value;
        }

        foreach (var pair in _pairs.PairsOf(context))
        {
            var (action, probability) = (_pairs.ActionOf(pair), target.Of(row, _pairs.ActionOf(pair)));
            if (probability > 0) value += probability * (OfPair(pair, action, fold, Strength) - OfPair(-1, action, fold, Strength));
        }

        return value;
    }

    // Without Σ r², which is the same for all strengths: Σ q² − 2 q r, from counts and sums alone.
    private double Error(double strength)
    {
        var error = 0.0;
        for (var fold = 0; fold < Folds; fold++)
        {
            for (var pair = 0; pair < _pairs.Count; pair++)
            {
                var (count, sum) = _byPair[fold].Of(pair);
                if (count == 0) continue;
                var expected = double.IsInfinity(strength) ? Mean(fold) : OfPair(pair, _pairs.ActionOf(pair), fold, strength);
                error += (count * expected * expected) - (2 * expected * sum);
            }
        }

        return error;
    }

    private double Expected(int context, int action, int fold, double strength) => OfPair(_pairs.IndexOf(context, action), action, fold, strength);

    private double OfPair(int pair, int action, int fold, double strength)
    {
        var (actionCount, actionSum) = Others(_byAction, action, fold);
        var byAction = (actionSum + (strength * Mean(fold))) / (actionCount + strength);
        if (pair < 0) return byAction;
        var (count, sum) = Others(_byPair, pair, fold);
        return (sum + (strength * byAction)) / (count + strength);
    }

    private double Mean(int fold) => _counts[Folds] == _counts[fold] ? 0 : (_sums[Folds] - _sums[fold]) / (_counts[Folds] - _counts[fold]);

    private (long Count, double Sum) Others(Cells[] cells, int at, int fold)
    {
        var (all, own) = (cells[Folds].Of(at), cells[fold].Of(at));
        return (all.Count - own.Count, all.Sum - own.Sum);
    }

    private static Cells[] Make(int folds) => [.. Enumerable.Range(0, folds + 1).Select(_ => new Cells())];

    private sealed class Cells
    {
        private int[] _counts = new int[16];
        private double[] _sums = new double[16];

        public void Add(int at, double reward)
        {
            if (at >= _counts.Length)
            {
                var length = Math.Max(at + 1, _counts.Length * 2);
                Array.Resize(ref _counts, length);
                Array.Resize(ref _sums, length);
            }

            _counts[at]++;
            _sums[at] += reward;
        }

        public (int Count, double Sum) Of(int at) => at < _counts.Length ? (_counts[at], _sums[at]) : (0, 0);
    }
}
