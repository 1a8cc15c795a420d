using System.Net;
using System.Text.Json.Nodes;
using Touchstone.Models.Registry;

namespace Touchstone.Tests.Server;

public sealed class SearchTests
{
    [Fact]
    public async Task Words_find_products_with_facets_and_filters_and_the_slate_is_recorded()
    {
        using var workspace = SmallWorkspace.Served();
        var version = workspace.Index();
        await using var server = await RunningServer.StartAsync(workspace);

        var answer = await server.AnswerAsync("/v1/search?q=red%20lamp&count=2&filter=brand:north&filter=price:2..9&facet=brand&shopper=ann");

        Assert.Equal("b c", RunningServer.Products(answer));
        Assert.Equal(("bm25", version, "champion", "search", 2), ((string?)answer["model"], (string?)answer["version"], (string?)answer["served_as"], (string?)answer["surface"], (int?)answer["match_count"]));
        Assert.Equal(("lamp b red", 2.5), ((string?)answer["items"]?[0]?["title"], (double?)answer["items"]?[0]?["price"]));
        Assert.Equal("[{\"value\":\"North\",\"count\":2}]", answer["facets"]?["brand"]?.ToJsonString());
        var rows = workspace.Exposures();
        Assert.Equal(["b", "c"], rows.Select(row => row.Product));
        Assert.All(rows, row =>
        {
            Assert.Equal(((string?)answer["slate"], (string?)answer["query_id"], "bm25", version), (row.Slate, row.QueryId, row.Policy, row.PolicyVersion));
            Assert.Equal((workspace.Stored("ann"), 2, "search"), (row.Shopper, row.EligibleCount, row.Surface));
            Assert.Equal("{\"query\":\"red lamp\",\"filters\":{\"brand\":\"north\",\"price\":\"2..9\"},\"served_as\":\"champion\"}", row.Context);
        });
    }

    [Theory]
    [InlineData("", 400, "q is empty; write the words to search for, e.g. /v1/search?q=headphones.")]
    [InlineData("q=%20", 400, "q is empty; write the words to search for, e.g. /v1/search?q=headphones.")]
    [InlineData("q=x&filter=brand", 400, "filter=brand is no filter; write field:value, e.g. filter=brand:Lumeno.")]
    [InlineData("q=x&filter=brand:a&filter=brand:b", 400, "filter names brand twice; state each field once.")]
    [InlineData("q=x&filter=colour:red", 400, "There is no filter \"colour\"; known: brand, category, price.")]
    [InlineData("q=x&filter=price:cheap", 400, "The price filter \"cheap\" is no range; write 10..50, 10.. or ..50.")]
    [InlineData("q=x&count=101", 400, "count=101 is not a whole number from 1 to 100.")]
    [InlineData("q=x&querry=y", 400, "There is no parameter \"querry\"; known: q, count, filter, facet, model, surface, slate, shopper.")]
    [InlineData("q=x&model=bm26", 404, "There is no model \"bm26\" here; these serve: bm25. Leave model= out for the champion.")]
    [InlineData("q=x&model=fused", 403, "No verdict: fused has not been judged as challenger in this workspace. No model serves without its verdict; touchstone run gives one.")]
    public async Task A_fault_is_a_problem_that_says_how_to_mend_it(string query, int status, string detail)
    {
        using var workspace = SmallWorkspace.Served();
        workspace.Index();
        await using var server = await RunningServer.StartAsync(workspace);
        var (answered, problem) = await server.GetAsync("/v1/search?" + query);
        Assert.Equal((status, detail), ((int)answered, (string?)problem["detail"]));
        Assert.Empty(workspace.Exposures());
    }

