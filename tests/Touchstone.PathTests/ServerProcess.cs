using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstone.PathTests;

/// <summary>The server as a person starts it: a process of its own, from its own folder, on a free port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly HttpClient _client;

    private ServerProcess(Process process, Task<string> error, Uri address)
    {
        (_process, _error, Id) = (process, error, process.Id);
        _client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Folder of the built server: beside that of these tests, of the same build.</summary>
    public static string Folder { get; } = Path.Combine(
        Tests.SharedData.Repository, "src", "Touchstone.Server", Path.GetRelativePath(Path.Combine(Tests.SharedData.Repository, "tests", "Touchstone.PathTests"), AppContext.BaseDirectory));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public int Id { get; }

    /// <summary>Starts it, and waits until it has models to serve.</summary>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var process = Process.Start(Start([.. arguments, "--port", "0"])) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(Token);
        var line = await process.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException("The server ended: " + await error);
        var address = new Uri(line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));
        var server = new ServerProcess(process, error, new Uri(address.GetLeftPart(UriPartial.Authority)));
        while ((await server.GetAsync("/health/ready")).Status != HttpStatusCode.OK) Token.ThrowIfCancellationRequested();
        return server;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Start(arguments)) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await error);
    }

    /// <summary>Asks once.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Answer)> GetAsync(string address)
    {
        using var response = await _client.GetAsync(new Uri(address, UriKind.Relative), Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, JsonNode.Parse(text) ?? throw new InvalidOperationException("The answer is null."));
    }

    /// <summary>Sends a signal, and waits for the end.</summary>
    public async Task<(int ExitCode, string Error)> StopAsync(string signal)
    {
        using (var kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(Token);
        await _process.WaitForExitAsync(Token);
        return (_process.ExitCode, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static ProcessStartInfo Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "Touchstone.Server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        return start;
    }
}
