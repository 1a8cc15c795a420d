using System.ComponentModel;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Commands;

/// <summary>A stage of the main job by itself, on what the stages before left.</summary>
/// <param name="stage">Name of the stage.</param>
internal abstract class StageCommand(string stage) : AsyncCommand<StageCommand.Settings>
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
        var workspace = new Workspace(WorkspaceLayout.FolderOf(shop, settings.Workspace));
        await RunCommand.RunAsync(shop, workspace, stage, stage, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}

/// <summary><c>touchstone index shop.yaml</c>.</summary>
internal sealed class IndexCommand() : StageCommand(IndexStage.StageName);

/// <summary><c>touchstone pretrain shop.yaml</c>.</summary>
internal sealed class PretrainCommand() : StageCommand(PretrainStage.StageName);

/// <summary><c>touchstone finetune shop.yaml</c>.</summary>
internal sealed class FinetuneCommand() : StageCommand(FinetuneStage.StageName);
