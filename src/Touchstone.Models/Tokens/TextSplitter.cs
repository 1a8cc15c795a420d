using System.Text;

namespace Touchstone.Models.Tokens;

/// <summary>Normalises a text and splits it into words, in one pass, in memory that does not grow with the text.</summary>
internal static class TextSplitter
{
    /// <summary>Most characters that are composed with each other; Unicode's stream-safe form allows 30 marks behind a base.</summary>
    private const int MaximumSegment = 64;

    /// <summary>Hands the words of a text to a sink until it wants no more.</summary>
    internal static void Split<TSink>(CharacterTable table, ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IWordSink
    {
        var words = new WordBuilder<TSink>(ref sink, stackalloc char[WordBuilder<TSink>.BufferLength]);
        Span<char> segment = stackalloc char[MaximumSegment];
        var (classes, mapped, joins) = (table.Classes, table.Mapped, table.Joins);
        for (var i = 0; i < text.Length && !words.IsStopped;)
        {
            var character = text[i];
            var @class = classes[character];
            if (@class <= CharacterClass.Alone && (i + 1 == text.Length || !joins[text[i + 1]]))
            {
                if (@class == CharacterClass.Letter) words.Letter(mapped[character]);
                else words.Alone(new ReadOnlySpan<char>(in mapped[character]));
                i++;
            }
            else if (@class == CharacterClass.Space)
            {
                words.Space();
                i++;
            }
            else
            {
                i += Unusual(table, text[i..], segment, ref words);
            }
        }

        if (!words.IsStopped) words.Space();
    }

    /// <summary>Takes a code point that is not a plain one, with the marks behind it; returns the characters taken.</summary>
    private static int Unusual<TSink>(CharacterTable table, ReadOnlySpan<char> text, Span<char> segment, ref WordBuilder<TSink> words)
        where TSink : struct, IWordSink
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out var taken) != System.Buffers.OperationStatus.Done)
        {
            if (table.Rules.LoneSurrogate == CharacterClass.Unreadable) words.Unreadable();
            return 1;
        }

        var @class = rune.IsBmp ? table.Classes[rune.Value] : table.Rules.Classify(rune.Value, out _);
        if (@class == CharacterClass.Nothing) return taken;
        var length = 0;
        if (@class != CharacterClass.Kept)
        {
            length = rune.EncodeToUtf16(segment);
            while (length < segment.Length - 1 && taken < text.Length && Rune.DecodeFromUtf16(text[taken..], out var next, out var more) == System.Buffers.OperationStatus.Done)
            {
                var isNothing = IsNothing(table, next);
                if (!isNothing && !table.Rules.JoinsBefore(next.Value)) break;
                if (!isNothing) length += next.EncodeToUtf16(segment[length..]);
                taken += more;
            }
        }

        if (length > rune.Utf16SequenceLength)
        {
            foreach (var part in table.Rules.Compose(segment[..length]).EnumerateRunes())
                TakeRune(table, part, ref words);
        }
        else
        {
            TakeRune(table, rune, ref words);
        }

        // ½5 is two numbers, as 3½ is.
        if (@class == CharacterClass.Expands && words.EndsWithDigit && taken < text.Length && char.IsAsciiDigit(text[taken])) words.Space();
        return taken;
    }

    private static bool IsNothing(CharacterTable table, Rune rune) =>
        (rune.IsBmp ? table.Classes[rune.Value] : table.Rules.Classify(rune.Value, out _)) == CharacterClass.Nothing;

    private static void TakeRune<TSink>(CharacterTable table, Rune rune, ref WordBuilder<TSink> words)
        where TSink : struct, IWordSink
    {
        if (words.IsStopped) return;
        string? replacement = null;
        var @class = rune.IsBmp ? table.Classes[rune.Value] : table.Rules.Classify(rune.Value, out replacement);
        if (rune.IsBmp && @class == CharacterClass.Expands) replacement = table.Expansion((char)rune.Value);
        if (replacement is null)
        {
            TakeFinal(@class, rune.IsBmp ? new Rune(table.Mapped[rune.Value]) : rune, ref words);
            return;
        }

        if (@class == CharacterClass.Expands && words.EndsWithDigit && char.IsAsciiDigit(replacement[0])) words.Space();
        foreach (var part in replacement.EnumerateRunes())
        {
            // What stands for another is in its last form already: only its class is asked for.
            if (!words.IsStopped) TakeFinal(part.IsBmp ? table.Classes[part.Value] : table.Rules.Classify(part.Value, out _), part, ref words);
        }
    }

    private static void TakeFinal<TSink>(CharacterClass @class, Rune rune, ref WordBuilder<TSink> words)
        where TSink : struct, IWordSink
    {
        Span<char> characters = stackalloc char[2];
        characters = characters[..rune.EncodeToUtf16(characters)];
        switch (@class)
        {
            case CharacterClass.Letter or CharacterClass.Expands:
                if (characters.Length == 1) words.Letter(characters[0]);
                else words.Letter(characters[0], characters[1]);
                break;
            case CharacterClass.Alone or CharacterClass.Kept:
                words.Alone(characters);
                break;
            case CharacterClass.Space:
                words.Space();
                break;
            case CharacterClass.Nothing:
                break;
            case CharacterClass.Unreadable or CharacterClass.Surrogate:
                words.Unreadable();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(@class), @class, "Not a class of characters.");
        }
    }
}
