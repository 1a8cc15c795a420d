using System.Globalization;
using System.Text;

namespace Touchstone.Models.Tokens;

/// <summary>What a normalisation makes of each code point.</summary>
internal abstract class CharacterRules
{
    /// <summary>Class of half a surrogate pair whose other half is missing.</summary>
    internal abstract CharacterClass LoneSurrogate { get; }

    /// <summary>Class of a code point that is no surrogate, and what stands for it (null: itself).</summary>
    internal abstract CharacterClass Classify(int codePoint, out string? replacement);

    /// <summary>Whether a code point may change what stands before it, e.g. an accent that composes.</summary>
    internal abstract bool JoinsBefore(int codePoint);

    /// <summary>A base and the marks behind it as one; the same text where the normalisation does not compose.</summary>
    internal abstract string Compose(ReadOnlySpan<char> segment);

    /// <summary>The blocks that BERT calls Chinese: ideographs, not kana or hangul (google-research/bert, <c>_is_chinese_char</c>).</summary>
    internal static bool IsIdeograph(int codePoint) => codePoint is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or
        (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    /// <summary>Category P, or an ASCII character that is neither letter, digit nor space.</summary>
    internal static bool IsPunctuation(int codePoint) =>
        codePoint < 128
            ? codePoint > 32 && codePoint < 127 && !char.IsAsciiLetterOrDigit((char)codePoint)
            : CharUnicodeInfo.GetUnicodeCategory(codePoint) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    /// <summary>Unicode's simple lower case; İ is i, which .NET's invariant mapping leaves alone.</summary>
    internal static Rune Lower(Rune rune) => rune.Value == 0x130 ? new Rune('i') : Rune.ToLowerInvariant(rune);
}
