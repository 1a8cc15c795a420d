using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Touchstone.Cli.Commands;

/// <summary>What every verb takes that answers with a report, whatever forms it is written in.</summary>
internal abstract class AnswerSettings : CommandSettings
{
    /// <summary>Form.</summary>
    public abstract string Format { get; init; }

    /// <summary>Report that the answer is added to.</summary>
    [CommandOption("--report <DIR>")]
    [Description("Workspace whose report gains the answer as a page; mostly workspace/ beside shop.yaml.")]
    public string? Report { get; init; }

    /// <inheritdoc/>
    public override ValidationResult Validate() =>
        Report is not null && !Directory.Exists(Path.Combine(Report, "stages")) ? ValidationResult.Error($"--report {Report} is no workspace; name the folder that touchstone run works in: workspace/ beside shop.yaml, or what --workspace says there.")
        : ReportPrinter.Check(Format);
}

/// <summary>What a verb takes that writes its report in the usual forms.</summary>
internal abstract class ReportSettings : AnswerSettings
{
    /// <inheritdoc/>
    [CommandOption("--format <FORMAT>")]
    [Description(ReportPrinter.Formats)]
    [DefaultValue("text")]
    public override string Format { get; init; } = "text";
}
