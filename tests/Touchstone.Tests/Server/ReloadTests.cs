using System.Net;
using Touchstone.Models.Registry;

namespace Touchstone.Tests.Server;

public sealed class ReloadTests
{
    [Fact]
    public async Task A_server_of_an_empty_workspace_says_what_to_run_and_serves_when_that_was_done()
    {
        using var workspace = new SmallWorkspace();
        await using var server = await RunningServer.StartAsync(workspace, isReady: false);
        var waiting = await server.UntilAsync("/health/ready", (_, problem) => ((string?)problem["detail"])?.Contains("touchstone run", StringComparison.Ordinal) == true);
        Assert.Equal(
            (503, $"{workspace.Layout.Folder} has no trained models yet: run touchstone run shop.yaml. The server takes them when they are there."),
            ((int?)waiting["status"], (string?)waiting["detail"]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/v1/recommendations")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/live")).Status);

        workspace.Clean();
        var version = workspace.Train("popularity");
        workspace.Registry.SetAlias(ModelRegistry.Champion, "popularity", version);

        var ready = await server.UntilAsync("/health/ready", (status, _) => status == HttpStatusCode.OK);
        Assert.Equal(("ready", "popularity", version), ((string?)ready["status"], (string?)ready["champion"], (string?)ready["version"]));
    }

    [Fact]
    public async Task A_new_champion_serves_without_a_failed_request_and_one_that_cannot_be_loaded_does_not()
    {
        using var workspace = SmallWorkspace.Served();
        await using var server = await RunningServer.StartAsync(workspace);
        var first = (string?)(await server.AnswerAsync("/v1/recommendations"))["version"];

        var second = workspace.Train("popularity", ("half_life_days", "2"));
        workspace.Registry.SetAlias(ModelRegistry.Champion, "popularity", second);
        await server.UntilAsync("/v1/recommendations", (status, answer) =>
        {
            Assert.Equal(HttpStatusCode.OK, status);
            return (string?)answer["version"] == second;
        });

        var third = workspace.Train("popularity", ("half_life_days", "1"));
        workspace.Registry.SetAlias(ModelRegistry.Champion, "popularity", third);
        File.Delete(Path.Combine(workspace.Layout.Models, "popularity", third, "model.safetensors"));
        // A server that has the third already would have had to read it before the deletion.
        var ready = await server.UntilAsync("/health/ready", (_, answer) => answer["trouble"] is not null || (string?)answer["version"] == third);
        if ((string?)ready["version"] == third) return;
        Assert.Contains("model.safetensors: is missing. Train and register the model again.", (string?)ready["trouble"], StringComparison.Ordinal);
        Assert.Equal(second, (string?)(await server.AnswerAsync("/v1/recommendations"))["version"]);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_lost_key_is_told_and_never_replaced()
    {
        using var workspace = SmallWorkspace.Served();
        var key = workspace.Layout.ShopperKey(workspace.Shop);
        File.Delete(key);
        await using var server = await RunningServer.StartAsync(workspace, isReady: false);
        await server.UntilAsync("/health/ready", (_, problem) => ((string?)problem["detail"])?.StartsWith(key, StringComparison.Ordinal) == true);
        Assert.False(File.Exists(key));
    }
}
