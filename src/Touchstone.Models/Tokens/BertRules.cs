using System.Globalization;
using System.Text;
using ICU4N.Text;

namespace Touchstone.Models.Tokens;

/// <summary>
/// Hugging Face's <c>BertNormalizer</c> with its defaults for an uncased model, by code point: clean, Chinese characters apart, NFD without
/// marks, lower case; punctuation splits as in <c>BertPreTokenizer</c>. Only the order of the few spacing marks that NFD would sort is not kept.
/// </summary>
internal sealed class BertRules : CharacterRules
{
    private static readonly Normalizer2 Decomposition = Normalizer2.NFDInstance;

    internal override CharacterClass LoneSurrogate => CharacterClass.Nothing;

    internal override CharacterClass Classify(int codePoint, out string? replacement)
    {
        replacement = null;
        if (codePoint is 0 or 0xFFFD) return CharacterClass.Nothing;
        if (codePoint is '\t' or '\n' or '\r') return CharacterClass.Space;
        if (CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse)
            return CharacterClass.Nothing;
        var rune = new Rune(codePoint);
        if (Rune.IsWhiteSpace(rune)) return CharacterClass.Space;
        var decomposed = Decomposition.GetDecomposition(codePoint);
        if (decomposed is null)
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) return CharacterClass.Nothing;
            var lower = Lower(rune);
            if (lower != rune) replacement = lower.ToString();
            return ClassOf(lower.Value);
        }

        var kept = new StringBuilder();
        var last = 0;
        var count = 0;
        foreach (var part in decomposed.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark) continue;
            var lower = Lower(part);
            kept.Append(lower.ToString());
            last = lower.Value;
            count++;
        }

        if (count == 0) return CharacterClass.Nothing;
        replacement = kept.ToString();
        return count == 1 ? ClassOf(last) : CharacterClass.Expands;
    }

    internal override bool JoinsBefore(int codePoint) => false;

    internal override string Compose(ReadOnlySpan<char> segment) => segment.ToString();

    private static CharacterClass ClassOf(int codePoint) => IsIdeograph(codePoint) || IsPunctuation(codePoint) ? CharacterClass.Alone : CharacterClass.Letter;
}
