using System.Globalization;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>
/// Reads what was shown and clicked: a table with <c>query</c>, <c>product</c>, <c>rank</c> (from 1) and either <c>clicked</c> (0/1 or true/false, a row a
/// time shown) or <c>impressions</c> and <c>clicks</c> (counts).
/// </summary>
public static class ClickFile
{
    private const string Form = "query,product,rank,clicked, or query,product,rank,impressions,clicks";
    private static readonly string[] s_clicked = ["clicked", "click", "isclicked"];
    private static readonly string[] s_impressions = ["impressions", "shown", "views"];
    private static readonly string[] s_clicks = ["clicks"];

    /// <summary>Impressions and clicks by pair of query and product, and by rank.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file is not there, or a line of it cannot be read (says line and remedy).</exception>
    public static ClickColumns Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isCounted = RankingTable.HasColumn(path, s_impressions) && RankingTable.HasColumn(path, s_clicks);
        List<string[]> columns = [JudgmentColumns.Query, JudgmentColumns.Product, JudgmentColumns.Rank, .. isCounted ? (string[][])[s_impressions, s_clicks] : [s_clicked]];
        string[] names = ["query", "product", "rank", .. isCounted ? (string[])["impressions", "clicks"] : ["clicked"]];
        Dictionary<(string Query, string Product, int Rank), (double Shown, double Clicked)> cells = [];
        foreach (var (line, row) in RankingTable.Rows(path, columns, names, Form, cancellationToken))
        {
            if (!int.TryParse(row[2], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) || rank < 1)
                throw new SourceException(path, line, $"rank \"{row[2]}\" is not a whole number from 1.");
            var (shown, clicked) = isCounted ? (Count(path, line, "impressions", row[3]), Count(path, line, "clicks", row[4])) : (1, Flag(path, line, row[3]));
            if (clicked > shown) throw new SourceException(path, line, $"has {row[4]} clicks of {row[3]} impressions; a product is clicked at most once each time it is shown.");
            var key = (row[0], row[1], rank);
            var before = cells.GetValueOrDefault(key);
            cells[key] = (before.Shown + shown, before.Clicked + clicked);
        }

        if (cells.Count == 0) throw new SourceException(path, 0, $"holds no rows; write {Form}.");
        return Columns(cells);
    }

    private static ClickColumns Columns(Dictionary<(string Query, string Product, int Rank), (double Shown, double Clicked)> cells)
    {
        var ordered = cells.ToList();
        ordered.Sort((left, right) =>
        {
            var query = Utf8Ordinal.Compare(left.Key.Query, right.Key.Query);
            if (query != 0) return query;
            var product = Utf8Ordinal.Compare(left.Key.Product, right.Key.Product);
            return product != 0 ? product : left.Key.Rank.CompareTo(right.Key.Rank);
        });
        var (queries, products, pairs) = (new List<string>(), new List<string>(), new int[ordered.Count]);
        for (var row = 0; row < pairs.Length; row++)
        {
            var key = ordered[row].Key;
            if (row == 0 || queries[^1] != key.Query || products[^1] != key.Product)
            {
                queries.Add(key.Query);
                products.Add(key.Product);
            }

            pairs[row] = queries.Count - 1;
        }

        return new ClickColumns
        {
            Queries = queries,
            Products = products,
            Pairs = pairs,
            Ranks = [.. ordered.Select(cell => cell.Key.Rank)],
            Impressions = [.. ordered.Select(cell => cell.Value.Shown)],
            Clicks = [.. ordered.Select(cell => cell.Value.Clicked)],
        };
    }

    private static double Count(string path, long line, string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new SourceException(path, line, $"{name} \"{text}\" is not a whole number from 0.");

    private static double Flag(string path, long line, string text) => text.Trim().ToLowerInvariant() switch
    {
        "1" or "true" => 1,
        "0" or "false" => 0,
        _ => throw new SourceException(path, line, $"clicked \"{text}\" is neither yes nor no; write 1 or 0, true or false."),
    };
}
