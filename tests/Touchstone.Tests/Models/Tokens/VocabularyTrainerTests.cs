using System.Text;
using CsCheck;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

public sealed class VocabularyTrainerTests
{
    private static readonly VocabularyOptions Small = new() { Size = 60, MinimumFrequency = 1 };

    private static readonly Gen<string[]> Corpora = Gen.Int['a', 'e'].Select(i => (char)i).Array[1, 6].Select(word => new string(word)).Array[1, 8]
        .Select(words => string.Join(' ', words)).Array[1, 12];

    [Fact]
    public void The_order_of_the_texts_does_not_matter() => Gen.Select(Corpora, Gen.Int[0, 1000]).Sample((texts, seed) =>
    {
        var shuffled = texts.OrderBy(text => (text.Length * 31 + seed) % 7).ThenByDescending(text => text, StringComparer.Ordinal);
        return Tokens(Train(texts, Small)).SequenceEqual(Tokens(Train(shuffled, Small)));
    });

    [Fact]
    public void Incremental_counts_give_the_tokens_of_counting_anew_at_each_merge() => Gen.Select(Corpora, Gen.Int[1, 3], Gen.Int[20, 60]).Sample((texts, frequency, size) =>
    {
        var expected = CountingAnew(texts, frequency, size);
        if (expected is null) return true;
        return Tokens(Train(texts, new VocabularyOptions { Size = size, MinimumFrequency = frequency })).SequenceEqual(expected);
    });

    [Fact]
    public void Special_tokens_come_first_then_the_alphabet_then_frequent_words()
    {
        var vocabulary = Train(["low low low low", "lower lower"], Small);
        Assert.Equal([0, 1, 2, 3, 4], [vocabulary.PaddingId, vocabulary.UnknownId, vocabulary.ClassificationId, vocabulary.SeparatorId, vocabulary.MaskId]);
        Assert.Equal(["e", "l", "o", "r", "w", "##e", "##l", "##o", "##r", "##w", "lo", "low", "##er", "lower"], Tokens(vocabulary)[5..]);
        Assert.Equal(TextNormalisation.Shop, vocabulary.Normalisation);
    }

    [Fact]
    public void Chinese_is_learned_by_character_and_symbols_by_themselves()
    {
        var vocabulary = Train(["无线耳机 €9", "无线耳机 €9"], Small);
        Assert.Equal(["9", "€", "无", "机", "线", "耳", "##9"], Tokens(vocabulary)[5..]);
    }

    [Fact]
    public void A_rare_character_makes_its_own_word_unknown_and_no_other()
    {
        var vocabulary = Train(["red shoes reþd", "red shoes"], new VocabularyOptions());
        var tokenizer = new WordPieceTokenizer(vocabulary);
        Assert.Equal("red [UNK] shoes", tokenizer.Decode(tokenizer.Encode("red reþd shoes")));
        Assert.Equal("dress", tokenizer.Decode(tokenizer.Encode("dress")));
    }

    [Fact]
    public void The_alphabet_is_bounded_by_the_most_frequent_characters()
    {
        Assert.Equal(["a", "b", "##a", "##b"], Tokens(Train(["aaa bbb ab cc"], Small with { MaximumAlphabet = 2 }))[5..9]);
        var many = string.Join(' ', Enumerable.Range(0x4E00, 500).Select(i => $"{(char)i}{(char)i}"));
        Assert.Equal(60, Train([many], Small).Count);
    }

    [Fact]
    public void A_corpus_of_one_line_trains()
    {
        var tokenizer = new WordPieceTokenizer(Train(["Sony headphones, Sony headset"], new VocabularyOptions()));
        Assert.Equal("sony head", tokenizer.Decode(tokenizer.Encode("Sony HEAD")));
    }

    [Fact]
    public void A_corpus_without_words_or_frequent_characters_is_refused_with_the_reason()
    {
        Assert.Equal("The corpus has no word in 0 texts, so there is no vocabulary to train. Give it titles or descriptions.", Assert.Throws<InvalidDataException>(() => Train([], Small)).Message);
        Assert.Equal("The corpus has no word in 2 texts, so there is no vocabulary to train. Give it titles or descriptions.", Assert.Throws<InvalidDataException>(() => Train(["", " \t"], Small)).Message);
        Assert.Equal("No character of the corpus (1 texts) is seen 2 times, so every word would be [UNK]. Give more texts, or lower the minimum frequency.", Assert.Throws<InvalidDataException>(() => Train(["abc"], new VocabularyOptions())).Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.StartsWith("Size is the number of tokens; expected 16 or more.", Assert.Throws<ArgumentOutOfRangeException>(() => new VocabularyOptions { Size = 15 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("MinimumFrequency counts occurrences; expected 1 or more.", Assert.Throws<ArgumentOutOfRangeException>(() => new VocabularyOptions { MinimumFrequency = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("MaximumAlphabet counts characters; expected 1 or more.", Assert.Throws<ArgumentOutOfRangeException>(() => new VocabularyOptions { MaximumAlphabet = 0 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() => VocabularyTrainer.Train(["a b"], Small, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Any_text_trains_a_vocabulary_that_reads_it() => AnyText.Strings.Array[1, 5].Sample(texts =>
    {
        try
        {
            var vocabulary = Train(texts, new VocabularyOptions { MinimumFrequency = 1 });
            var tokenizer = new WordPieceTokenizer(vocabulary);
            return texts.All(text => tokenizer.Encode(text).All(id => id < vocabulary.Count));
        }
        catch (InvalidDataException)
        {
            return texts.All(text => text.All(character => !char.IsAsciiLetterOrDigit(character)));
        }
    });

    private static WordPieceVocabulary Train(IEnumerable<string> texts, VocabularyOptions options) => VocabularyTrainer.Train(texts, options, null, CancellationToken.None);

    private static string[] Tokens(WordPieceVocabulary vocabulary) => [.. Enumerable.Range(0, vocabulary.Count).Select(id => vocabulary[id])];

    /// <summary>The slow, obvious trainer for lower-case ASCII words.</summary>
    private static List<string>? CountingAnew(string[] texts, int frequency, int size)
    {
        var words = texts.SelectMany(text => text.Split(' ')).ToArray();
        var characters = words.SelectMany(word => word).GroupBy(character => character).Where(group => group.Count() >= frequency)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key).Take((size - 5) / 2).Order().ToArray();
        if (characters.Length == 0) return null;
        // A letter seen only as a whole word still may go on with one.
        List<string> tokens = [.. WordPieceVocabulary.SpecialTokens, .. characters.Select(character => character.ToString()), .. characters.Select(character => "##" + character)];
        var spelled = words.Where(word => word.All(characters.Contains)).Select(word => word.Select((character, i) => i == 0 ? character.ToString() : "##" + character).ToList()).ToList();
        while (tokens.Count < size)
        {
            var best = spelled.SelectMany(pieces => pieces.Zip(pieces.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => tokens.IndexOf(group.Key.First)).ThenBy(group => tokens.IndexOf(group.Key.Second)).FirstOrDefault();
            if (best is null || best.Count() < frequency) break;
            var merged = new StringBuilder(best.Key.First).Append(best.Key.Second.AsSpan(2)).ToString();
            if (!tokens.Contains(merged)) tokens.Add(merged);
            foreach (var pieces in spelled)
            {
                for (var i = 0; i + 1 < pieces.Count; i++)
                {
                    if (pieces[i] != best.Key.First || pieces[i + 1] != best.Key.Second) continue;
                    pieces[i] = merged;
                    pieces.RemoveAt(i + 1);
                }
            }
        }

        return tokens;
    }
}
