using System.ComponentModel;
using Spectre.Console.Cli;

namespace Touchstone.Cli.Commands;

/// <summary>What every verb on a workspace takes.</summary>
internal abstract class WorkspaceSettings : CommandSettings
{
    /// <summary>Workspace.</summary>
    [CommandOption("--workspace <DIR>")]
    [Description("Where facts, stage outputs, models and the report are kept. Default: workspace/ beside shop.yaml.")]
    public string? Workspace { get; init; }
}
