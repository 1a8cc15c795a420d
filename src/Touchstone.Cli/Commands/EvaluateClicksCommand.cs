using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Evaluation.Clicks;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate clicks</c>: judgments from what was shown and clicked.</summary>
internal sealed class EvaluateClicksCommand : Command<EvaluateClicksCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : AnswerSettings
    {
        /// <summary>Log.</summary>
        [CommandOption("--log <FILE>")]
        [Description("What was shown and clicked: a table query,product,rank,clicked, or query,product,rank,impressions,clicks.")]
        public string Log { get; init; } = "";

        /// <summary>Model.</summary>
        [CommandOption("--model <NAME>")]
        [Description("position (a position-based click model, by expectation maximisation) or coec (clicks over expected clicks).")]
        [DefaultValue("position")]
        public string Model { get; init; } = "position";

        /// <summary>Impressions.</summary>
        [CommandOption("--least-impressions <N>")]
        [Description("Times that a product must have been shown for a query to be graded.")]
        [DefaultValue(10)]
        public int LeastImpressions { get; init; } = 10;

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description("text, json, html or markdown; csv for judgments that evaluate ranking --qrels reads.")]
        [DefaultValue("text")]
        public override string Format { get; init; } = "text";

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Log.Length == 0 ? ValidationResult.Error("--log FILE is missing: name what was shown and clicked.")
            : Model is not ("position" or "coec") ? ValidationResult.Error($"--model {Model} is unknown; write position or coec.")
            : LeastImpressions < 1 ? ValidationResult.Error($"--least-impressions {LeastImpressions}: counts from 1.")
            : Format == "csv" && Report is not null ? ValidationResult.Error("--report takes no csv; choose another --format.")
            : Format == "csv" ? ValidationResult.Success()
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateClicksCommand>("clicks")
        .WithDescription("Judgments from clicks: what is attractive, apart from where it stood.")
        .WithExample("evaluate", "clicks", "--log", "clicks.csv", "--format", "csv");

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var columns = ClickFile.Read(settings.Log, cancellationToken);
        var model = settings.Model == "position" ? PositionBasedModel.Fit(columns, new PositionBasedOptions(), cancellationToken) : null;
        var coec = model is null ? ClicksOverExpected.Of(columns) : null;
        var judgments = ClickJudgments.Of(columns, model?.Attractions ?? coec?.Values ?? [], settings.LeastImpressions, out var leftOut);
        var evidence = new ClickEvidence
        {
            Log = Path.GetFileName(settings.Log),
            Judgments = judgments,
            LeftOut = leftOut,
            LeastImpressions = settings.LeastImpressions,
            Ranks = model?.Examinations ?? coec?.RankRates ?? [],
            Model = model,
            Warnings = columns.Warnings,
        };
        if (settings.Format == "csv") Console.Out.Write(ClickReport.Csv(evidence));
        else ReportPrinter.Print(settings, ClickReport.Compose(evidence));
        return ExitCodes.Done;
    }
}
