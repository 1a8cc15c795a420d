using System.Globalization;
using System.Text;

namespace Touchstone.Recommendation.Content;

/// <summary>Cuts text into terms: lower-case words of letters and digits; Chinese, Japanese and Korean script by pairs of characters.</summary>
internal static class ContentTerms
{
    /// <summary>Adds the terms of a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="add">Takes each term, in order.</param>
    internal static void Of(string text, Action<string> add)
    {
        var word = new StringBuilder();
        Rune? before = null;
        var paired = false;
        foreach (var rune in text.EnumerateRunes().Select(Narrow))
        {
            if (IsIdeograph(rune))
            {
                EndWord(word, add);
                if (before is { } first)
                {
                    add($"{first}{rune}");
                    paired = true;
                }

                before = rune;
                continue;
            }

            EndRun(ref before, ref paired, add);
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (Rune.IsLetterOrDigit(rune) || (isMark && word.Length > 0)) word.Append(Rune.ToLowerInvariant(rune));
            else if (rune.Value != '\'' && rune.Value != 0x2019) EndWord(word, add);
        }

        EndWord(word, add);
        EndRun(ref before, ref paired, add);
    }

    // Full-width letters and digits are the plain ones. (Unicode normalisation needs ICU, which the program does without.)
    private static Rune Narrow(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;

    // A character that stands alone is a term by itself.
    private static void EndRun(ref Rune? before, ref bool paired, Action<string> add)
    {
        if (before is { } single && !paired) add(single.ToString());
        (before, paired) = (null, false);
    }

    private static void EndWord(StringBuilder word, Action<string> add)
    {
        if (word.Length == 0) return;
        add(word.ToString());
        word.Clear();
    }

    // Kana, bopomofo, Hangul syllables, and ideographs with their extensions: scripts written without spaces or in short blocks.
    private static bool IsIdeograph(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3100 and <= 0x312F) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
