using Touchstone.Numerics;

namespace Touchstone.Interleaving;

/// <summary>
/// Probabilistic interleaving (Hofmann, Whiteson and de Rijke 2011): a fair coin at each rank says whose distribution draws,
/// P(d) ∝ 1/rank(d)^τ over that ranking's products not yet shown. The assignments stay hidden: a click at a rank is worth
/// P(first | list) − P(second | list), its expectation over them. Ends at k, or when both rankings are used up; one that is used up leaves
/// its turns to the other.
/// </summary>
public static class Probabilistic
{
    /// <summary>Steepness of the published method.</summary>
    public const double DefaultTau = 3;

    /// <summary>Draws a list; its credits are those of a click at each rank.</summary>
    /// <param name="first">[rank − 1] the first ranking, distinct products.</param>
    /// <param name="second">[rank − 1] the second ranking, distinct products.</param>
    /// <param name="k">Most products shown, from 1.</param>
    /// <param name="random">Source of coins and draws.</param>
    /// <param name="tau">Steepness, at least 0; 0 draws evenly.</param>
    public static InterleavedList Draw(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, SeededRandom random, double tau = DefaultTau)
    {
        ArgumentNullException.ThrowIfNull(random);
        var state = new State(first, second, k, tau);
        while (state.Weights() is { } weights)
        {
            var (at, left) = (-1, random.NextDouble());
            for (var i = 0; i < weights.Length; i++)
            {
                var probability = (weights[i].First + weights[i].Second) / 2;
                if (probability == 0) continue;
                at = i;
                left -= probability;
                if (left < 0) break;
            }

            state.Push(at, weights[at]);
        }

        return state.ToList();
    }

    /// <summary>All lists with their exact probabilities, in order of the first ranking's products, then the second's.</summary>
    /// <exception cref="InvalidOperationException">Too many lists.</exception>
    public static IReadOnlyList<InterleavedList> Allowed(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, double tau = DefaultTau)
    {
        var state = new State(first, second, k, tau);
        List<InterleavedList> lists = [];
        Grow();
        return lists;

        void Grow()
        {
            if (state.Weights() is not { } weights)
            {
                if (lists.Count == Rankings.AllowedListsMax) throw Rankings.TooMany(k);
                lists.Add(state.ToList());
                return;
            }

            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i].First + weights[i].Second == 0) continue;
                state.Push(i, weights[i]);
                Grow();
                state.Pop();
            }
        }
    }

    // The list so far, and what may come next.
    private sealed class State
    {
        private readonly List<string> _all;
        private readonly double[] _first, _second;
        private readonly int _k;
        private readonly List<int> _shown = [];
        private readonly List<(double First, double Second)> _weights = [];

        internal State(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, double tau)
        {
            Rankings.Check([first, second], k);
            if (!(tau >= 0) || !double.IsFinite(tau)) throw new ArgumentOutOfRangeException(nameof(tau), tau, "Tau is at least 0.");
            _k = k;
            _all = [.. first];
            var ranks = Rankings.Ranks(first);
            foreach (var product in second)
                if (!ranks.ContainsKey(product)) _all.Add(product);
            _first = Weighted(ranks, tau);
            _second = Weighted(Rankings.Ranks(second), tau);
        }

        // [product] probability under each ranking, given what is shown; null at the end.
        internal (double First, double Second)[]? Weights()
        {
            if (_shown.Count == _k || _shown.Count == _all.Count) return null;
            var (sumFirst, sumSecond) = (0.0, 0.0);
            for (var i = 0; i < _all.Count; i++)
            {
                if (_shown.Contains(i)) continue;
                sumFirst += _first[i];
                sumSecond += _second[i];
            }

            var weights = new (double First, double Second)[_all.Count];
            for (var i = 0; i < _all.Count; i++)
            {
                if (_shown.Contains(i)) continue;
                var first = sumFirst > 0 ? _first[i] / sumFirst : _second[i] / sumSecond;
                weights[i] = (first, sumSecond > 0 ? _second[i] / sumSecond : first);
            }

            return weights;
        }

        internal void Push(int product, (double First, double Second) weight)
        {
            _shown.Add(product);
            _weights.Add(weight);
        }

        internal void Pop()
        {
            _shown.RemoveAt(_shown.Count - 1);
            _weights.RemoveAt(_weights.Count - 1);
        }

        internal InterleavedList ToList() => new()
        {
            Products = [.. _shown.Select(i => _all[i])],
            Credits = [.. _weights.Select(weight => (weight.First - weight.Second) / (weight.First + weight.Second))],
            Probability = _weights.Aggregate(1.0, (product, weight) => product * (weight.First + weight.Second) / 2),
        };

        private double[] Weighted(Dictionary<string, int> ranks, double tau) =>
            [.. _all.Select(product => ranks.TryGetValue(product, out var rank) ? Math.Pow(rank, -tau) : 0)];
    }
}
