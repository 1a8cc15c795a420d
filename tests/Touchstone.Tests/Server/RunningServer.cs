using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Touchstone.Server;

namespace Touchstone.Tests.Server;

/// <summary>The server of a workspace on a free port, in this process.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private RunningServer(WebApplication app) => (_app, _client) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningServer> StartAsync(SmallWorkspace workspace, bool isReady = true)
    {
        var app = ServerHost.Build(workspace.Shop, workspace.Layout, IPAddress.Loopback, 0, new QuickTimers());
        await app.StartAsync(Token);
        var server = new RunningServer(app);
        if (isReady) await server.UntilAsync("/health/ready", (status, _) => status == HttpStatusCode.OK);
        return server;
    }

    /// <summary>Asks once.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Answer)> GetAsync(string address)
    {
        using var response = await _client.GetAsync(new Uri(address, UriKind.Relative), Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        if ((int)response.StatusCode >= 400) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonNode.Parse(text) ?? throw new InvalidOperationException("The answer is null."));
    }

    /// <summary>An answer that must be there.</summary>
    public async Task<JsonNode> AnswerAsync(string address)
    {
        var (status, answer) = await GetAsync(address);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    /// <summary>Asks until the answer is as wanted; each question waits for its answer.</summary>
    public async Task<JsonNode> UntilAsync(string address, Func<HttpStatusCode, JsonNode, bool> isWanted)
    {
        while (true)
        {
            Token.ThrowIfCancellationRequested();
            var (status, answer) = await GetAsync(address);
            if (isWanted(status, answer)) return answer;
        }
    }

    /// <summary>Product ids of a slate.</summary>
    public static string Products(JsonNode answer) => string.Join(' ', (answer["items"] as JsonArray ?? []).Select(item => (string?)item?["product"]));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    // The workspace is looked at more often, so that no test waits a second.
    private sealed class QuickTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime, period / 20);
    }
}
