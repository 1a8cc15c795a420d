namespace Touchstone.Models.Tokens;

/// <summary>Remembers the pieces of words that were met lately. Bounded, and safe without locks: an entry is immutable and is replaced whole.</summary>
internal sealed class WordCache
{
    /// <summary>Longest word that is kept.</summary>
    internal const int MaximumLength = 32;

    private const int Slots = 1 << 15;
    private readonly Entry?[] entries = new Entry?[Slots];

    /// <summary>Where a word would stand.</summary>
    internal static int Slot(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var character in word) hash = (hash ^ character) * 16777619;
        return (int)((hash ^ (hash >> 15)) & (Slots - 1));
    }

    /// <summary>The pieces of a word, or null where it is not remembered.</summary>
    internal int[]? Find(int slot, ReadOnlySpan<char> word)
    {
        var entry = Volatile.Read(ref entries[slot]);
        return entry is not null && word.SequenceEqual(entry.Word) ? entry.Pieces : null;
    }

    /// <summary>Remembers a word in the place of another.</summary>
    internal void Keep(int slot, ReadOnlySpan<char> word, int[] pieces) => Volatile.Write(ref entries[slot], new Entry(word.ToString(), pieces));

    private sealed record Entry(string Word, int[] Pieces);
}
