using Touchstone.Server.Reload;

namespace Touchstone.Server.Endpoints;

/// <summary><c>GET /health/live</c> (the process answers) and <c>GET /health/ready</c> (it has something to serve from).</summary>
internal static class HealthEndpoint
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    /// <summary>Adds the addresses.</summary>
    public static void Map(WebApplication app)
    {
        var live = app.Services.GetRequiredService<LiveShop>();
        app.MapMethods("/health/live", Methods, (RequestDelegate)(http => http.Response.WriteAsJsonAsync(new { Status = "live" }, AnswerJson.Options, http.RequestAborted)));
        app.MapMethods("/health/ready", Methods, (RequestDelegate)(http => ReadyAsync(http, live)));
    }

    private static Task ReadyAsync(HttpContext http, LiveShop live)
    {
        if (live.Take() is not { } state) return Problems.NotReadyAsync(http, live.Trouble ?? "The models are being loaded.");
        try
        {
            var policies = state.Value.Policies;
            var champion = policies.Recommenders?.Champion.Policy;
            return http.Response.WriteAsJsonAsync(
                new Readiness("ready", champion?.Model, champion?.Version, [.. policies.Recommenders?.Names ?? []], [.. policies.Searchers?.Names ?? []], live.Trouble), AnswerJson.Options, http.RequestAborted);
        }
        finally
        {
            state.Release();
        }
    }

    /// <summary>What the server answers from.</summary>
    /// <param name="Status">Always <c>ready</c>.</param>
    /// <param name="Champion">Recommender that answers where no model is named; left out where none was trained.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Models">Recommenders that serve; empty where none was trained.</param>
    /// <param name="Searchers">Searchers that serve; empty where there is no index.</param>
    /// <param name="Trouble">Why the newest state of the workspace could not be loaded; left out where it serves.</param>
    private sealed record Readiness(
        string Status, string? Champion, string? Version, IReadOnlyList<string> Models, IReadOnlyList<string> Searchers, string? Trouble);
}
