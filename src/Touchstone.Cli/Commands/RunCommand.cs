using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone run shop.yaml</c>: the main job.</summary>
internal sealed class RunCommand : AsyncCommand<RunCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorkspaceSettings
    {
        /// <summary>Configuration.</summary>
        [CommandArgument(0, "[SHOP_YAML]")]
        [Description("The shop's configuration. Default: shop.yaml in this folder.")]
        public string ShopYaml { get; init; } = "shop.yaml";

        /// <summary>One stage.</summary>
        [CommandOption("--only <STAGE>")]
        [Description("Run one stage: ingest, clean, pretrain, finetune, deploy, train, index, evaluate, verdict or report.")]
        public string? Only { get; init; }

        /// <summary>First stage.</summary>
        [CommandOption("--from <STAGE>")]
        [Description("Begin at this stage with what the stages before left.")]
        public string? From { get; init; }

        /// <summary>Last stage.</summary>
        [CommandOption("--to <STAGE>")]
        [Description("End after this stage.")]
        public string? To { get; init; }

        /// <inheritdoc/>
        public override ValidationResult Validate() => Only is not null && (From is not null || To is not null)
            ? ValidationResult.Error("--only stands alone: leave out --from and --to.")
            : ValidationResult.Success();
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var shop = ShopConfiguration.Load(settings.ShopYaml);
        var workspace = new Workspace(WorkspaceLayout.FolderOf(shop, settings.Workspace));
        await RunAsync(shop, workspace, settings.Only ?? settings.From, settings.Only ?? settings.To, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    /// <summary>Runs the stages and closes with the verdict and the report's path.</summary>
    internal static async Task RunAsync(ShopConfiguration shop, Workspace workspace, string? from, string? to, CancellationToken cancellation)
    {
        // What shop.yaml gets wrong is told before any file is read.
        _ = TrainStage.ModelsOf(shop);
        Cleaner.CheckRules(shop.Cleaning);
        LanguageOptions.Check(shop);
        var view = new ConsoleRunView(AnsiConsole.Console);
        using (workspace.Take())
        {
            await new Pipeline(shop, workspace, TimeProvider.System, view)
                .RunAsync(from ?? Pipeline.Stages[0].Name, to ?? Pipeline.Stages[^1].Name, cancellation).ConfigureAwait(false);
        }

        if (to is not null && to != Pipeline.Stages[^1].Name) return;
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine("Report: " + workspace.Report);
    }
}
