namespace Touchstone.Models.Tokens;

/// <summary>What vocabulary to train.</summary>
public sealed record VocabularyOptions
{
    /// <summary>Most tokens, special ones included; at least 16. Fewer come out where the corpus has no more pairs to merge.</summary>
    public int Size
    {
        get;
        init => field = value >= 16 ? value : throw new ArgumentOutOfRangeException(nameof(Size), value, "Size is the number of tokens; expected 16 or more.");
    } = 8000;

    /// <summary>Fewest times that a character or a pair of pieces is seen to become a token; at least 1.</summary>
    public int MinimumFrequency
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinimumFrequency), value, "MinimumFrequency counts occurrences; expected 1 or more.");
    } = 2;

    /// <summary>Most characters of the alphabet, the most frequent first; at least 1. A word with another one is <c>[UNK]</c>. Chinese shops use some 4,000.</summary>
    public int MaximumAlphabet
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumAlphabet), value, "MaximumAlphabet counts characters; expected 1 or more.");
    } = 5000;

    /// <summary>How texts become words.</summary>
    public TextNormalisation Normalisation
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Normalisation), value, "Expected Bert or Shop.");
    } = TextNormalisation.Shop;
}
