namespace Touchstone.Data.Configuration;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    /// <summary>The known name nearest to <paramref name="name"/> by edit distance (case ignored), or null where none is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What could have been written; on a tie the first wins.</param>
    public static string? Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        var bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance >= bestDistance) continue;
            best = candidate;
            bestDistance = distance;
        }

        return best;
    }

    /// <summary><c>; did you mean "x"?</c>, or the list of what is known where nothing is near.</summary>
    internal static string Suggestion(string name, IReadOnlyCollection<string> known) => Of(name, known) is { } near
        ? $"; did you mean \"{near}\"?"
        : known.Count == 0 ? "." : $"; known: {string.Join(", ", known)}.";

    /// <summary>Edits (insert, delete, replace, swap of neighbours) that make one text of the other (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[right.Length];
    }
}
