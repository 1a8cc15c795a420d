using System.Text.Json;

namespace Touchstone.PathTests;

/// <summary>From raw files to hits.</summary>
public sealed class SearchPathTests(SimulatedFixture shop) : IClassFixture<SimulatedFixture>
{
    [Fact]
    public async Task Plain_words_reach_the_known_figure_on_chorus_and_the_products_own_analyzer_passes_it()
    {
        using var folder = new TemporaryFolder();
        var data = Tests.SharedData.Folder("data", "chorus-electronics");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "search", "--products", Path.Combine(data, "products-*.jsonl.gz"), "--qrels", Path.Combine(data, "ratings.csv"), "--format", "json");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("touchstone.benchmark-search/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(100, json.RootElement.GetProperty("protocol").GetProperty("queries").GetInt32());
        Assert.Equal(86, json.RootElement.GetProperty("protocol").GetProperty("queries_with_positive").GetInt32());
        var results = json.RootElement.GetProperty("results");
        Assert.Equal("plain", results[0].GetProperty("model").GetString());
        Assert.InRange(results[0].GetProperty("ndcg_exp@10").GetDouble(), .757, .760);
        Assert.True(results[1].GetProperty("difference_to_plain").GetProperty("ndcg_exp@10").GetProperty("low").GetDouble() > 0, run.Output);
    }

    [Fact]
    public async Task The_sample_without_events_runs_to_its_end_and_is_searched()
    {
        using var folder = new TemporaryFolder();
        var yaml = Samples.Copy("chorus-electronics", folder, "popularity");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml);
        var search = await TouchstoneProcess.RunAsync(folder.Path, "search", "hp notebook", yaml, "--filter", "brand=HP", "--filter", "price=..500", "--facets", "brand", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        foreach (var stage in (string[])["train", "evaluate", "verdict"]) Assert.Matches(stage + ".*not applicable: .*no events", run.Output);
        Assert.Contains("19,406 products can be found by words", run.Output, StringComparison.Ordinal);
        Assert.Contains("names no events", File.ReadAllText(folder.File("workspace/report.html")), StringComparison.Ordinal);
        Assert.Contains("Nothing yet beyond the run", File.ReadAllText(folder.File("workspace/evidence/index.html")), StringComparison.Ordinal);
        Assert.True(search.ExitCode == 0, search.Output + search.Error);
        using var json = JsonDocument.Parse(search.Output);
        Assert.Equal(10, json.RootElement.GetProperty("hits").GetArrayLength());
        foreach (var hit in json.RootElement.GetProperty("hits").EnumerateArray())
        {
            Assert.Equal("HP", hit.GetProperty("brand").GetString());
            Assert.InRange(hit.GetProperty("price").GetDouble(), .95, 500);
        }

        Assert.Equal(json.RootElement.GetProperty("matches").GetInt32(), json.RootElement.GetProperty("facets").GetProperty("brand")[0].GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_Chinese_query_finds_its_product_and_its_title_is_shown_in_Chinese()
    {
        var folder = Path.GetDirectoryName(shop.Yaml) ?? ".";
        var row = File.ReadLines(Path.Combine(folder, "products.csv")).First(line => line.Contains(",zh,", StringComparison.Ordinal)).Split(',');

        var run = await TouchstoneProcess.RunAsync(folder, "search", row[2], "--by", "bm25", "--format", "json");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var best = json.RootElement.GetProperty("hits")[0];
        Assert.Equal(row[0], best.GetProperty("product").GetString());
        Assert.Equal(row[2], best.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("There is no filter \"colour\"; known: brand, category, price.", "--filter", "colour=red")]
    [InlineData("There is no facet \"size\"; known: brand, category.", "--facets", "size")]
    [InlineData("There is no searcher \"best\"", "--by", "best")]
    public async Task A_wrong_request_is_told_in_words(string message, params string[] options)
    {
        var run = await TouchstoneProcess.RunAsync(Path.GetDirectoryName(shop.Yaml) ?? ".", ["search", "shirt", .. options]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_encoder_that_comes_along_finds_by_meaning_what_shares_no_word()
    {
        using var folder = new TemporaryFolder();
        folder.Write("products.csv", "id,title\na,garden hose\nb,wireless earbuds\nc,coffee mug\n");
        folder.Write("judged.csv", "query,product,grade\nheadphones,b,3\nheadphones,a,0\n");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "search", "--products", "products.csv", "--qrels", "judged.csv", "--encoder", "minilm", "--format", "json");
        var without = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "search", "--products", "products.csv", "--qrels", "judged.csv", "--by", "meaning");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var json = JsonDocument.Parse(run.Output);
        var results = json.RootElement.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("model").GetString() ?? "", result => result.GetProperty("ndcg_exp@10").GetDouble());
        Assert.Equal(["bm25", "fused", "meaning", "plain"], results.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, results["bm25"]);
        Assert.Equal(1, results["meaning"]);
        Assert.Equal(1, results["fused"]);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("meaning needs an encoder: name its folder with --encoder FOLDER, or --encoder minilm.", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_are_chosen_on_other_queries_only()
    {
        using var folder = new TemporaryFolder();
        folder.Write("products.csv", "id,title,brand,description\na,red shirt,Acme,blue\nb,blue shirt,Bolt,red\nc,green shoe,Acme,red red\n");
        folder.Write("judged.csv", "query,product,grade\nred,a,2\nred,b,0\n");
        folder.Write("train.csv", "query,product,grade\nred,b,2\nblue,b,2\nblue,a,0\n");
        folder.Write("same.csv", "query,product,grade\nred,b,2\n");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "search", "--products", "products.csv", "--qrels", "judged.csv", "--train-qrels", "train.csv");
        var same = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "search", "--products", "products.csv", "--qrels", "judged.csv", "--train-qrels", "same.csv");
        var broken = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "search", "--products", "products.csv", "--qrels", folder.Write("bad.csv", "query,product,grade\nred,a,x\n"));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("on 1 other queries (1 left out that are judged here)", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, same.ExitCode);
        Assert.Contains("weights must be chosen on other queries", same.Error, StringComparison.Ordinal);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("bad.csv:2 grade \"x\" is not a whole number", broken.Error, StringComparison.Ordinal);
    }
}
