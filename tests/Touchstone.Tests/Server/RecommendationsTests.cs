using System.Net;
using System.Text.Json.Nodes;

namespace Touchstone.Tests.Server;

public sealed class RecommendationsTests : IAsyncLifetime
{
    private readonly SmallWorkspace _workspace = SmallWorkspace.Served();
    private RunningServer? _started;

    private RunningServer Server => _started ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _started = await RunningServer.StartAsync(_workspace);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task A_slate_is_answered_and_recorded_as_it_was_answered()
    {
        var answer = await Server.AnswerAsync("/v1/recommendations?shopper=ann&count=2&surface=product-page");
        Assert.Equal("d e", RunningServer.Products(answer));
        Assert.Equal(("popularity", "champion", "EUR", "product-page"), ((string?)answer["model"], (string?)answer["served_as"], (string?)answer["currency"], (string?)answer["surface"]));
        Assert.Equal(("Product d", 4.5, 1), ((string?)answer["items"]?[0]?["title"], (double?)answer["items"]?[0]?["price"], (int?)answer["items"]?[0]?["rank"]));
        Assert.True((double?)answer["timing_ms"]?["rank"] >= 0 && (double?)answer["timing_ms"]?["record"] >= 0);

        var rows = _workspace.Exposures();
        Assert.Equal(["d", "e"], rows.Select(row => row.Product));
        Assert.All(rows, row =>
        {
            Assert.Equal((string?)answer["slate"], row.Slate);
            Assert.Equal(((string?)answer["model"], (string?)answer["version"]), (row.Policy, row.PolicyVersion));
            Assert.Equal((_workspace.Stored("ann"), "product-page", 3, "default"), (row.Shopper, row.Surface, row.EligibleCount, row.Site));
            Assert.Equal((1.0, 1.0), (row.MarginalPropensity, row.ConditionalPropensity));
            Assert.Equal("{\"served_as\":\"champion\"}", row.Context);
            Assert.NotEqual("ann", row.Shopper);
        });
        Assert.Equal((double?)answer["items"]?[1]?["score"], rows[1].Score);
    }

    [Theory]
    [InlineData("", "c b d e a f")]
    [InlineData("shopper=stranger", "c b d e a f")]
    [InlineData("shopper=%E6%9D%8E%E9%9B%B7", "c b d a f")]
    [InlineData("product=c&product=b", "d e a f")]
    [InlineData("shopper=cyd&product=b", "e a f")]
    [InlineData("shopper=&count=1", "c")]
    public async Task Whoever_asks_gets_what_is_new_to_them(string query, string expected)
    {
        var answer = await Server.AnswerAsync("/v1/recommendations?" + query);
        // a and e are bought as often; which of the two rows trains is the split's business.
        Assert.Equal(expected.Split(' ').Order(), RunningServer.Products(answer).Split(' ').Order());
        Assert.Equal(expected.Split(' ')[0], RunningServer.Products(answer).Split(' ')[0]);
    }

    [Fact]
    public async Task A_client_may_name_the_slate_and_products_at_hand_are_recorded()
    {
        var answer = await Server.AnswerAsync("/v1/recommendations?product=a&count=1&slate=01A210E9-5451-755D-BDFF-15281D143E16");
        var row = Assert.Single(_workspace.Exposures());
        Assert.Equal("01a210e9-5451-755d-bdff-15281d143e16", (string?)answer["slate"]);
        Assert.Equal(("01a210e9-5451-755d-bdff-15281d143e16", "{\"products\":[\"a\"],\"served_as\":\"champion\"}", null), (row.Slate, row.Context, row.Shopper));
    }

    [Theory]
    [InlineData("count=0", 400, "count=0 is not a whole number from 1 to 100.")]
    [InlineData("count=101", 400, "count=101 is not a whole number from 1 to 100.")]
    [InlineData("count=ten", 400, "count=ten is not a whole number from 1 to 100.")]
    [InlineData("cuont=3", 400, "There is no parameter \"cuont\"; did you mean \"count\"?")]
    [InlineData("filter=x", 400, "There is no parameter \"filter\"; known: shopper, product, count, model, surface, slate.")]
    [InlineData("count=1&count=2", 400, "count stands 2 times; state it once.")]
    [InlineData("surface=a%20b", 400, "surface=a b cannot be used; write up to 64 letters, digits, - _ and ., e.g. surface=home.")]
    [InlineData("slate=1", 400, "slate=1 is not a UUID of version 7 (8-4-4-4-12 hexadecimal digits, the third group beginning with 7); leave slate out and the server makes one.")]
    [InlineData("slate=8c9f1c2e-4f5b-4a6d-9e1f-2b3c4d5e6f70", 400, "slate=8c9f1c2e-4f5b-4a6d-9e1f-2b3c4d5e6f70 is not a UUID of version 7 (8-4-4-4-12 hexadecimal digits, the third group beginning with 7); leave slate out and the server makes one.")]
    [InlineData("product=c&product=x%2F1", 404, "The shop has no product \"x/1\". Send ids as the catalogue writes them, or run again after a new product was exported.")]
    [InlineData("model=eas", 404, "There is no model \"eas\" here; these serve: popularity. Leave model= out for the champion.")]
    public async Task A_fault_is_a_problem_that_says_how_to_mend_it(string query, int status, string detail)
    {
        var (answered, problem) = await Server.GetAsync("/v1/recommendations?" + query);
        Assert.Equal((status, status, detail), ((int)answered, (int?)problem["status"], (string?)problem["detail"]));
        Assert.StartsWith("urn:touchstone:problem:", (string?)problem["type"], StringComparison.Ordinal);
        Assert.Empty(_workspace.Exposures());
    }

