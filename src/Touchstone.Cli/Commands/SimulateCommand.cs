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
        await WriteAsync(settings.NewWorld(), settings.Folder, null, cancellationToken).ConfigureAwait(false);
        AnsiConsole.WriteLine($"Next: touchstone run {Path.Combine(settings.Folder, "shop.yaml")}");
        return ExitCodes.Done;
    }

    /// <summary>Writes a world's files with a progress bar, and a file of the caller's beside them.</summary>
    internal static async Task<SimulatedShopFiles> WriteAsync(SimulatedWorld world, string folder, (string File, string Text)? mark, CancellationToken cancellation)
    {
        if (File.Exists(folder)) throw new WorkspaceException($"{folder} is a file; name a new folder.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new WorkspaceException($"{folder} is not empty: name a new folder, so that no file of yours is replaced.");
        // Written aside and named when whole, so that what was stopped here begins again.
        var aside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + ".unfinished";
        if (Directory.Exists(aside)) Directory.Delete(aside, true);
        var view = new ConsoleRunView(AnsiConsole.Console);
        var progress = view.Begin("simulate");
        var files = await Task.Run(() => world.WriteTo(aside, new Fraction(progress), cancellation), cancellation).ConfigureAwait(false);
        if (mark is not null) await File.WriteAllTextAsync(Path.Combine(aside, mark.Value.File), mark.Value.Text, cancellation).ConfigureAwait(false);
        if (Directory.Exists(folder)) Directory.Delete(folder);
        Directory.Move(aside, folder);
        view.ClearBar();
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Simulated shop in {folder}: {world.Options.Shoppers:#,##0} shoppers, {world.Options.Products:#,##0} products, {files.SessionCount:#,##0} sessions, {files.PurchaseCount:#,##0} purchases, {files.ExposureCount:#,##0} exposures with propensities."));
        return files with { Folder = folder };
    }

    private sealed class Fraction(IStageProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, "shoppers");
    }
}
