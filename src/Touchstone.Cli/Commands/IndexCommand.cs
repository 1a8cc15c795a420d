using System.ComponentModel;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone index shop.yaml</c>: the stage index by itself, on what the stages before left.</summary>
internal sealed class IndexCommand : AsyncCommand<IndexCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorkspaceSettings
    {
        /// <summary>Configuration.</summary>
        [CommandArgument(0, "[SHOP_YAML]")]
        [Description("The shop's configuration. Default: shop.yaml in this folder.")]
        public string ShopYaml { get; init; } = "shop.yaml";
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var shop = ShopConfiguration.Load(settings.ShopYaml);
        var workspace = new Workspace(Path.GetFullPath(settings.Workspace ?? Path.Combine(shop.Folder, "workspace")));
        await RunCommand.RunAsync(shop, workspace, IndexStage.StageName, IndexStage.StageName, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