    [Fact]
    public async Task A_searcher_is_admitted_in_the_version_of_the_index_that_was_judged()
    {
        using var workspace = SmallWorkspace.Served();
        var version = workspace.Index();
        workspace.Judge("fused", "another", "try");
        workspace.Judge("meaning", version, "try");
        await using var server = await RunningServer.StartAsync(workspace);
        var (status, problem) = await server.GetAsync("/v1/search?q=x&model=fused");
        Assert.Equal((HttpStatusCode.Forbidden, "No verdict: fused has not been judged as challenger in this workspace. No model serves without its verdict; touchstone run gives one."), (status, (string?)problem["detail"]));
        (status, problem) = await server.GetAsync("/v1/search?q=x&model=meaning");
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "meaning is admitted by its verdict and cannot be loaded. The index has no vectors of a registered encoder: run the stage index again when there is one."),
            (status, (string?)problem["detail"]));
    }

    [Fact]
    public async Task A_search_by_meaning_that_its_verdict_admits_encodes_the_query_and_is_marked()
    {
        using var workspace = SmallWorkspace.Served();
        var version = workspace.Index("w7 w9", workspace.RegisterEncoder());
        workspace.Judge("meaning", version, "try");
        await using var server = await RunningServer.StartAsync(workspace);

        var answer = await server.AnswerAsync("/v1/search?model=meaning&count=1&q=" + Uri.EscapeDataString("w7 w9 e w21"));

        // The words of one product and no other's: the same tokens give the same vector, whose cosine is 1.
        Assert.Equal("e", RunningServer.Products(answer));
        Assert.Equal(1, (double?)answer["items"]?[0]?["score"] ?? 0, 1e-4);
        Assert.Equal(("meaning", version, "admitted"), ((string?)answer["model"], (string?)answer["version"], (string?)answer["served_as"]));
        Assert.Contains("\"served_as\":\"admitted\"", Assert.Single(workspace.Exposures()).Context, StringComparison.Ordinal);
        Assert.Equal("bm25", (string?)(await server.AnswerAsync("/v1/search?q=w21"))["model"]);
    }

    [Fact]
    public async Task Words_that_nothing_matches_give_an_empty_slate_and_no_exposure()
    {
        using var workspace = SmallWorkspace.Served();
        workspace.Index();
        await using var server = await RunningServer.StartAsync(workspace);
        var answer = await server.AnswerAsync("/v1/search?q=%E8%80%B3%E6%9C%BA&facet=brand");
        Assert.Equal(("", 0), (RunningServer.Products(answer), (int?)answer["match_count"]));
        Assert.Empty(workspace.Exposures());
    }

    [Fact]
    public async Task A_new_index_serves_without_a_failed_request_while_its_folder_is_replaced()
    {
        using var workspace = SmallWorkspace.Served();
        workspace.Index();
        await using var server = await RunningServer.StartAsync(workspace);
        Assert.Equal("e", RunningServer.Products(await server.AnswerAsync("/v1/search?q=green")));
        Directory.Delete(workspace.Layout.Stage("index"), true);
        var away = await server.UntilAsync("/health/ready", (_, answer) => answer["trouble"] is not null);
        Assert.Equal("The folder of stage index is away: it is read again when it is back.", (string?)away["trouble"]);
        Assert.Equal("e", RunningServer.Products(await server.AnswerAsync("/v1/search?q=green")));

        var second = workspace.Index("torch");

        await server.UntilAsync("/v1/search?q=torch", (status, answer) =>
        {
            Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
            return (string?)answer["version"] == second;
        });
    }

    [Fact]
    public async Task A_shop_without_behaviour_is_searched_and_says_that_it_recommends_nothing()
    {
        using var workspace = new SmallWorkspace("catalogue: products.csv\n");
        File.Delete(workspace.Layout.ShopperKey(workspace.Shop));
        workspace.Index();
        await using var server = await RunningServer.StartAsync(workspace);
        Assert.Equal("e", RunningServer.Products(await server.AnswerAsync("/v1/search?q=green&shopper=ann")));
        Assert.Null(Assert.Single(workspace.Exposures()).Shopper);
        var (status, problem) = await server.GetAsync("/v1/recommendations");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:touchstone:problem:no-models"), (status, (string?)problem["type"]));
        Assert.Equal("[\"bm25\"]", (await server.AnswerAsync("/health/ready"))["searchers"]?.ToJsonString());
    }

    [Fact]
    public async Task A_damaged_index_keeps_the_state_before_and_says_so()
    {
        using var workspace = SmallWorkspace.Served();
        await using var server = await RunningServer.StartAsync(workspace);
        workspace.Index();
        File.WriteAllText(Path.Combine(workspace.Layout.Stage("index"), "index.json"), "{");
        File.SetLastWriteTimeUtc(Path.Combine(workspace.Layout.Stage("index"), "manifest.json"), DateTime.UnixEpoch);
        var ready = await server.UntilAsync("/health/ready", (_, answer) => answer["trouble"] is JsonValue);
        Assert.Contains("index.json cannot be read", (string?)ready["trouble"], StringComparison.Ordinal);
        await server.AnswerAsync("/v1/recommendations");
        Assert.NotNull(workspace.Registry.Resolve(ModelRegistry.Champion));
    }
}
