using System.Runtime.InteropServices;

namespace Touchstone.Models.Tokens;

/// <summary>
/// Merges the most frequent pair of neighbouring pieces again and again (byte pair encoding, Sennrich et al. 2016, algorithm 1), with counts
/// that are kept up to date for the words of the merged pair only. Of equally frequent pairs the one with the lower ids comes first.
/// </summary>
internal sealed class PairMerging
{
    private readonly int[][] words;
    private readonly long[] frequencies;
    private readonly Dictionary<ulong, long> counts = [];
    private readonly Dictionary<ulong, List<int>> places = [];
    private readonly PriorityQueue<ulong, (long NegativeCount, ulong Pair)> queue = new();

    /// <summary>Counts the pairs.</summary>
    /// <param name="words">[word] its pieces; taken over and changed.</param>
    /// <param name="frequencies">[word] how often it occurs.</param>
    internal PairMerging(int[][] words, long[] frequencies)
    {
        (this.words, this.frequencies) = (words, frequencies);
        for (var word = 0; word < words.Length; word++) Count(word, changed: null);
        foreach (var (pair, count) in counts) queue.Enqueue(pair, (-count, pair));
    }

    /// <summary>The most frequent pair; it stays until it is merged.</summary>
    /// <returns>False where no pair is that frequent.</returns>
    internal bool TryFindBest(long minimumFrequency, out int left, out int right)
    {
        while (queue.TryDequeue(out var pair, out var priority))
        {
            var count = counts.GetValueOrDefault(pair);
            if (count < minimumFrequency) continue;
            if (count != -priority.NegativeCount)
            {
                // Counted when it was more frequent: it waits for its turn.
                queue.Enqueue(pair, (-count, pair));
                continue;
            }

            (left, right) = ((int)(pair >> 32), (int)(uint)pair);
            return true;
        }

        (left, right) = (-1, -1);
        return false;
    }

    /// <summary>Writes one piece for each occurrence of a pair.</summary>
    internal void Merge(int left, int right, int merged)
    {
        var pair = Pair(left, right);
        if (!places.Remove(pair, out var affected)) return;
        var changed = new HashSet<ulong>();
        foreach (var word in affected)
        {
            var pieces = words[word];
            for (var i = 1; i < pieces.Length; i++) CollectionsMarshal.GetValueRefOrAddDefault(counts, Pair(pieces[i - 1], pieces[i]), out _) -= frequencies[word];
            var length = 0;
            for (var i = 0; i < pieces.Length; i++)
            {
                var isPair = i + 1 < pieces.Length && pieces[i] == left && pieces[i + 1] == right;
                pieces[length++] = isPair ? merged : pieces[i];
                if (isPair) i++;
            }

            words[word] = pieces[..length];
            Count(word, changed);
        }

        counts.Remove(pair);
        foreach (var grown in changed)
        {
            var count = counts.GetValueOrDefault(grown);
            if (count > 0) queue.Enqueue(grown, (-count, grown));
        }
    }

    private void Count(int word, HashSet<ulong>? changed)
    {
        var pieces = words[word];
        for (var i = 1; i < pieces.Length; i++)
        {
            var pair = Pair(pieces[i - 1], pieces[i]);
            CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _) += frequencies[word];
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(places, pair, out _);
            list ??= [];
            if (list.Count == 0 || list[^1] != word) list.Add(word);
            changed?.Add(pair);
        }
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;
}
