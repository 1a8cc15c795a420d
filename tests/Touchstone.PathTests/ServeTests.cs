using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Touchstone.Data.Segments;
using Touchstone.Domain;

namespace Touchstone.PathTests;

/// <summary>The server on a workspace that runs work on: nothing blocked, nothing lost.</summary>
public sealed class ServeTests(SimulatedFixture shop) : IClassFixture<SimulatedFixture>
{
    private string ShopFolder => Path.GetDirectoryName(shop.Yaml) ?? "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IReadOnlyList<Exposure> Exposures(string workspace) => [.. new FactStore<Exposure>(Path.Combine(workspace, "exposures")).Read()];

    private static IEnumerable<string> Rows(JsonNode answer) =>
        (answer["items"] as JsonArray ?? []).Select(item => $"{answer["slate"]} {item?["rank"]} {item?["product"]} {answer["model"]} {answer["version"]}");

    private static IEnumerable<string> Rows(IEnumerable<Exposure> exposures) =>
        exposures.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Slate} {row.Rank} {row.Product} {row.Policy} {row.PolicyVersion}"));

    [Fact]
    public async Task A_run_retrains_and_judges_while_the_server_answers_and_every_answered_slate_is_recorded_once()
    {
        using var folder = new TemporaryFolder();
        var (yaml, workspace) = (Path.Combine(ShopFolder, "serve.yaml"), folder.File("ws"));
        string[] command = ["run", yaml, "--workspace", workspace];
        var text = File.ReadAllText(shop.Yaml);
        await File.WriteAllTextAsync(yaml, text, Token);
        var before = await TouchstoneProcess.RunAsync(folder.Path, command);
        Assert.True(before.ExitCode == 0, before.Output + before.Error);
        await using var server = await ServerProcess.StartAsync(yaml, "--workspace", workspace);
        var first = (string?)(await server.GetAsync("/health/ready")).Answer["version"];
        await File.WriteAllTextAsync(yaml, text.Replace("models: [popularity,", "models: [{popularity: {half_life_days: 20}},", StringComparison.Ordinal) + "\nevaluate: {bootstrap: 1999}\n", Token);

        var running = TouchstoneProcess.RunAsync(folder.Path, command);
        var asking = Enumerable.Range(0, 3).Select(client => AskAsync(server, client, running, first)).Append(SearchAsync(server, running)).ToArray();
        var answers = await Task.WhenAll(asking);
        var run = await running;
        var (exitCode, error) = await server.StopAsync("-TERM");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.DoesNotContain("train     unchanged", run.Output, StringComparison.Ordinal);
        Assert.True(exitCode == 0, error);
        var answered = answers.SelectMany(each => each).ToArray();
        var versions = answered.Where(answer => (string?)answer["model"] == "popularity").Select(answer => (string?)answer["version"]).Distinct().ToArray();
        Assert.Equal(2, versions.Length);
        Assert.Contains(first, versions);
        var recorded = Exposures(workspace);
        Assert.Equal(answered.SelectMany(Rows).Order(StringComparer.Ordinal), Rows(recorded).Order(StringComparer.Ordinal));
        Assert.Equal(recorded.Count, recorded.Select(row => row.EventId).Distinct().Count());
        Assert.All(Directory.GetFiles(Path.Combine(workspace, "exposures")), file => Assert.EndsWith(".seg", file, StringComparison.Ordinal));
    }

    // Asks until the run has ended and what it left is served; every answer must be one.
    private static async Task<List<JsonNode>> AskAsync(ServerProcess server, int client, Task running, string? first)
    {
        List<JsonNode> answers = [];
        for (var isNew = false; !isNew || !running.IsCompleted;)
        {
            Token.ThrowIfCancellationRequested();
            var (status, answer) = await server.GetAsync($"/v1/recommendations?shopper=c{client}-{answers.Count % 50}&count={1 + (answers.Count % 10)}");
            Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
            answers.Add(answer);
            isNew = (string?)answer["version"] != first;
        }

        return answers;
    }

    // Finds headphones by their Chinese name as long as the run is at work.
    private static async Task<List<JsonNode>> SearchAsync(ServerProcess server, Task running)
    {
        List<JsonNode> answers = [];
        do
        {
            Token.ThrowIfCancellationRequested();
            var (status, answer) = await server.GetAsync("/v1/search?count=5&q=" + Uri.EscapeDataString("耳机"));
            Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
            Assert.NotEmpty(answer["items"] as JsonArray ?? []);
            answers.Add(answer);
        }
        while (!running.IsCompleted);
        return answers;
    }

    [Fact]
    public async Task A_shopper_is_recognised_by_the_id_of_the_raw_files_and_kept_only_as_its_hash()
    {
        using var folder = new TemporaryFolder();
        var yaml = Path.Combine(ShopFolder, "hashed.yaml");
        await File.WriteAllTextAsync(yaml, File.ReadAllText(shop.Yaml).Replace("shopper_ids: keep", "shopper_ids: hash", StringComparison.Ordinal), Token);
        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml, "--workspace", folder.File("ws"), "--to", "train");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var (shopper, bought) = Purchases();
        await using var server = await ServerProcess.StartAsync(yaml, "--workspace", folder.File("ws"));

        var (status, answer) = await server.GetAsync($"/v1/recommendations?shopper={Uri.EscapeDataString(shopper)}&count=100");

        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        var shown = (answer["items"] as JsonArray ?? []).Select(item => (string?)item?["product"]).ToArray();
        Assert.Equal(80 - bought.Count, shown.Length);
        Assert.Empty(shown.Intersect(bought));
        var kept = Assert.Single(Exposures(folder.File("ws")).Select(row => row.Shopper).Distinct());
        Assert.Equal(22, kept?.Length);
        Assert.NotEqual(shopper, kept);
    }

    [Fact]
    public async Task An_experiment_is_judged_from_what_the_server_recorded_while_it_answers()
    {
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(ShopFolder, "workspace"), folder.File("ws"));
        folder.Write("arms.yaml", """
            control: A
            exposures: {source: facts.exposures, unit: shopper, variant: surface, time: occurred_at}
            metrics:
              - {name: products shown, kind: mean, source: facts.exposures, time: occurred_at}
              - {name: bought, kind: proportion, source: clean.interactions, time: occurred_at, where: {kind: purchase}}
            """);
        await using var server = await ServerProcess.StartAsync(shop.Yaml, "--workspace", folder.File("ws"));
        // Three shoppers an arm: A is shown 2, 3 and 4 products, B twice as many.
        for (var i = 0; i < 6; i++) await server.GetAsync($"/v1/recommendations?shopper=n{i}&surface={(i < 3 ? "A" : "B")}&count={(i < 3 ? i + 2 : 2 * (i - 1))}");

        var judged = await TouchstoneProcess.RunAsync(folder.Path, "evaluate", "experiment", "--spec", "arms.yaml", "--workspace", folder.File("ws"), "--format", "json");

        Assert.True(judged.ExitCode == 0, judged.Output + judged.Error);
        var figures = JsonNode.Parse(judged.Output);
        Assert.Equal([3, 3], (figures?["arms"] as JsonArray ?? []).Select(arm => (int?)arm?["units"]));
        Assert.Equal([3, 0], (figures?["effects"] as JsonArray ?? []).Select(effect => (double?)effect?["difference"]?["value"]));
    }

    [Fact]
    public async Task A_challenger_on_hold_is_refused_in_the_words_of_its_verdict()
    {
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(ShopFolder, "workspace"), folder.File("ws"));
        var verdict = JsonNode.Parse(shop.Verdict)?["judged"]?["verdict"];
        var models = JsonNode.Parse(File.ReadAllText(folder.File("ws/stages/train/models.json"))) as JsonArray ?? [];
        var challenger = (string?)verdict?["challenger"];
        Assert.Equal("hold", (string?)verdict?["decision"]);
        Assert.Equal((string?)models.Single(model => (string?)model?["name"] == challenger)?["version"], (string?)verdict?["challenger_version"]);
        await using var server = await ServerProcess.StartAsync(shop.Yaml, "--workspace", folder.File("ws"));

        var (status, problem) = await server.GetAsync($"/v1/recommendations?model={challenger}");

        Assert.Equal((HttpStatusCode.Forbidden, "Hold: " + (string?)verdict?["sentence"]), (status, (string?)problem["detail"]));
    }

    [Fact]
    public async Task The_server_has_no_LibTorch_beside_it_and_none_in_its_memory()
    {
        Assert.NotEmpty(Directory.GetFiles(ServerProcess.Folder, "Touchstone.*.dll"));
        Assert.DoesNotContain(Directory.GetFiles(ServerProcess.Folder, "*", SearchOption.AllDirectories), file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
        if (!OperatingSystem.IsLinux()) Assert.Skip("The memory map is read from /proc.");
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(ShopFolder, "workspace"), folder.File("ws"));
        await using var server = await ServerProcess.StartAsync(shop.Yaml, "--workspace", folder.File("ws"));
        await server.GetAsync("/v1/recommendations");

        var maps = await File.ReadAllTextAsync($"/proc/{server.Id}/maps", Token);

        Assert.Contains("Touchstone.Recommendation.dll", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", maps, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_under_load_it_finishes_what_it_answers()
    {
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(ShopFolder, "workspace"), folder.File("ws"));
        await using var server = await ServerProcess.StartAsync(shop.Yaml, "--workspace", folder.File("ws"));
        var some = new TaskCompletionSource();
        var asking = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskUntilGoneAsync(server, some)));
        await some.Task.WaitAsync(Token);

        var (exitCode, error) = await server.StopAsync("-INT");
        var answered = (await asking).SelectMany(each => each).ToArray();

        Assert.True(exitCode == 130, error);
        // What was recorded and not answered can only be what the clients did not wait for: none of them left early.
        Assert.Equal(answered.SelectMany(Rows).Order(StringComparer.Ordinal), Rows(Exposures(folder.File("ws"))).Order(StringComparer.Ordinal));
    }

    private static async Task<List<JsonNode>> AskUntilGoneAsync(ServerProcess server, TaskCompletionSource some)
    {
        List<JsonNode> answers = [];
        while (true)
        {
            try
            {
                var (status, answer) = await server.GetAsync("/v1/recommendations?count=3");
                Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
                answers.Add(answer);
                if (answers.Count == 20) some.TrySetResult();
            }
            catch (HttpRequestException)
            {
                return answers;
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_started_says_why()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (busy, busyError) = await ServerProcess.RunAsync(shop.Yaml, "--workspace", folder.File("ws"), "--port", port.ToString(CultureInfo.InvariantCulture));
        var (absent, absentError) = await ServerProcess.RunAsync(folder.File("none.yaml"));
        var (unknown, unknownError) = await ServerProcess.RunAsync("--prot", "1");
        var cli = await TouchstoneProcess.RunAsync(folder.Path, "serve", shop.Yaml);

        Assert.Equal((1, $"error: Port {port} on 127.0.0.1 is taken; choose another with --port N, or 0 for any free one."), (busy, busyError.Trim()));
        Assert.Equal(1, absent);
        Assert.Contains("is not there; `touchstone init FOLDER` writes one", absentError, StringComparison.Ordinal);
        Assert.Equal(2, unknown);
        Assert.Contains("Unknown option --prot; known: --workspace, --port, --host.", unknownError, StringComparison.Ordinal);
        Assert.Equal(2, cli.ExitCode);
        Assert.Contains("start it by ./touchstone serve", cli.Error, StringComparison.Ordinal);
    }

    // A shopper of the raw files with purchases that were not taken back, and the products.
    private (string Shopper, HashSet<string> Products) Purchases()
    {
        Dictionary<string, HashSet<string>> bought = [];
        HashSet<string> returned = [];
        foreach (var file in Directory.GetFiles(ShopFolder, "events-*.csv.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            var header = (reader.ReadLine() ?? "").Split(',');
            var (kind, shopper, product) = (Array.IndexOf(header, "kind"), Array.IndexOf(header, "shopper"), Array.IndexOf(header, "product"));
            while (reader.ReadLine() is { } line)
            {
                var cells = line.Split(',');
                if (cells[shopper].Length == 0) continue;
                if (cells[kind] == "return") returned.Add(cells[shopper]);
                if (cells[kind] != "purchase") continue;
                if (!bought.TryGetValue(cells[shopper], out var products)) bought.Add(cells[shopper], products = []);
                products.Add(cells[product]);
            }
        }

        var found = bought.Where(pair => !returned.Contains(pair.Key)).OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).First();
        return (found.Key, found.Value);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? to);
            File.Copy(file, copy);
        }
    }
}
