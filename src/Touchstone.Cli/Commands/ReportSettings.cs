using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Touchstone.Cli.Commands;

/// <summary>What every verb takes that prints a report.</summary>
internal abstract class ReportSettings : CommandSettings
{
    /// <summary>Form.</summary>
    [CommandOption("--format <FORMAT>")]
    [Description(ReportPrinter.Formats)]
    [DefaultValue("text")]
    public string Format { get; init; } = "text";

    /// <inheritdoc/>
    public override ValidationResult Validate() => ReportPrinter.Check(Format);
}
