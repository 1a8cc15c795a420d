using System.Text;

namespace Touchstone.Models.Tokens;

/// <summary>
/// Texts to token ids and back by a WordPiece vocabulary: its normalisation, then the longest piece first in each word. A word that cannot be
/// built of pieces, or is longer than 100 code points, is <c>[UNK]</c>; no text can spell a special token. Any number of threads may use it.
/// </summary>
/// <param name="vocabulary">Tokens and normalisation.</param>
public sealed class WordPieceTokenizer(WordPieceVocabulary vocabulary)
{
    private readonly PieceTrie trie = new(vocabulary);
    private readonly WordCache cache = new();
    private readonly CharacterTable characters = CharacterTable.Of(vocabulary.Normalisation);
    private readonly int[] unknown = [vocabulary.UnknownId];

    /// <summary>The vocabulary.</summary>
    public WordPieceVocabulary Vocabulary { get; } = vocabulary;

    /// <summary>Ids of a text's tokens, without special tokens; empty for a text without words.</summary>
    /// <param name="text">Any text, of any length and even with broken surrogates.</param>
    /// <param name="maximumTokens">Most tokens; reading stops where they are reached, so the rest of a long text costs nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumTokens"/> is negative.</exception>
    public int[] Encode(string text, int maximumTokens = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumTokens);
        if (maximumTokens == 0 || text.Length == 0) return [];
        var sink = new IdSink(this, maximumTokens, Math.Min(text.Length, 64));
        TextSplitter.Split(characters, text, ref sink);
        return sink.ToArray();
    }

    /// <summary>
    /// The text of ids, pieces of one word joined and words apart by a space; <c>[PAD]</c>, <c>[CLS]</c> and <c>[SEP]</c> are left out.
    /// Case, accents (by BERT's normalisation) and spacing that encoding removed do not come back.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An id that the vocabulary does not have.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var token = Vocabulary[id];
            if (id == Vocabulary.PaddingId || id == Vocabulary.ClassificationId || id == Vocabulary.SeparatorId) continue;
            if (text.Length > 0 && token.Length > 2 && token.StartsWith(WordPieceVocabulary.Continuation, StringComparison.Ordinal))
            {
                text.Append(token, 2, token.Length - 2);
            }
            else
            {
                if (text.Length > 0) text.Append(' ');
                text.Append(token);
            }
        }

        return text.ToString();
    }

    private int[] PiecesOf(ReadOnlySpan<char> word)
    {
        var isShort = word.Length <= WordCache.MaximumLength;
        var slot = isShort ? WordCache.Slot(word) : 0;
        if (isShort && cache.Find(slot, word) is { } known) return known;
        Span<int> pieces = stackalloc int[word.Length];
        var count = trie.Pieces(word, pieces);
        var found = count < 0 ? unknown : pieces[..count].ToArray();
        if (isShort) cache.Keep(slot, word, found);
        return found;
    }

    private struct IdSink(WordPieceTokenizer tokenizer, int maximum, int capacity) : IWordSink
    {
        private int[] ids = new int[capacity];
        private int count;

        public bool Take(ReadOnlySpan<char> word) => Add(tokenizer.PiecesOf(word));

        public bool TakeUnreadable() => Add(tokenizer.unknown);

        public readonly int[] ToArray() => count == ids.Length ? ids : ids.AsSpan(0, count).ToArray();

        private bool Add(int[] pieces)
        {
            foreach (var piece in pieces)
            {
                if (count == maximum) return false;
                if (count == ids.Length) Array.Resize(ref ids, 2 * ids.Length);
                ids[count++] = piece;
            }

            return count < maximum;
        }
    }
}
