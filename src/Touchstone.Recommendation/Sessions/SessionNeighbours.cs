namespace Touchstone.Recommendation.Sessions;

/// <summary>One ranking by V-SkNN (Ludewig and Jannach 2018, "Evaluation of session-based recommendation algorithms", section 3).</summary>
internal static class SessionNeighbours
{
    /// <summary>Memory of one thread, given back clean.</summary>
    internal sealed class Scratch(int sessionCount, int productCount)
    {
        /// <summary>[session] similarity to the current session; 0 where unseen.</summary>
        internal float[] Similarities { get; } = new float[sessionCount];

        /// <summary>Sessions seen: the first <see cref="SeenCount"/>.</summary>
        internal int[] Seen { get; } = new int[sessionCount];

        /// <summary>How many sessions are seen.</summary>
        internal int SeenCount { get; set; }

        /// <summary>[product] steps back in the current session from 1; 0 where it isn't in it.</summary>
        internal int[] StepsBack { get; } = new int[productCount];

        /// <summary>Orders sessions.</summary>
        internal IComparer<int> BySimilarity => field ??= Comparer<int>.Create((left, right) =>
            Similarities[left] != Similarities[right] ? Similarities[right].CompareTo(Similarities[left]) : left.CompareTo(right));
    }

    /// <summary>What a product counts that stands at a position of the current session.</summary>
    /// <param name="weighting">How.</param>
    /// <param name="stepsBack">From 1, the newest.</param>
    /// <param name="length">Products of the current session.</param>
    internal static float Weight(SessionWeighting weighting, int stepsBack, int length)
    {
        var linear = (length - stepsBack + 1) / (float)length;
        return weighting switch
        {
            SessionWeighting.Linear => linear,
            SessionWeighting.Quadratic => linear * linear,
            SessionWeighting.Harmonic => 1f / stepsBack,
            SessionWeighting.Same => 1f,
            _ => throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "Unknown weighting."),
        };
    }

    /// <summary>Adds the votes of the nearest sessions.</summary>
    /// <param name="index">Past sessions.</param>
    /// <param name="current">Products of the current session, oldest first; -1 for unknown ones.</param>
    /// <param name="options">Options.</param>
    /// <param name="idf">[product] factors; empty for 1.</param>
    /// <param name="gains">[distance] factor of a product so many steps from the newest common one; the last holds beyond.</param>
    /// <param name="scratch">Memory, left clean.</param>
    /// <param name="scores">[product] added to.</param>
    internal static void AddVotes(SessionIndex index, ReadOnlySpan<int> current, VectorSessionKnnOptions options, ReadOnlySpan<float> idf, ReadOnlySpan<float> gains, Scratch scratch, Span<float> scores)
    {
        Seek(index, current, options, scratch);
        var neighbours = Nearest(index, options, scratch);
        var backward = (float)options.Backward;
        foreach (var session in neighbours)
        {
            var products = index.Session(session);
            var (newest, at) = (int.MaxValue, 0);
            for (var i = 0; i < products.Length; i++)
            {
                var stepsBack = scratch.StepsBack[products[i]];
                if (stepsBack > 0 && stepsBack < newest) (newest, at) = (stepsBack, i);
            }

            var vote = scratch.Similarities[session] / newest;
            for (var i = 0; i < products.Length; i++)
            {
                var gain = gains[Math.Min(Math.Abs(i - at), gains.Length - 1)] * (i < at ? backward : 1);
                scores[products[i]] += vote * gain * (idf.Length == 0 ? 1 : idf[products[i]]);
            }
        }

        for (var i = 0; i < scratch.SeenCount; i++) scratch.Similarities[scratch.Seen[i]] = 0;
        scratch.SeenCount = 0;
        foreach (var product in current)
            if (product >= 0) scratch.StepsBack[product] = 0;
    }

    // Sums the weights of common products; the newest occurrence of a product counts.
    private static void Seek(SessionIndex index, ReadOnlySpan<int> current, VectorSessionKnnOptions options, Scratch scratch)
    {
        for (var i = current.Length - 1; i >= 0; i--)
        {
            var product = current[i];
            if (product < 0 || scratch.StepsBack[product] > 0) continue;
            scratch.StepsBack[product] = current.Length - i;
            var weight = Weight(options.Weighting, current.Length - i, current.Length);
            var sessions = index.SessionsWith(product);
            // The overall most recent sessions are among the most recent of each product.
            foreach (var session in sessions[..Math.Min(sessions.Length, options.SampleSize)])
            {
                if (scratch.Similarities[session] == 0) scratch.Seen[scratch.SeenCount++] = session;
                scratch.Similarities[session] += weight;
            }
        }
    }

    private static ReadOnlySpan<int> Nearest(SessionIndex index, VectorSessionKnnOptions options, Scratch scratch)
    {
        var seen = scratch.Seen.AsSpan(0, scratch.SeenCount);
        if (seen.Length > options.SampleSize)
        {
            seen.Sort();
            foreach (var session in seen[options.SampleSize..]) scratch.Similarities[session] = 0;
            seen = seen[..options.SampleSize];
            scratch.SeenCount = options.SampleSize;
        }

        if (options.LengthPower > 0)
        {
            foreach (var session in seen)
                scratch.Similarities[session] *= (float)Math.Pow(index.Session(session).Length, -options.LengthPower);
        }

        seen.Sort(scratch.BySimilarity);
        return seen[..Math.Min(seen.Length, options.Neighbours)];
    }
}
