using CsCheck;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

public sealed class TokenSequenceTests
{
    private static readonly WordPieceVocabulary Vocabulary = WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens], TextNormalisation.Shop);

    [Fact]
    public void One_text_stands_between_its_special_tokens_and_is_cut_at_its_end()
    {
        Assert.Equal([2, 7, 8, 9, 3], TokenSequence.Of(Vocabulary, [7, 8, 9], 5).Ids);
        Assert.Equal([2, 7, 8, 3], TokenSequence.Of(Vocabulary, [7, 8, 9], 4).Ids);
        Assert.Equal([2, 3], TokenSequence.Of(Vocabulary, [], 4).Ids);
    }

    [Fact]
    public void Two_texts_are_cut_at_the_end_of_the_longer_one_first()
    {
        var whole = TokenSequence.Of(Vocabulary, [7], [8, 9, 10], 7);
        Assert.Equal([2, 7, 3, 8, 9, 10, 3], whole.Ids);
        Assert.Equal(3, whole.FirstLength);
        Assert.Equal([2, 7, 3, 8, 9, 3], TokenSequence.Of(Vocabulary, [7], [8, 9, 10], 6).Ids);
        Assert.Equal([2, 7, 8, 3, 9, 3], TokenSequence.Of(Vocabulary, [7, 8, 10, 11], [9], 6).Ids);
        Assert.Equal([2, 7, 3, 9, 10, 3], TokenSequence.Of(Vocabulary, [7, 8, 8], [9, 10, 11], 6).Ids);
    }

    [Fact]
    public void A_pair_keeps_the_beginning_of_both_and_fills_the_room_there_is() => Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[5, 40]).Sample((first, second, maximum) =>
    {
        int[] a = [.. Enumerable.Range(100, first)];
        int[] b = [.. Enumerable.Range(200, second)];
        var sequence = TokenSequence.Of(Vocabulary, a, b, maximum);
        var (keptA, keptB) = (sequence.FirstLength - 2, sequence.Length - sequence.FirstLength - 1);
        return sequence.Length == Math.Min(maximum, first + second + 3)
            && sequence.Ids.SequenceEqual([2, .. a[..keptA], 3, .. b[..keptB], 3])
            && (keptA == first || keptB == second || Math.Abs(keptA - keptB) <= 1)
            && (keptA == first || keptA >= keptB - 1) && (keptB == second || keptB >= keptA);
    });

    [Fact]
    public void Room_for_less_than_a_token_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSequence.Of(Vocabulary, [7], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenSequence.Of(Vocabulary, [7], [8], 4));
    }
}
