using Touchstone.Domain;

namespace Touchstone.Learning.Optimisation;

/// <summary>Which examples make a batch: of like length, so that little is padded, and in an order that seed and epoch alone decide.</summary>
internal static class BatchPlan
{
    private const int Window = 4096;

    /// <summary>Shuffles, sorts each window of examples by length, cuts it into batches and shuffles these.</summary>
    /// <param name="lengths">[example] tokens.</param>
    /// <param name="batchTokens">Most positions of a batch, padding included; one example is a batch however long it is.</param>
    /// <param name="batchExamples">Most examples of a batch.</param>
    /// <param name="seed">Of this epoch.</param>
    /// <returns>[batch][row] example indexes; every example once.</returns>
    public static List<int[]> Of(ReadOnlySpan<int> lengths, int batchTokens, int batchExamples, Seed seed)
    {
        var random = seed.NewRandom();
        var order = new int[lengths.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        random.Shuffle<int>(order);
        List<int[]> batches = [];
        for (var start = 0; start < order.Length; start += Window)
        {
            var window = order[start..Math.Min(start + Window, order.Length)];
            var keys = new long[window.Length];
            for (var i = 0; i < keys.Length; i++) keys[i] = ((long)lengths[window[i]] << 32) | (uint)i;
            Array.Sort(keys, window);
            var from = 0;
            for (var i = 1; i <= window.Length; i++)
            {
                // Sorted by length: the last one is the longest.
                if (i < window.Length && i - from < batchExamples && (long)lengths[window[i]] * (i - from + 1) <= batchTokens) continue;
                batches.Add(window[from..i]);
                from = i;
            }
        }

        random.Shuffle<int[]>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batches));
        return batches;
    }
}
