using System.Globalization;
using System.Text;
using ICU4N.Text;

namespace Touchstone.Models.Tokens;

/// <summary>
/// NFKC (Unicode Standard Annex 15), then lower case, accents kept. Where a compatibility mapping would change the meaning it is not
/// followed: a mark (™ ℠ №) never becomes letters, a currency sign stays one, a spacing accent (´ ¨) never lands on the next letter.
/// White space, control and format characters and variation selectors are all that leaves no token.
/// </summary>
internal sealed class ShopRules : CharacterRules
{
    private const char FractionSlash = '\u2044';

    private static readonly Normalizer2 Composition = Normalizer2.NFKCInstance;

    internal override CharacterClass LoneSurrogate => CharacterClass.Unreadable;

    internal override CharacterClass Classify(int codePoint, out string? replacement)
    {
        replacement = null;
        if (codePoint == 0xFFFD) return CharacterClass.Unreadable;
        var rune = new Rune(codePoint);
        // U+200B, the space of no width, is a format character by category but means that a word may end.
        if (Rune.IsWhiteSpace(rune) || codePoint == 0x200B) return CharacterClass.Space;
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.Control or UnicodeCategory.Format || IsVariationSelector(codePoint)) return CharacterClass.Nothing;
        if (category == UnicodeCategory.PrivateUse) return CharacterClass.Unreadable;
        if (IsMark(codePoint)) return CharacterClass.Kept;
        if (codePoint == FractionSlash)
        {
            replacement = "/";
            return CharacterClass.Alone;
        }

        var text = rune.ToString();
        if (Composition.GetDecomposition(codePoint) is not null)
        {
            var composed = Composition.Normalize(text);
            if (composed.StartsWith(' ') || (category == UnicodeCategory.CurrencySymbol && CharUnicodeInfo.GetUnicodeCategory(composed, 0) != category))
                return CharacterClass.Kept;
            text = composed.Replace(FractionSlash, '/');
        }

        var lower = new StringBuilder();
        var last = 0;
        var count = 0;
        foreach (var part in text.EnumerateRunes())
        {
            var lowered = Lower(part);
            lower.Append(lowered.ToString());
            last = lowered.Value;
            count++;
        }

        text = lower.ToString();
        if (text != rune.ToString()) replacement = text;
        // ½ and ² go through the expansion even where one character stands for them: it keeps 3½ from becoming 31/2.
        var isNumber = category != UnicodeCategory.DecimalDigitNumber && replacement is not null && (char.IsAsciiDigit(text[0]) || char.IsAsciiDigit(text[^1]));
        return count > 1 || isNumber ? CharacterClass.Expands : ClassOf(last);
    }

    internal override bool JoinsBefore(int codePoint) => !Composition.HasBoundaryBefore(codePoint);

    internal override string Compose(ReadOnlySpan<char> segment) => Composition.Normalize(segment.ToString());

    private static bool IsMark(int codePoint) => codePoint is 0x2122 or 0x2120 or 0x2116 or (>= 0x1F16A and <= 0x1F16C);

    private static bool IsVariationSelector(int codePoint) => codePoint is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static CharacterClass ClassOf(int codePoint)
    {
        if (IsPunctuation(codePoint) || IsIdeograph(codePoint) || codePoint is >= 0x2CEB0 and <= 0x323AF) return CharacterClass.Alone;
        return CharUnicodeInfo.GetUnicodeCategory(codePoint) is (>= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol) or UnicodeCategory.OtherNotAssigned
            ? CharacterClass.Alone
            : CharacterClass.Letter;
    }
}
