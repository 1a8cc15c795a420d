using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>
/// Reads a log of interleaved lists (form <c>touchstone.interleaving-log/1</c>, docs/formats.md): one row a product shown, with
/// <c>list</c>, <c>rank</c>, <c>clicked</c> and, by the way of interleaving, <c>team</c>, or <c>rank_a</c> and <c>rank_b</c>, or <c>credit</c>;
/// <c>query</c> and <c>shopper</c> where there are any. Rows of a list may stand anywhere.
/// </summary>
public static class InterleavingFile
{
    private const string Form = "Write one row a product shown: list,query,shopper,rank,product,team,clicked.";

    /// <summary>Reads the log.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet, also gzipped.</param>
    /// <param name="method">How credit is given; null: by the columns, teams first, then credits, then ranks.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file or a row has a fault (says line and remedy).</exception>
    public static InterleavingLog Read(string path, InterleavingMethod? method, CancellationToken cancellationToken = default)
    {
        using var table = TableFile.Open(path, cancellationToken);
        var columns = Columns.Of(table);
        var chosen = columns.Choose(table, method);
        List<Row> rows = [];
        Dictionary<string, int> lists = new(StringComparer.Ordinal);
        List<(string Query, string Unit)> heads = [];
        SortedSet<string> teams = new(Utf8Ordinal.Comparer);
        while (table.Read())
        {
            var id = table.Text(columns.List).ToString();
            var (query, unit) = (table.TextOrEmpty(columns.Query), columns.Unit < 0 ? "" : table.Text(columns.Unit).ToString());
            if (!lists.TryGetValue(id, out var list))
            {
                lists.Add(id, list = lists.Count);
                heads.Add((query, unit));
            }
            else if (heads[list] != (query, unit))
            {
                throw table.Fault($"list \"{id}\" has another query or shopper than in its first row; a list is shown once, to one shopper.");
            }

            var row = Read(table, columns, chosen, list);
            if (row.Team.Length > 0) teams.Add(row.Team);
            rows.Add(row);
        }

        if (rows.Count == 0) throw new SourceException(path, 0, "holds no rows. " + Form);
        string[] names = chosen == InterleavingMethod.TeamDraft ? [.. teams] : ["A", "B"];
        if (names.Length < 2) throw new SourceException(path, 0, $"names one team only, \"{names[0]}\": a preference needs two.");
        return Arrange(path, chosen, names, [.. lists.Keys], heads, rows, columns.Unit >= 0);
    }

    private static Row Read(TableFile table, Columns columns, InterleavingMethod method, int list)
    {
        var clicks = table.Number(columns.Clicked);
        if (clicks < 0) throw table.Fault($"clicked is {clicks}; write 0 or 1, or a number of clicks.");
        int Rank(int column) => string.IsNullOrWhiteSpace(table.TextOrEmpty(column)) ? 0 : table.Whole(column, 1);
        return new Row(
            table.LineNumber,
            list,
            table.Whole(columns.Rank, 1),
            clicks > 0,
            method == InterleavingMethod.TeamDraft ? table.Text(columns.Team).ToString() : "",
            method == InterleavingMethod.Balanced ? Rank(columns.FirstRank) : 0,
            method == InterleavingMethod.Balanced ? Rank(columns.SecondRank) : 0,
            method == InterleavingMethod.Credit ? table.Number(columns.Credit) : 0);
    }

    private static InterleavingLog Arrange(
        string path, InterleavingMethod method, string[] names, string[] ids, List<(string Query, string Unit)> heads, List<Row> rows, bool hasUnits)
    {
        // Stable: rows keep their order within a list where ranks repeat, which is refused below.
        Row[] sorted = [.. rows.OrderBy(row => row.List).ThenBy(row => row.Rank)];
        var offsets = new int[ids.Length + 1];
        for (var i = 0; i < sorted.Length; i++)
        {
            var rank = i - offsets[sorted[i].List] + 1;
            if (i == 0 || sorted[i].List != sorted[i - 1].List)
            {
                offsets[sorted[i].List] = i;
                rank = 1;
            }

            if (sorted[i].Rank != rank)
                throw new SourceException(path, sorted[i].Line, $"list \"{ids[sorted[i].List]}\" has rank {sorted[i].Rank} where {rank} is expected; log every product shown, each rank once.");
            if (method == InterleavingMethod.Balanced && sorted[i] is { FirstRank: 0, SecondRank: 0 })
                throw new SourceException(path, sorted[i].Line, "has neither rank_a nor rank_b; a product shown stands in one of the rankings.");
        }

        offsets[^1] = sorted.Length;
        var teams = names.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return new InterleavingLog
        {
            Method = method,
            Rankings = names,
            Impressions = ids,
            Queries = [.. heads.Select(head => head.Query)],
            Units = hasUnits ? [.. heads.Select(head => head.Unit)] : [],
            Offsets = offsets,
            IsClicked = [.. sorted.Select(row => row.IsClicked)],
            Teams = method == InterleavingMethod.TeamDraft ? [.. sorted.Select(row => teams[row.Team])] : [],
            FirstRanks = method == InterleavingMethod.Balanced ? [.. sorted.Select(row => row.FirstRank)] : [],
            SecondRanks = method == InterleavingMethod.Balanced ? [.. sorted.Select(row => row.SecondRank)] : [],
            Credits = method == InterleavingMethod.Credit ? [.. sorted.Select(row => row.Credit)] : [],
            Warnings = UnicodeForms.Warnings((ids, "lists"), (heads.Select(head => head.Query), "queries"), (heads.Select(head => head.Unit), "shoppers"), (names, "rankings")),
        };
    }

    private sealed record Row(long Line, int List, int Rank, bool IsClicked, string Team, int FirstRank, int SecondRank, double Credit);

    private sealed record Columns(int List, int Query, int Unit, int Rank, int Clicked, int Team, int FirstRank, int SecondRank, int Credit)
    {
        internal static Columns Of(TableFile table) => new(
            table.Need(Form, "list", "impression", "slate", "list_id", "impression_id"),
            table.Find("query", "query_id", "qid"),
            table.Find("shopper", "user", "user_id", "session"),
            table.Need(Form, "rank", "position"),
            table.Need(Form, "clicked", "click", "clicks"),
            table.Find("team", "ranker"),
            table.Find("rank_a"),
            table.Find("rank_b"),
            table.Find("credit"));

        internal InterleavingMethod Choose(TableFile table, InterleavingMethod? method)
        {
            var chosen = method ?? (Team >= 0 ? InterleavingMethod.TeamDraft : Credit >= 0 ? InterleavingMethod.Credit : InterleavingMethod.Balanced);
            var isThere = chosen switch
            {
                InterleavingMethod.TeamDraft => Team >= 0,
                InterleavingMethod.Credit => Credit >= 0,
                InterleavingMethod.Balanced => FirstRank >= 0 && SecondRank >= 0,
                _ => throw new ArgumentOutOfRangeException(nameof(method), chosen, "Unknown way of interleaving."),
            };
            return isThere ? chosen : throw new SourceException(table.Path, 1,
                $"lacks the column that says whose a click is: team (team draft), or credit (probabilistic, optimised), or rank_a and rank_b (balanced); it has: {string.Join(", ", table.Columns)}.");
        }
    }
}
