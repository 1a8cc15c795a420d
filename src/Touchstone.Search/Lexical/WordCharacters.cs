using System.Globalization;
using System.Text;

namespace Touchstone.Search.Lexical;

/// <summary>Which code points words are made of.</summary>
internal static class WordCharacters
{
    /// <summary>Letters, digits, marks and <c>_</c>.</summary>
    public static bool IsOfWord(int codePoint) => codePoint == '_' || (Rune.IsValid(codePoint) && Rune.GetUnicodeCategory(new Rune(codePoint)) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>Lower case, invariant.</summary>
    public static int ToLower(int codePoint) => Rune.IsValid(codePoint) ? Rune.ToLowerInvariant(new Rune(codePoint)).Value : codePoint;

    /// <summary>Chinese characters: the unified ideographs with their extensions and compatibility forms, and 〇.</summary>
    public static bool IsHan(int codePoint) => codePoint is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF) or 0x3007;

    /// <summary>Full-width ASCII as ASCII, the ideographic space as a space; all else as it is.</summary>
    public static char ToHalfWidth(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' => ' ',
        _ => c,
    };
}
