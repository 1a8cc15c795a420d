using CsCheck;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

/// <summary>Texts that try a tokenizer: any UTF-16, lone surrogates included, and characters of which normalisation is made.</summary>
internal static class AnyText
{
    private const string Tricky = "abzAZ09 \t\n.,-/#[]™℠№€￥®©½¼²①ﬁ´¨Éé\u0301\u0308\u0327\u200d\u200b\ufe0f\u20e3\u00ad\0\ufffdＡ１，　가각ᄀ\u1161\u11a8カﾊﾞ\u3099中文々İıßẞΣς\u2044\ud83d\ude00\ud83c\uddfa\ud835\udfcf\ud840\udc00\ufdfa\ufb2c\ue000\uffff";

    internal static Gen<string> Strings { get; } = Gen.Frequency(
        (5, Gen.Int[0, Tricky.Length - 1].Select(i => Tricky[i])),
        (2, Gen.Int[0, 0xFFFF].Select(i => (char)i)),
        (3, Gen.Int['a', 'f'].Select(i => (char)i))).Array[0, 60].Select(characters => new string(characters));

    /// <summary>A small vocabulary of tricky characters and words.</summary>
    internal static WordPieceTokenizer Tokenizer(TextNormalisation normalisation) => new(VocabularyTrainer.Train(
        [Tricky, "headphones headset head phone wireless 头戴式 耳机 €99 ½ inch"],
        new VocabularyOptions { MinimumFrequency = 1, Normalisation = normalisation },
        null,
        CancellationToken.None));
}
