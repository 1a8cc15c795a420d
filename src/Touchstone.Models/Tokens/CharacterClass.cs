namespace Touchstone.Models.Tokens;

/// <summary>What a code point does to the words of a text.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Goes on with the word, or begins one.</summary>
    Letter,

    /// <summary>A word of its own: punctuation, a symbol, a Chinese character.</summary>
    Alone,

    /// <summary>A word of its own that no compatibility mapping may touch: ™ €.</summary>
    Kept,

    /// <summary>Ends a word.</summary>
    Space,

    /// <summary>Leaves no trace: control and format characters, stripped accents.</summary>
    Nothing,

    /// <summary>A word of its own that no vocabulary knows.</summary>
    Unreadable,

    /// <summary>Stands for several characters.</summary>
    Expands,

    /// <summary>Half of a code point beyond the Basic Multilingual Plane.</summary>
    Surrogate,
}