    [Fact]
    public async Task Only_a_verdict_admits_a_model_and_only_in_the_version_that_it_judged()
    {
        var judged = _workspace.Train("item-knn");
        _workspace.Train("item-knn", ("shrinkage", "7"));
        var held = _workspace.Train("cooccurrence");
        _workspace.Judge("item-knn", judged, "try");
        _workspace.Judge("cooccurrence", held, "hold", "Hold cooccurrence: not told from 0.");
        var refused = await Server.UntilAsync("/v1/recommendations?model=cooccurrence", (_, problem) => ((string?)problem["detail"])?.StartsWith("Hold", StringComparison.Ordinal) == true);
        Assert.Equal((403, "Hold: Hold cooccurrence: not told from 0."), ((int?)refused["status"], (string?)refused["detail"]));

        var answer = await Server.AnswerAsync("/v1/recommendations?model=item-knn&shopper=ann&count=1");

        Assert.Equal(("item-knn", judged, "admitted"), ((string?)answer["model"], (string?)answer["version"], (string?)answer["served_as"]));
        var row = Assert.Single(_workspace.Exposures());
        Assert.Equal(("item-knn", judged, "{\"served_as\":\"admitted\"}"), (row.Policy, row.PolicyVersion, row.Context));
        Assert.Equal("popularity", (string?)(await Server.AnswerAsync("/v1/recommendations"))["model"]);
    }

    [Fact]
    public async Task A_damaged_challenger_is_told_and_takes_nobody_else_down()
    {
        var version = _workspace.Train("item-knn");
        File.AppendAllText(Path.Combine(_workspace.Layout.Models, "item-knn", version, "config.json"), " ");
        _workspace.Judge("item-knn", version, "try");
        var problem = await Server.UntilAsync("/v1/recommendations?model=item-knn", (status, _) => status == HttpStatusCode.ServiceUnavailable);
        Assert.StartsWith($"item-knn {version} is admitted by its verdict and cannot be loaded. ", (string?)problem["detail"], StringComparison.Ordinal);
        await Server.AnswerAsync("/v1/recommendations");
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_shown_and_the_next_slate_is_when_it_can()
    {
        await File.WriteAllTextAsync(_workspace.Layout.Exposures, "in the way", TestContext.Current.CancellationToken);
        var (status, problem) = await Server.GetAsync("/v1/recommendations");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:touchstone:problem:not-recorded"), (status, (string?)problem["type"]));
        File.Delete(_workspace.Layout.Exposures);
        Assert.Equal("c", RunningServer.Products(await Server.AnswerAsync("/v1/recommendations?count=1")));
    }

    [Fact]
    public async Task Words_without_an_index_are_told_what_to_run()
    {
        var (status, problem) = await Server.GetAsync("/v1/search?q=x");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "There is no index of the products yet: name a catalogue in shop.yaml and run touchstone run. The server takes it when it is there."), (status, (string?)problem["detail"]));
    }

    [Fact]
    public async Task Another_address_is_told_which_there_are()
    {
        var (status, problem) = await Server.GetAsync("/v2/recommendations");
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing at /v2/recommendations; there are /v1/recommendations, /v1/search, /health/ready and /health/live."), (status, (string?)problem["detail"]));
        Assert.Equal("live", (string?)(await Server.AnswerAsync("/health/live"))["status"]);
    }

    [Fact]
    public async Task Two_servers_on_one_workspace_record_every_slate_once()
    {
        await using var second = await RunningServer.StartAsync(_workspace);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? Server : second).AnswerAsync($"/v1/recommendations?shopper=s{i}&count=2")));
        Assert.Equal(
            answers.SelectMany(answer => (answer["items"] as JsonArray ?? []).Select(item => $"{answer["slate"]} {item?["product"]}")).Order(StringComparer.Ordinal),
            _workspace.Exposures().Select(row => $"{row.Slate} {row.Product}").Order(StringComparer.Ordinal));
    }
}
