using System.Numerics;

namespace Touchstone.Models.Tokens;

/// <summary>The pieces of a vocabulary as a tree of characters, for the longest piece that a word begins with; read-only once built.</summary>
internal sealed class PieceTrie
{
    private const int WordStart = 0;
    private const int WordInside = 1;
    private const long Empty = -1;

    private readonly long[] keys;
    private readonly int[] children;
    private readonly List<int> ids = [-1, -1];

    /// <summary>Builds the tree; special tokens are left out, so that no text can spell one.</summary>
    internal PieceTrie(WordPieceVocabulary vocabulary)
    {
        var characters = 0;
        for (var id = 0; id < vocabulary.Count; id++) characters += vocabulary[id].Length;
        keys = new long[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * characters))];
        children = new int[keys.Length];
        Array.Fill(keys, Empty);
        for (var id = 0; id < vocabulary.Count; id++)
        {
            if (!vocabulary.IsSpecial(id)) Add(vocabulary[id], id);
        }
    }

    /// <summary>Greedy longest-match-first (Devlin et al. 2019; Wu et al. 2016, section 4.1): ids of the pieces of a word.</summary>
    /// <param name="word">At least one character.</param>
    /// <param name="pieces">Takes the ids; as long as the word.</param>
    /// <returns>How many pieces; -1 where the word cannot be built of pieces.</returns>
    internal int Pieces(ReadOnlySpan<char> word, Span<int> pieces)
    {
        var count = 0;
        var root = WordStart;
        for (var at = 0; at < word.Length; root = WordInside)
        {
            var node = root;
            var (best, end) = (-1, at);
            for (var i = at; i < word.Length; i++)
            {
                node = Child(node, word[i]);
                if (node < 0) break;
                if (ids[node] >= 0) (best, end) = (ids[node], i + 1);
            }

            if (best < 0) return -1;
            pieces[count++] = best;
            at = end;
        }

        return count;
    }

    private void Add(string token, int id)
    {
        var isInside = token.Length > WordPieceVocabulary.Continuation.Length && token.StartsWith(WordPieceVocabulary.Continuation, StringComparison.Ordinal);
        var node = isInside ? WordInside : WordStart;
        foreach (var character in token.AsSpan(isInside ? WordPieceVocabulary.Continuation.Length : 0))
        {
            var key = Key(node, character);
            var slot = Slot(key);
            if (keys[slot] == Empty)
            {
                (keys[slot], children[slot]) = (key, ids.Count);
                ids.Add(-1);
            }

            node = children[slot];
        }

        ids[node] = id;
    }

    private int Child(int node, char character)
    {
        var key = Key(node, character);
        var slot = Slot(key);
        return keys[slot] == key ? children[slot] : -1;
    }

    private static long Key(int node, char character) => ((long)node << 16) | character;

    /// <summary>Where a key stands, or the empty place where it would: at least half of the table is empty.</summary>
    private int Slot(long key)
    {
        var mask = keys.Length - 1;
        var slot = (int)((ulong)key * 0x9E3779B97F4A7C15 >> 32) & mask;
        while (keys[slot] != key && keys[slot] != Empty) slot = (slot + 1) & mask;
        return slot;
    }
}
