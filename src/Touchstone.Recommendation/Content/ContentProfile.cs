namespace Touchstone.Recommendation.Content;

/// <summary>Cosine of a shopper's profile (the weighted sum of the history's vectors) with every product.</summary>
internal static class ContentProfile
{
    /// <summary>Memory of one thread, given back clean.</summary>
    internal sealed class Scratch(int termCount)
    {
        /// <summary>[term] profile; 0 where untouched.</summary>
        internal float[] Profile { get; } = new float[termCount];

        /// <summary>Terms touched.</summary>
        internal List<int> Touched { get; } = [];
    }

    /// <summary>Adds the cosines.</summary>
    /// <param name="vectors">Products.</param>
    /// <param name="history">Products, oldest first; -1 for unknown ones.</param>
    /// <param name="power">A product n steps back counts (n + 1)^-power.</param>
    /// <param name="length">How many of the newest count; 0 for all.</param>
    /// <param name="scratch">Memory, left clean.</param>
    /// <param name="scores">[product] added to.</param>
    internal static void AddCosines(ContentVectors vectors, ReadOnlySpan<int> history, double power, int length, Scratch scratch, Span<float> scores)
    {
        var oldest = length > 0 ? Math.Max(0, history.Length - length) : 0;
        for (var i = history.Length - 1; i >= oldest; i--)
        {
            if (history[i] < 0) continue;
            var weight = (float)Math.Pow(history.Length - i, -power);
            var (terms, values) = vectors.OfProduct(history[i]);
            for (var j = 0; j < terms.Length; j++)
            {
                var term = terms.Span[j];
                if (scratch.Profile[term] == 0) scratch.Touched.Add(term);
                scratch.Profile[term] += weight * values.Span[j];
            }
        }

        double squares = 0;
        foreach (var term in scratch.Touched) squares += (double)scratch.Profile[term] * scratch.Profile[term];
        var scale = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        foreach (var term in scratch.Touched)
        {
            vectors.AddTerm(term, scratch.Profile[term] * scale, scores);
            scratch.Profile[term] = 0;
        }

        scratch.Touched.Clear();
    }
}
