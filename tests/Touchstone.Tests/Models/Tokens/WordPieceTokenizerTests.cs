using CsCheck;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

public sealed class WordPieceTokenizerTests
{
    private static readonly WordPieceTokenizer Bert = AnyText.Tokenizer(TextNormalisation.Bert);
    private static readonly WordPieceTokenizer Shop = AnyText.Tokenizer(TextNormalisation.Shop);

    [Theory]
    [InlineData("Crème BRÛLÉE", "creme brulee")]
    [InlineData("naïve\u0301", "naive")]
    [InlineData("don't-stop", "don ' t - stop")]
    [InlineData("中文ok", "中 文 ok")]
    [InlineData("tab\tand\u00a0no\u0000thing\u200d", "tab and nothing")]
    [InlineData("€5", "€5")]
    [InlineData("[MASK] [SEP]", "[ mask ] [ sep ]")]
    public void Bert_reads_as_Hugging_Face_does(string text, string expected) => Assert.Equal(expected, MiniLmVocabulary.Tokenizer.Decode(MiniLmVocabulary.Tokenizer.Encode(text)));

    [Fact]
    public void Known_words_have_their_known_ids() =>
        Assert.Equal([7592, 2088, 999], MiniLmVocabulary.Tokenizer.Encode("Hello World!"));

    [Fact]
    public void Half_a_surrogate_pair_is_nothing_to_BERT_and_unknown_to_the_shop()
    {
        Assert.Equal("broken surrogate", MiniLmVocabulary.Tokenizer.Decode(MiniLmVocabulary.Tokenizer.Encode("broken \ud83d surrogate\ude00")));
        Assert.Equal("head [UNK] phone [UNK]", Shop.Decode(Shop.Encode("head\ud83dphone\ude00")));
    }

    [Fact]
    public void An_empty_text_has_no_tokens()
    {
        Assert.Empty(Shop.Encode(""));
        Assert.Empty(Shop.Encode(" \t\u3000\r\n"));
        Assert.Empty(Bert.Encode(""));
        Assert.Equal("", Shop.Decode([]));
    }

    [Fact]
    public void Every_id_of_any_text_is_in_the_vocabulary() => AnyText.Strings.Sample(text =>
        Bert.Encode(text).All(id => id >= 0 && id < Bert.Vocabulary.Count) && Shop.Encode(text).All(id => id >= 0 && id < Shop.Vocabulary.Count));

    [Fact]
    public void Encoding_to_a_length_is_the_beginning_of_encoding_it_all() => Gen.Select(AnyText.Strings, Gen.Int[0, 40]).Sample((text, maximum) =>
        ((WordPieceTokenizer[])[Bert, Shop]).All(tokenizer => tokenizer.Encode(text, maximum).SequenceEqual(tokenizer.Encode(text).Take(maximum))));

    [Fact]
    public void Remembered_words_have_the_ids_of_a_fresh_tokenizer() => AnyText.Strings.Sample(
        text => Shop.Encode(text).SequenceEqual(new WordPieceTokenizer(Shop.Vocabulary).Encode(text)), iter: 50);

    [Fact]
    public void Words_of_the_vocabulary_come_back_from_their_ids() => Gen.Int[0, Shop.Vocabulary.Count - 1].Array[0, 20].Sample(ids =>
    {
        var text = string.Join(' ', ids.Select(id => Shop.Vocabulary[id]).Where(token => token[0] is not ('[' or '#') && token.All(char.IsLetter)));
        return Shop.Decode(Shop.Encode(text)) == text;
    });

    [Fact]
    public void Threads_that_share_a_tokenizer_get_the_ids_of_one()
    {
        string[] texts = [.. Enumerable.Range(0, 2_000).Select(i => $"head{i % 97} phone{i % 89} wireless {i}")];
        var expected = texts.Select(text => string.Join(' ', new WordPieceTokenizer(Shop.Vocabulary).Encode(text, 50))).Take(200).ToArray();
        var actual = new string[texts.Length];
        Parallel.For(0, texts.Length, i => actual[i] = string.Join(' ', Shop.Encode(texts[i], 50)));
        Assert.Equal(expected, actual.Take(200));
    }

    [Fact]
    public void A_word_of_a_hundred_characters_is_read_and_a_longer_one_is_unknown()
    {
        Assert.DoesNotContain(Shop.Vocabulary.UnknownId, Shop.Encode(new string('a', 100)));
        Assert.Equal([Shop.Vocabulary.UnknownId], Shop.Encode(new string('a', 101)));
        Assert.Equal([Shop.Vocabulary.UnknownId, .. Shop.Encode("head")], Shop.Encode(new string('a', 5_000) + " head"));
        Assert.Equal("𐐨", new WordPieceTokenizer(WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, "𐐨", "##𐐨"], TextNormalisation.Shop)).Decode([5]));
        Assert.Equal(100, new WordPieceTokenizer(WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, "𐐨", "##𐐨"], TextNormalisation.Shop)).Encode(string.Concat(Enumerable.Repeat("𐐀", 100))).Length);
    }

    [Fact]
    public void A_text_of_ten_megabytes_is_read_to_its_end_or_as_far_as_asked()
    {
        var word = new string('a', 10 << 20);
        Assert.Equal([Shop.Vocabulary.UnknownId], Shop.Encode(word));
        Assert.Equal([Bert.Vocabulary.UnknownId], Bert.Encode(word, 64));
        var words = string.Concat(Enumerable.Repeat("head phone ", 1 << 20));
        Assert.Equal(64, Shop.Encode(words, 64).Length);
        Assert.Equal(2 << 20, Shop.Encode(words).Length);
        Assert.NotEmpty(Shop.Encode("e" + new string('\u0301', 5 << 20)));
    }

    [Fact]
    public void A_negative_maximum_or_an_unknown_id_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Shop.Encode("a", -1));
        Assert.StartsWith("The vocabulary has ids 0 to", Assert.Throws<ArgumentOutOfRangeException>(() => Shop.Decode([Shop.Vocabulary.Count])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_can_spell_a_special_token() => Assert.DoesNotContain(Shop.Encode("[MASK] [CLS]"), id => id == Shop.Vocabulary.MaskId || id == Shop.Vocabulary.ClassificationId);
}
