using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone verdict</c>: from evidence and a shop's figures to try, ship, hold or roll back.</summary>
internal sealed class VerdictCommand : Command<VerdictCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Evidence.</summary>
        [CommandOption("--evidence <FILE>")]
        [Description("What was found on one or several challengers: YAML or JSON with kind (experiment, off-policy, offline), champion, metric, challengers with effect and guardrails.")]
        public string Evidence { get; init; } = "";

        /// <summary>Money.</summary>
        [CommandOption("--money <FILE>")]
        [Description("The shop's figures: YAML or JSON with currency, units_a_year, margin, costs, guardrails and the rule (clear-signals, do-no-harm).")]
        public string Money { get; init; } = "";

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of the draws of what carries over.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Evidence.Length == 0 ? ValidationResult.Error("--evidence FILE is missing: name what was found; the form is in docs/formats.md.")
            : Money.Length == 0 ? ValidationResult.Error("--money FILE is missing: name the shop's figures; the form is in docs/formats.md.")
            : base.Validate();
    }

    /// <summary>Puts the verb into the program.</summary>
    internal static void Register(IConfigurator config) => config.AddCommand<VerdictCommand>("verdict")
        .WithDescription("Try, ship, hold or roll back, in money: from the effect of an experiment (or offline, off-policy) and the shop's figures, with reasons.")
        .WithExample("verdict", "--evidence", "evidence.yaml", "--money", "money.yaml");

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var judged = EvidenceJudge.Judge(EvidenceFile.Read(settings.Evidence), ValueTermsFile.Read(settings.Money), new Seed(settings.Seed));
        ReportPrinter.Print(settings, EvidenceReport.Compose(judged));
        return ExitCodes.Done;
    }
}
