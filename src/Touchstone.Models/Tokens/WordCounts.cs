using System.Runtime.InteropServices;

namespace Touchstone.Models.Tokens;

/// <summary>How often each word of a corpus occurs.</summary>
internal static class WordCounts
{
    /// <summary>Counts the words that can be read, in ordinal order, so that the order of the texts is forgotten.</summary>
    /// <returns>Words with their counts, and how many texts were read.</returns>
    internal static (KeyValuePair<string, long>[] Words, long Texts) Of(IEnumerable<string> texts, CharacterTable characters, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var sink = new CountSink(counts.GetAlternateLookup<ReadOnlySpan<char>>());
        var read = 0L;
        foreach (var text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            TextSplitter.Split(characters, text, ref sink);
            read++;
        }

        var words = counts.ToArray();
        Array.Sort(words, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return (words, read);
    }

    private readonly struct CountSink(Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> counts) : IWordSink
    {
        public bool Take(ReadOnlySpan<char> word)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            return true;
        }

        public bool TakeUnreadable() => true;
    }
}
