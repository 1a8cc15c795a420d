namespace Touchstone.Search;

/// <summary>What of a query counts.</summary>
internal static class QueryText
{
    /// <summary>Characters of a query that count: nobody types more, and a longer text must not hold up a server.</summary>
    public const int Longest = 4096;

    /// <summary>The beginning of a text that is longer, never half a surrogate pair.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Longest) return text;
        return char.IsHighSurrogate(text[Longest - 1]) ? text[..(Longest - 1)] : text[..Longest];
    }
}
