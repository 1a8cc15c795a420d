using CsCheck;
using ICU4N.Text;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

public sealed class ShopNormalisationTests
{
    [Theory]
    [InlineData("ＳＯＮＹ　ＷＨ－１０００", "sony wh - 1000")]
    [InlineData("eﬃcient", "efficient")]
    [InlineData("½ inch", "1 / 2 inch")]
    [InlineData("3½\"", "3 1 / 2 \"")]
    [InlineData("½5", "1 / 2 5")]
    [InlineData("10² m²", "10 2 m2")]
    [InlineData("5㎏ 20℃", "5kg 20 ° c")]
    [InlineData("Crème BRÛLÉE", "crème brûlée")]
    [InlineData("cre\u0300me", "crème")]
    [InlineData("Sony™ Bose® №5", "sony ™ bose ® № 5")]
    [InlineData("€99 ￥50", "€ 99 ¥ 50")]
    [InlineData("﷼", "﷼")]
    [InlineData("great😀!", "great 😀 !")]
    [InlineData("❤\ufe0f 👨\u200d👩", "❤ 👨 👩")]
    [InlineData("D´Addario", "d ´ addario")]
    [InlineData("蓝牙耳机2代", "蓝 牙 耳 机 2 代")]
    [InlineData("ﾊﾟﾅｿﾆｯｸ", "パナソニック")]
    [InlineData("한국어", "한국어")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("so\u00adft zero\u200bwidth", "soft zero width")]
    [InlineData("𝟏𝟐 𝐁old 𐐀", "12 bold 𐐨")]
    [InlineData("𠀀丽", "𠀀 丽")]
    public void The_shop_reads(string text, string expected) => Assert.Equal(expected, ReadBack(text));

    [Theory]
    [InlineData("a \ufffd b")]
    [InlineData("a \uf8ff b")]
    [InlineData("a 😀 b")]
    [InlineData("a ™ b")]
    [InlineData("a € b")]
    public void What_the_vocabulary_does_not_know_is_unknown_and_never_nothing(string text)
    {
        var tokenizer = new WordPieceTokenizer(WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, "a", "b"], TextNormalisation.Shop));
        Assert.Equal([5, 1, 6], tokenizer.Encode(text));
        Assert.Equal([5, 1, 6], tokenizer.Encode(text.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Letters_and_marks_compose_as_ICU_does()
    {
        const string letters = "aeouAEOUçÅ\u0301\u0308\u0323\u0327\u0302\u031bか\u3099ハ\u309aᄀ\u1161\u11a8가ｶﾞﬁＡ";
        Gen.Int[0, letters.Length - 1].Array[1, 20].Sample(at =>
        {
            var text = "a" + string.Concat(at.Select(i => letters[i]));
            var expected = string.Concat(Normalizer2.NFKCInstance.Normalize(text).Select(char.ToLowerInvariant));
            return ReadBack(text) == expected;
        }, iter: 500);
    }

    private static string ReadBack(string text)
    {
        var options = new VocabularyOptions { MinimumFrequency = 1, Normalisation = TextNormalisation.Shop };
        var tokenizer = new WordPieceTokenizer(VocabularyTrainer.Train([text], options, null, CancellationToken.None));
        return tokenizer.Decode(tokenizer.Encode(text));
    }
}
