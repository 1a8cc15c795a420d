using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Interleaving;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate interleaving</c>: which ranking shoppers prefer, from clicks on interleaved lists.</summary>
internal sealed class EvaluateInterleavingCommand : AsyncCommand<EvaluateInterleavingCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Log.</summary>
        [CommandOption("--log <FILE>")]
        [Description("Log of interleaved lists, a row a product shown: list, query, shopper, rank, product, clicked, and team (team draft), credit (probabilistic, optimised) or rank_a and rank_b (balanced). CSV, TSV, JSON Lines or Parquet.")]
        public string Log { get; init; } = "";

        /// <summary>Method.</summary>
        [CommandOption("--method <METHOD>")]
        [Description("team-draft, balanced or credit. Default: what the columns can feed.")]
        public string? Method { get; init; }

        /// <summary>Level.</summary>
        [CommandOption("--level <LEVEL>")]
        [Description("Confidence of the intervals.")]
        [DefaultValue(0.95)]
        public double Level { get; init; } = 0.95;

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Log.Length == 0 ? ValidationResult.Error("--log FILE is missing: name the log of interleaved lists.")
            : Method is not (null or "team-draft" or "balanced" or "credit") ? ValidationResult.Error($"--method {Method} is unknown; write team-draft, balanced or credit.")
            : !(Level is > 0 and < 1) ? ValidationResult.Error("--level lies between 0 and 1, such as 0.95.")
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateInterleavingCommand>("interleaving")
        .WithDescription("Which ranking shoppers prefer, from clicks on interleaved lists: preference, interval, sign test, queries, power.")
        .WithExample("evaluate", "interleaving", "--log", "interleaving.csv");

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        InterleavingMethod? method = settings.Method switch
        {
            "team-draft" => InterleavingMethod.TeamDraft,
            "balanced" => InterleavingMethod.Balanced,
            "credit" => InterleavingMethod.Credit,
            _ => null,
        };
        return await ReportPrinter.PrintAsync(
            settings,
            () => InterleavingReport.Compose(InterleavingJudge.Judge(InterleavingFile.Read(settings.Log, method, cancellationToken), settings.Level), Path.GetFileName(settings.Log)),
            cancellationToken).ConfigureAwait(false);
    }
}
