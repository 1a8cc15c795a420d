namespace Touchstone.Data.Sources;

/// <summary>Tells the delimiter by the header.</summary>
internal static class DelimiterGuess
{
    private const string Candidates = ",;\t|";

    /// <summary>The candidate that stands most often outside quotes; a comma where none does.</summary>
    public static char Of(ReadOnlySpan<char> header)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var isQuoted = false;
        foreach (var c in header)
        {
            if (c == '"') isQuoted = !isQuoted;
            if (!isQuoted && Candidates.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at) counts[at]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best]) best = i;
        }

        return Candidates[best];
    }

    /// <summary>What a header of one column is probably parted by: a candidate, or another sign between words; null where it is one word.</summary>
    public static char? Of(string onlyColumn)
    {
        var guess = Of(onlyColumn.AsSpan());
        if (onlyColumn.Contains(guess, StringComparison.Ordinal)) return guess;
        foreach (var c in "^~:#\u0001 ")
        {
            if (onlyColumn.Contains(c, StringComparison.Ordinal)) return c;
        }

        return null;
    }

    /// <summary>As shop.yaml writes it.</summary>
    public static string Yaml(char delimiter) => delimiter switch
    {
        '\t' => "tab",
        < ' ' => $"\"\\x{(int)delimiter:X2}\"",
        _ => $"\"{delimiter}\"",
    };
}
