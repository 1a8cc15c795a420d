namespace Touchstone.Models.Tokens;

/// <summary>
/// What a BERT reads at once: <c>[CLS] first [SEP]</c> or <c>[CLS] first [SEP] second [SEP]</c> (Devlin et al. 2019, section 3).
/// </summary>
/// <param name="Ids">[position] token ids, special tokens included.</param>
/// <param name="FirstLength">Positions of the first segment, its <c>[CLS]</c> and <c>[SEP]</c> included; the rest is the second one.</param>
public readonly record struct TokenSequence(int[] Ids, int FirstLength)
{
    /// <summary>How many positions.</summary>
    public int Length => Ids.Length;

    /// <summary>One text.</summary>
    /// <param name="vocabulary">Gives the special tokens.</param>
    /// <param name="text">[position] ids without special tokens.</param>
    /// <param name="maximumLength">Most positions, special tokens included; the end of the text is cut. At least 3.</param>
    public static TokenSequence Of(WordPieceVocabulary vocabulary, ReadOnlySpan<int> text, int maximumLength)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 3);
        var kept = text[..Math.Min(text.Length, maximumLength - 2)];
        return new([vocabulary.ClassificationId, .. kept, vocabulary.SeparatorId], kept.Length + 2);
    }

    /// <summary>A pair of texts; where both do not fit, tokens leave the end of the longer one first.</summary>
    /// <param name="vocabulary">Gives the special tokens.</param>
    /// <param name="first">[position] ids without special tokens.</param>
    /// <param name="second">[position] ids without special tokens.</param>
    /// <param name="maximumLength">Most positions, special tokens included. At least 5.</param>
    public static TokenSequence Of(WordPieceVocabulary vocabulary, ReadOnlySpan<int> first, ReadOnlySpan<int> second, int maximumLength)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 5);
        var room = maximumLength - 3;
        var (a, b) = (first.Length, second.Length);
        if (a + b > room)
        {
            var half = room / 2;
            if (a <= half) b = room - a;
            else if (b <= room - half) a = room - b;
            else (a, b) = (half, room - half);
        }

        return new([vocabulary.ClassificationId, .. first[..a], vocabulary.SeparatorId, .. second[..b], vocabulary.SeparatorId], a + 2);
    }
}
