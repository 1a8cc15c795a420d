namespace Touchstone.Data.Cleaning;

/// <summary>Takes apart <c>field=text; field=text</c>, as rows carry what could not be read.</summary>
internal static class UnreadableFields
{
    /// <summary>Names of the fields, in order.</summary>
    public static IEnumerable<string> Of(string? unreadable)
    {
        if (unreadable is null) yield break;
        foreach (var piece in unreadable.Split("; "))
        {
            var end = piece.IndexOf('=', StringComparison.Ordinal);
            if (end > 0) yield return piece[..end];
        }
    }
}
