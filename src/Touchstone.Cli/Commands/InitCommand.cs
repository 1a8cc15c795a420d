using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Sources;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone init FOLDER</c>: a first shop.yaml for the files of a folder.</summary>
internal sealed class InitCommand : Command<InitCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : CommandSettings
    {
        /// <summary>Folder.</summary>
        [CommandArgument(0, "<FOLDER>")]
        [Description("Folder of exported files: CSV, TSV, JSON Lines, Parquet, sequences, also .gz.")]
        public string Folder { get; init; } = "";

        /// <summary>Where the configuration is written.</summary>
        [CommandOption("--output <FILE>")]
        [Description("Where to write. Default: shop.yaml in the folder; a file that is there is never replaced.")]
        public string? Output { get; init; }
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (File.Exists(settings.Folder))
            throw new WorkspaceException($"{settings.Folder} is a file; name the folder that holds the shop's exported files.");
        if (!Directory.Exists(settings.Folder))
            throw new WorkspaceException($"{settings.Folder} is not there; name a folder with the shop's exported files.");
        var output = settings.Output ?? Path.Combine(settings.Folder, "shop.yaml");
        if (File.Exists(output))
            throw new WorkspaceException($"{output} is there already and stays as it is. Name another with --output FILE, or move it away.");
        var guess = ShopGuess.Look(settings.Folder, output);
        File.WriteAllText(output, guess.Yaml);
        AnsiConsole.WriteLine($"Wrote {output}");
        foreach (var question in guess.NotGuessed) AnsiConsole.MarkupLine("[yellow]to check:[/] " + Markup.Escape(question));
        if (!guess.HasEvents) return ExitCodes.Fault;
        AnsiConsole.WriteLine($"Next: touchstone run {output}");
        return ExitCodes.Done;
    }
}
