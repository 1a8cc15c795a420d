using System.ComponentModel;
using Spectre.Console.Cli;

namespace Touchstone.Cli.Commands;

/// <summary>
/// <c>touchstone serve</c>: here for the help only. The server is a program of its own, which never loads LibTorch; the root script
/// starts it for this verb.
/// </summary>
internal sealed class ServeCommand : Command<ServeCommand.Settings>
{
    /// <summary>Options of the verb, as Touchstone.Server reads them.</summary>
    internal sealed class Settings : WorkspaceSettings
    {
        /// <summary>Configuration.</summary>
        [CommandArgument(0, "[SHOP_YAML]")]
        [Description("The shop's configuration. Default: shop.yaml in this folder.")]
        public string ShopYaml { get; init; } = "shop.yaml";

        /// <summary>Port.</summary>
        [CommandOption("--port <N>")]
        [Description("Port to listen on; 0: any free one. Default: 8080.")]
        public int Port { get; init; } = 8080;

        /// <summary>Address.</summary>
        [CommandOption("--host <ADDRESS>")]
        [Description("Address to listen on. Default: 127.0.0.1, which only this machine reaches; nobody is asked who calls.")]
        public string Host { get; init; } = "127.0.0.1";
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken) =>
        throw new UsageException("The server is a program of its own: start it by ./touchstone serve, or by dotnet Touchstone.Server.dll with the same options.");
}
