using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Cli.Commands;

/// <summary>What a benchmark of searchers found, as JSON and as text.</summary>
internal sealed record SearchOutcome
{
    private const string Protocol = "all products are ranked, the first 100 hits judged; gain 2^grade - 1 (ndcg_exp) or grade (ndcg), relevant from grade 1; not judged = 0; ties by product id ascending";

    /// <summary>The systems, the yardstick first.</summary>
    public required IReadOnlyList<BenchedSystem> Systems { get; init; }

    /// <summary>Their runs.</summary>
    public required IReadOnlyList<SearchRun> Runs { get; init; }

    /// <summary>Figures over queries with a relevant product.</summary>
    public required IReadOnlyList<SearchFigure> Figures { get; init; }

    /// <summary>Figures over all judged queries, 0 where none is relevant.</summary>
    public required IReadOnlyList<SearchFigure> AllQueries { get; init; }

    /// <summary>How queries were resampled.</summary>
    public required BootstrapOptions Bootstrap { get; init; }

    /// <summary>Products searched.</summary>
    public required int Products { get; init; }

    /// <summary>Judgments.</summary>
    public required int Judgments { get; init; }

    /// <summary>Judged products that the catalogue does not have.</summary>
    public required int JudgedNotThere { get; init; }

    /// <summary>Queries that weights were chosen on.</summary>
    public required int TrainingQueries { get; init; }

    /// <summary>Training queries left out because they are judged.</summary>
    public required int TrainingLeftOut { get; init; }

    /// <summary>Name of the file of judgments.</summary>
    public required string Qrels { get; init; }

    private int WithPositive => Runs[0].HasPositive.Count(has => has);

    /// <summary>The form <c>touchstone.benchmark-search/1</c>.</summary>
    public JsonObject ToJson()
    {
        var results = new JsonArray();
        for (var i = 0; i < Runs.Count; i++)
        {
            var run = Runs[i];
            var entry = new JsonObject { ["model"] = run.System, ["split"] = Qrels, ["protocol"] = "full", ["seed"] = Bootstrap.Seed.Value, ["queries"] = WithPositive };
            foreach (var figure in Figures.Where(figure => figure.System == run.System)) entry[figure.Metric] = figure.Own.Value;
            entry["interval"] = new JsonObject(Figures.Where(figure => figure.System == run.System).Select(figure => Pair(figure.Metric, figure.Own)));
            if (i > 0) entry["difference_to_plain"] = new JsonObject(Figures.Where(figure => figure.System == run.System && figure.Difference is not null).Select(figure => Difference(figure.Metric, figure.Difference)));
            entry["trec"] = new JsonObject(AllQueries.Where(figure => figure.System == run.System).Select(figure => KeyValuePair.Create<string, JsonNode?>(figure.Metric, figure.Own.Value)));
            entry["tied_queries"] = run.TiedCount;
            entry["empty_queries"] = run.EmptyCount;
            entry["search_ms_per_query"] = run.MeanMilliseconds;
            entry["options"] = new JsonObject(Systems[i].Options.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
            results.Add((JsonNode)entry);
        }

        return new JsonObject
        {
            ["format"] = "touchstone.benchmark-search/1",
            ["protocol"] = new JsonObject
            {
                ["description"] = Protocol,
                ["queries"] = Runs[0].Queries.Count,
                ["queries_with_positive"] = WithPositive,
                ["undefined"] = "with-positives",
                ["judgments"] = Judgments,
                ["judged_products_not_in_catalogue"] = JudgedNotThere,
                ["products"] = Products,
                ["depth"] = SearchJudge.Depth,
                ["training_queries"] = TrainingQueries,
                ["training_queries_left_out"] = TrainingLeftOut,
                ["bootstrap"] = Bootstrap.Replicates,
                ["level"] = Bootstrap.Level,
            },
            ["results"] = results,
        };
    }

    /// <summary>Writes protocol and tables to the terminal.</summary>
    public void Print()
    {
        Line($"[bold]{Markup.Escape(Qrels)}[/]: {Runs[0].Queries.Count:#,##0} queries, {WithPositive:#,##0} with a relevant product; {Judgments:#,##0} judgments, {Products:#,##0} products");
        Line(Markup.Escape(Protocol));
        Line($"figures over the {WithPositive:#,##0} queries with a relevant product (with-positives), 95 % intervals by paired bootstrap over queries, {Bootstrap.Replicates:#,##0} replicates, seed {Bootstrap.Seed.Value}");
        Line($"{(TrainingQueries > 0 ? $"weights chosen by {SearchJudge.Primary} on {TrainingQueries} other queries ({TrainingLeftOut} left out that are judged here)" : "weights as configured: nothing was chosen on these queries")}");
        if (JudgedNotThere > 0) Line($"[yellow]warning:[/] {JudgedNotThere:#,##0} judged products are not in the catalogue");
        var table = new Table().Border(TableBorder.Simple).AddColumn("system");
        foreach (var metric in SearchJudge.Metrics) table.AddColumn(new TableColumn(metric).RightAligned());
        foreach (var cost in (string[])["tied", "empty", "ms a query"]) table.AddColumn(new TableColumn(cost).RightAligned());
        foreach (var run in Runs)
        {
            string[] cells =
            [
                run.System,
                .. Figures.Where(figure => figure.System == run.System).Select(figure => Text(figure.Own.Value)),
                run.TiedCount.ToString(CultureInfo.InvariantCulture),
                run.EmptyCount.ToString(CultureInfo.InvariantCulture),
                run.MeanMilliseconds.ToString("0.00", CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
        foreach (var figure in Figures.Where(figure => figure.Metric == SearchJudge.Primary))
        {
            Line(figure.Difference is { } difference
                ? $"{figure.System}: {figure.Metric} {Text(figure.Own.Value)} ({Text(figure.Own.Low)} to {Text(figure.Own.High)}), against plain {Signed(difference.Value)} ({Signed(difference.Low)} to {Signed(difference.High)})"
                : $"{figure.System}: {figure.Metric} {Text(figure.Own.Value)} ({Text(figure.Own.Low)} to {Text(figure.Own.High)}); over all queries {Text(AllQueries[0].Own.Value)} (trec)");
        }

        foreach (var system in Systems)
            Line("[grey]" + Markup.Escape($"{system.Searcher.Name}: {string.Join(", ", system.Options.Select(pair => pair.Key + " " + pair.Value))}") + "[/]");
    }

    private static void Line(FormattableString text) => AnsiConsole.MarkupLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Line(string text) => AnsiConsole.MarkupLine(text);

    private static string Text(double value) => value.ToString(".0000", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+.0000;−.0000;.0000", CultureInfo.InvariantCulture);

    private static KeyValuePair<string, JsonNode?> Pair(string metric, Estimate estimate) => KeyValuePair.Create<string, JsonNode?>(metric, new JsonArray(estimate.Low, estimate.High));

    private static KeyValuePair<string, JsonNode?> Difference(string metric, Estimate? estimate) =>
        KeyValuePair.Create<string, JsonNode?>(metric, estimate is null ? null : new JsonObject { ["value"] = estimate.Value, ["low"] = estimate.Low, ["high"] = estimate.High });
}
