using System.Globalization;
using System.Net;

namespace Touchstone.Server;

/// <summary>What the command line of <c>touchstone serve</c> says.</summary>
internal sealed record ServeOptions
{
    /// <summary>How the verb is used.</summary>
    public const string Usage = """
        USAGE: touchstone serve [SHOP_YAML] [--workspace DIR] [--port N] [--host ADDRESS]
        See touchstone serve --help.
        """;

    /// <summary>Configuration file.</summary>
    public string ShopYaml { get; init; } = "shop.yaml";

    /// <summary>Workspace; null for <c>workspace/</c> beside the file.</summary>
    public string? Workspace { get; init; }

    /// <summary>Port; 0 for any free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Address to listen on: this machine only, unless stated.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Whether only the usage is asked for.</summary>
    public bool IsHelp { get; init; }

    /// <summary>Reads arguments; the fault says what to write instead.</summary>
    public static (ServeOptions Options, string? Fault) Parse(IReadOnlyList<string> arguments)
    {
        var options = new ServeOptions();
        var files = 0;
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (name is "--help" or "-h") return (options with { IsHelp = true }, null);
            if (!name.StartsWith('-'))
            {
                if (++files > 1) return (options, $"One shop.yaml is served; \"{arguments[i]}\" is a second.");
                options = options with { ShopYaml = name };
                continue;
            }

            if (name is not ("--workspace" or "--port" or "--host")) return (options, $"Unknown option {name}; known: --workspace, --port, --host.");
            if (value is null && ++i == arguments.Count) return (options, $"{name} needs a value.");
            (options, var fault) = options.With(name, value ?? arguments[i]);
            if (fault is not null) return (options, fault);
        }

        return (options, null);
    }

    private (ServeOptions Options, string? Fault) With(string name, string value) => name switch
    {
        "--workspace" => (this with { Workspace = value }, null),
        "--port" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? (this with { Port = port }, null) : (this, $"--port {value} is not a port; write 0 to {IPEndPoint.MaxPort} (0: any free one)."),
        "--host" => value == "localhost" ? (this with { Host = IPAddress.Loopback }, null)
            : IPAddress.TryParse(value, out var address) ? (this with { Host = address }, null)
            : (this, $"--host {value} is not an address of this machine; write 127.0.0.1, 0.0.0.0 for all, or localhost."),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown option."),
    };

    private static (string Name, string? Value) Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (argument[..at], argument[(at + 1)..]) : (argument, null);
}
