using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.SimulatedShop;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone simulate DIR</c>: the raw files of a simulated shop.</summary>
internal sealed class SimulateCommand : AsyncCommand<SimulateCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorldSettings
    {
        /// <summary>Folder.</summary>
        [CommandArgument(0, "<DIR>")]
        [Description("Folder to write into; made where it is not there, refused where it holds files.")]
        public string Folder { get; init; } = "";
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        await WriteAsync(settings.NewWorld(), settings.Folder, cancellationToken).ConfigureAwait(false);
        AnsiConsole.WriteLine($"Next: touchstone run {Path.Combine(settings.Folder, "shop.yaml")}");
        return ExitCodes.Done;
    }

    /// <summary>Writes a world's files with a progress bar.</summary>
    internal static async Task<SimulatedShopFiles> WriteAsync(SimulatedWorld world, string folder, CancellationToken cancellation)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new WorkspaceException($"{folder} is not empty: name a new folder, so that no file of yours is replaced.");
        var view = new ConsoleRunView(AnsiConsole.Console);
        var progress = view.Begin("simulate");
        var files = await Task.Run(() => world.WriteTo(folder, new Fraction(progress), cancellation), cancellation).ConfigureAwait(false);
        view.ClearBar();
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Simulated shop in {folder}: {world.Options.Shoppers:#,##0} shoppers, {world.Options.Products:#,##0} products, {files.SessionCount:#,##0} sessions, {files.PurchaseCount:#,##0} purchases, {files.ExposureCount:#,##0} exposures with propensities."));
        return files;
    }

    private sealed class Fraction(IStageProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, "shoppers");
    }
}
