namespace Touchstone.Data.Sources;

/// <summary>One search, as far as indicators need it.</summary>
/// <param name="Shopper">Shopper; null where unknown.</param>
/// <param name="Session">Session; null where unknown.</param>
/// <param name="ResultCount">Products found.</param>
public sealed record LoggedSearch(string? Shopper, string? Session, int ResultCount);

/// <summary>Reads logs of searches: one row a search with its number of results, also where that is 0 (what a log of slates cannot tell).</summary>
public static class SearchLogFile
{
    private const string Form = "Write one row a search: occurred_at,shopper,session,query,results.";

    /// <summary>Reads the rows.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet, also gzipped.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file or a row has a fault (says line and remedy).</exception>
    public static IEnumerable<LoggedSearch> Read(string path, CancellationToken cancellationToken = default)
    {
        using var table = TableFile.Open(path, cancellationToken);
        var (shopper, session, results) = (table.Find("shopper"), table.Find("session"), table.Need(Form, "results"));
        while (table.Read())
            yield return new LoggedSearch(Known(table.TextOrEmpty(shopper)), Known(table.TextOrEmpty(session)), table.Whole(results, 0, "write how many products the search found, 0 for none."));

        static string? Known(string text) => text.Length == 0 ? null : text;
    }
}
