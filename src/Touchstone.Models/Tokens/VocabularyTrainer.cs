using System.Text;

namespace Touchstone.Models.Tokens;

/// <summary>
/// Trains a WordPiece vocabulary as Hugging Face's released <c>BertWordPieceTokenizer.train</c> does: special tokens, alphabet, then merges of
/// the most frequent pair. Schuster and Nakajima (2012) merge by the gain in likelihood, count(ab)/(count(a)·count(b)); that favours pairs of
/// rare pieces, spends a small vocabulary on words seen twice, and no released trainer does it.
/// </summary>
public static class VocabularyTrainer
{
    /// <summary>Trains a vocabulary. The same texts in any order give the same tokens.</summary>
    /// <param name="texts">The corpus; read once.</param>
    /// <param name="options">What to train.</param>
    /// <param name="progress">Share done, in [0, 1]; half of it is reading.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidDataException">The corpus has no word, or no character is frequent enough.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static WordPieceVocabulary Train(IEnumerable<string> texts, VocabularyOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        progress?.Report(0);
        var (words, textCount) = WordCounts.Of(texts, CharacterTable.Of(options.Normalisation), cancellationToken);
        if (words.Length == 0)
            throw new InvalidDataException(FormattableString.Invariant($"The corpus has no word in {textCount} texts, so there is no vocabulary to train. Give it titles or descriptions."));
        progress?.Report(0.5);
        var tokens = new List<string>(WordPieceVocabulary.SpecialTokens);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var form in Alphabet(words, options)) Add(form);
        if (ids.Count == 0)
            throw new InvalidDataException(FormattableString.Invariant($"No character of the corpus ({textCount} texts) is seen {options.MinimumFrequency} times, so every word would be [UNK]. Give more texts, or lower the minimum frequency."));

        var merging = Spell(words, ids);
        while (tokens.Count < options.Size && merging.TryFindBest(options.MinimumFrequency, out var left, out var right))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Two ways to spell a piece give one token.
            merging.Merge(left, right, Add(tokens[left] + tokens[right][WordPieceVocabulary.Continuation.Length..]));
            if (tokens.Count % 256 == 0) progress?.Report(0.5 + 0.5 * tokens.Count / options.Size);
        }

        progress?.Report(1);
        return WordPieceVocabulary.Of(tokens, options.Normalisation);

        int Add(string token)
        {
            if (ids.TryGetValue(token, out var id)) return id;
            ids.Add(token, tokens.Count);
            tokens.Add(token);
            return tokens.Count - 1;
        }
    }

    /// <summary>
    /// The characters in ordinal order, then those that may go on with a word with <c>##</c>. Every one has the first form, even where it was never
    /// seen so, so that a new word of known characters is never <c>[UNK]</c>.
    /// </summary>
    private static string[] Alphabet(KeyValuePair<string, long>[] words, VocabularyOptions options)
    {
        var counts = new Dictionary<Rune, (long Count, bool IsInWords)>();
        foreach (var (word, count) in words)
        {
            var isAlone = !CanGoOn(word, options.Normalisation);
            foreach (var rune in word.EnumerateRunes())
            {
                var seen = counts.GetValueOrDefault(rune);
                counts[rune] = (seen.Count + count, seen.IsInWords || !isAlone);
            }
        }

        var (starts, inside) = (new List<string>(), new List<string>());
        var room = options.Size - WordPieceVocabulary.SpecialTokens.Count;
        foreach (var (rune, (count, isInWords)) in counts.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key.Value).Take(options.MaximumAlphabet))
        {
            room -= isInWords ? 2 : 1;
            if (count < options.MinimumFrequency || room < 0) break;
            starts.Add(rune.ToString());
            if (isInWords) inside.Add(WordPieceVocabulary.Continuation + rune);
        }

        starts.Sort(string.CompareOrdinal);
        inside.Sort(string.CompareOrdinal);
        return [.. starts, .. inside];
    }

    /// <summary>Whether a word is one that others of its characters could prolong: not a single symbol or Chinese character.</summary>
    private static bool CanGoOn(string word, TextNormalisation normalisation)
    {
        var rune = Rune.GetRuneAt(word, 0);
        return rune.Utf16SequenceLength < word.Length || CharacterTable.Of(normalisation).Rules.Classify(rune.Value, out _) is CharacterClass.Letter or CharacterClass.Expands;
    }

    /// <summary>Words as pieces of one character; a word with a character outside the alphabet is <c>[UNK]</c> anyway and teaches nothing.</summary>
    private static PairMerging Spell(KeyValuePair<string, long>[] words, Dictionary<string, int> ids)
    {
        var spelled = new List<int[]>(words.Length);
        var frequencies = new List<long>(words.Length);
        var pieces = new List<int>();
        foreach (var (word, count) in words)
        {
            pieces.Clear();
            foreach (var rune in word.EnumerateRunes())
            {
                if (!ids.TryGetValue(pieces.Count == 0 ? rune.ToString() : WordPieceVocabulary.Continuation + rune, out var id)) break;
                pieces.Add(id);
            }

            if (pieces.Count < 2 || pieces.Count != word.EnumerateRunes().Count()) continue;
            spelled.Add([.. pieces]);
            frequencies.Add(count);
        }

        return new PairMerging([.. spelled], [.. frequencies]);
    }
}
