using System.Runtime.CompilerServices;

namespace Touchstone.Models.Tokens;

/// <summary>Gathers characters into words and hands them on. A word of more than 100 code points is unreadable, as in BERT, and is never held whole.</summary>
/// <param name="sink">Who takes the words.</param>
/// <param name="buffer">At least <see cref="BufferLength"/> characters.</param>
internal ref struct WordBuilder<TSink>(ref TSink sink, Span<char> buffer)
    where TSink : struct, IWordSink
{
    /// <summary>Characters of the longest word: each code point may take two.</summary>
    internal const int BufferLength = 2 * MaximumCodePoints;

    private const int MaximumCodePoints = 100;

    private readonly ref TSink sink = ref sink;
    private readonly Span<char> buffer = buffer;
    private int length;
    private int codePoints;

    /// <summary>Whether the sink wants no more.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Whether the word so far ends with an ASCII digit.</summary>
    internal readonly bool EndsWithDigit => length > 0 && char.IsAsciiDigit(buffer[length - 1]);

    /// <summary>Goes on with the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Letter(char character)
    {
        if (codePoints < MaximumCodePoints)
        {
            buffer[length++] = character;
            codePoints++;
        }
        else
        {
            Overflow();
        }
    }

    /// <summary>Goes on with the word by a code point of two characters.</summary>
    internal void Letter(char high, char low)
    {
        Letter(high);
        if (length > 0) buffer[length++] = low;
    }

    /// <summary>Ends the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Space()
    {
        if (length > 0) IsStopped = !sink.Take(buffer[..length]);
        (length, codePoints) = (0, 0);
    }

    /// <summary>Ends the word and makes another of one code point.</summary>
    internal void Alone(scoped ReadOnlySpan<char> word)
    {
        Space();
        if (!IsStopped) IsStopped = !sink.Take(word);
    }

    /// <summary>Ends the word and hands on something unreadable.</summary>
    internal void Unreadable()
    {
        Space();
        if (!IsStopped) IsStopped = !sink.TakeUnreadable();
    }

    private void Overflow()
    {
        // Told at the 101st code point; the rest of the word is passed over.
        if (codePoints++ == MaximumCodePoints)
        {
            IsStopped = !sink.TakeUnreadable();
            length = 0;
        }
        else
        {
            codePoints = MaximumCodePoints + 1;
        }
    }
}
