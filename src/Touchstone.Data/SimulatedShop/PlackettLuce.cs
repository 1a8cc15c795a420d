namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// The Plackett–Luce distribution over slates: each next product in proportion to its weight among those not yet chosen
/// (Luce 1959, Plackett 1975). Conditional propensities are closed; marginal ones follow from the equal exponential race.
/// </summary>
internal static class PlackettLuce
{
    private const double Step = 0.2;
    private const int EnumeratedCandidates = 14;

    /// <summary>Draws a slate.</summary>
    /// <param name="weights">[candidate] above 0.</param>
    /// <param name="table">The same weights prepared.</param>
    /// <param name="random">A stream of the slate's own.</param>
    /// <param name="slate">[position] candidate indexes, overwritten.</param>
    /// <returns>How many were written: the slate's length, or all candidates where there are fewer.</returns>
    public static int Draw(ReadOnlySpan<double> weights, AliasTable table, ref ShopperRandom random, Span<int> slate)
    {
        var length = Math.Min(slate.Length, weights.Length);
        for (var position = 0; position < length; position++)
        {
            var above = slate[..position];
            // A draw that repeats one above is drawn again: that is the conditional distribution. After six a scan ends the wait.
            var chosen = -1;
            for (var trial = 0; trial < 6 && chosen < 0; trial++)
            {
                var candidate = table.Draw(ref random);
                if (!above.Contains(candidate)) chosen = candidate;
            }

            slate[position] = chosen >= 0 ? chosen : Scan(weights, above, ref random);
        }

        return length;
    }

    /// <summary>[position] probability of each product of a slate given those above it.</summary>
    /// <param name="weights">[candidate] above 0.</param>
    /// <param name="slate">[position] candidate indexes.</param>
    /// <param name="propensities">[position] overwritten.</param>
    public static void Conditional(ReadOnlySpan<double> weights, ReadOnlySpan<int> slate, Span<double> propensities)
    {
        var left = 0.0;
        foreach (var weight in weights) left += weight;
        for (var position = 0; position < slate.Length; position++)
        {
            var weight = weights[slate[position]];
            // The last of all candidates is certain; the subtraction would leave rounding there.
            propensities[position] = position == weights.Length - 1 ? 1 : Math.Min(1, weight / left);
            left -= weight;
        }
    }

    /// <summary>
    /// [candidate, position] probability that the candidate stands at the position, over all slates. Up to 14 candidates by the exact
    /// recursion over the sets that may stand above; more by the exponential race: with arrival times T_i ~ Exp(w_i),
    /// P(i at position k) = ∫ w_i e^(-w_i t) P(exactly k of the others came before t) dt, the inner one a Poisson-binomial, the integral
    /// by the trapezoidal rule in ln t, which converges exponentially (Trefethen and Weideman 2014): error below 1e-11 (held against the
    /// recursion in the tests).
    /// </summary>
    /// <param name="weights">[candidate] above 0.</param>
    /// <param name="positions">Length of the slate; positions past the last candidate stay 0.</param>
    public static double[] Marginal(ReadOnlySpan<double> weights, int positions) =>
        weights.Length <= EnumeratedCandidates ? MarginalBySets(weights, positions) : MarginalByRace(weights, positions);

    /// <summary>The exact recursion: P(S) = Σ over i in S of P(S without i) w_i / (what was left).</summary>
    internal static double[] MarginalBySets(ReadOnlySpan<double> weights, int positions)
    {
        var count = weights.Length;
        var marginal = new double[count * positions];
        var reached = new double[1 << count];
        reached[0] = 1;
        for (var set = 0; set < reached.Length - 1; set++)
        {
            var position = System.Numerics.BitOperations.PopCount((uint)set);
            if (position >= positions || reached[set] == 0) continue;
            var left = 0.0;
            for (var i = 0; i < count; i++)
            {
                if ((set >> i & 1) == 0) left += weights[i];
            }

            for (var i = 0; i < count; i++)
            {
                if ((set >> i & 1) != 0) continue;
                var probability = reached[set] * weights[i] / left;
                marginal[(i * positions) + position] += probability;
                reached[set | (1 << i)] += probability;
            }
        }

        return marginal;
    }

    /// <summary>The race's integral over x = ln t, from where nobody has come to where every position is taken.</summary>
    internal static double[] MarginalByRace(ReadOnlySpan<double> weights, int positions)
    {
        var count = weights.Length;
        var length = Math.Min(positions, count);
        var marginal = new double[count * positions];
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var last = double.PositiveInfinity;
        foreach (var weight in weights) last = Math.Min(last, weight);
        var arrived = new double[count];
        var before = new double[length + 1];
        var others = new double[length];
        var (start, end) = (Math.Log(1e-15 / total), Math.Log(50 / last));
        for (var x = start; x < end; x += Step)
        {
            var t = Math.Exp(x);
            Array.Clear(before);
            before[0] = 1;
            for (var i = 0; i < count; i++)
            {
                arrived[i] = 1 - Math.Exp(-weights[i] * t);
                Add(before, arrived[i]);
            }

            // Nobody's position can still be open: all later nodes add nothing either.
            var open = 0.0;
            foreach (var probability in before) open += probability;
            if (open < 1e-17) break;
            var density = Step * t;
            for (var i = 0; i < count; i++)
            {
                Without(arrived, before, i, others);
                var arrival = density * weights[i] * (1 - arrived[i]);
                for (var position = 0; position < length; position++) marginal[(i * positions) + position] += arrival * others[position];
            }
        }

        return marginal;
    }

    // Poisson-binomial of all but one: by division of the generating polynomial where that is stable, else anew.
    private static void Without(double[] arrived, double[] before, int removed, double[] others)
    {
        var probability = arrived[removed];
        if (probability < 0.5)
        {
            var previous = 0.0;
            for (var k = 0; k < others.Length; k++)
            {
                previous = (before[k] - (probability * previous)) / (1 - probability);
                others[k] = Math.Max(0, previous);
            }

            return;
        }

        Array.Clear(others);
        others[0] = 1;
        for (var i = 0; i < arrived.Length; i++)
        {
            if (i != removed) Add(others, arrived[i]);
        }
    }

    private static void Add(double[] distribution, double probability)
    {
        for (var k = distribution.Length - 1; k > 0; k--)
            distribution[k] = (distribution[k] * (1 - probability)) + (distribution[k - 1] * probability);
        distribution[0] *= 1 - probability;
    }

    private static int Scan(ReadOnlySpan<double> weights, ReadOnlySpan<int> above, ref ShopperRandom random)
    {
        var left = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!above.Contains(i)) left += weights[i];
        }

        var point = random.NextDouble() * left;
        var last = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (above.Contains(i)) continue;
            last = i;
            point -= weights[i];
            if (point < 0) break;
        }

        return last;
    }
}
