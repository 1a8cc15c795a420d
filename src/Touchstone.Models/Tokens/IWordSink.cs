namespace Touchstone.Models.Tokens;

/// <summary>Takes the words of a text one by one: a tokenizer turns them into ids, a trainer counts them.</summary>
internal interface IWordSink
{
    /// <summary>Takes a word of 1 to 100 code points; the span holds only during the call.</summary>
    /// <returns>False where no further word is wanted.</returns>
    bool Take(ReadOnlySpan<char> word);

    /// <summary>Takes the place of a word that no vocabulary knows: one that is too long, or broken text.</summary>
    /// <returns>False where no further word is wanted.</returns>
    bool TakeUnreadable();
}
