using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>
/// Reads what was shown and clicked: a table with <c>query</c>, <c>product</c>, <c>rank</c> (from 1) and either <c>clicked</c> (0/1 or true/false, a row a
/// time shown) or <c>impressions</c> and <c>clicks</c> (counts).
/// </summary>
public static class ClickFile
{
    private const string Form = "Write " + Layout;
    private const string Remedy = "write " + Layout;
    private const string Layout = "query,product,rank,clicked, or query,product,rank,impressions,clicks.";
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
        using var table = TableFile.Open(path, cancellationToken);
        var isCounted = table.Find(s_impressions) >= 0 && table.Find(s_clicks) >= 0;
        var (query, product, rankAt) = (table.Need(Form, JudgmentColumns.Query), table.Need(Form, JudgmentColumns.Product), table.Need(Form, JudgmentColumns.Rank));
        var (impressions, clicks) = isCounted ? (table.Need(Form, s_impressions), table.Need(Form, s_clicks)) : (-1, table.Need(Form, s_clicked));
        Dictionary<(string Query, string Product, int Rank), (double Shown, double Clicked)> cells = [];
        while (table.Read())
        {
            var key = (table.Text(query, Remedy).ToString(), table.Text(product, Remedy).ToString(), table.Whole(rankAt, 1, Remedy));
            var (shown, clicked) = isCounted ? (table.Whole(impressions, 0L, Remedy), table.Whole(clicks, 0L, Remedy)) : (1, Flag(table, clicks));
            if (clicked > shown) throw table.Fault($"has {clicked} clicks of {shown} impressions; a product is clicked at most once each time it is shown.");
            var before = cells.GetValueOrDefault(key);
            cells[key] = (before.Shown + shown, before.Clicked + clicked);
        }

        if (cells.Count == 0) throw new SourceException(path, 0, "holds no rows; " + Remedy);
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
            Warnings = UnicodeForms.Warnings((queries, "queries"), (products, "products")),
        };
    }

    private static long Flag(TableFile table, int column) => table.Text(column, Remedy).Trim().ToString().ToLowerInvariant() switch
    {
        "1" or "true" => 1,
        "0" or "false" => 0,
        _ => throw table.Fault($"clicked \"{table.Text(column)}\" is neither yes nor no; write 1 or 0, true or false."),
    };
}
