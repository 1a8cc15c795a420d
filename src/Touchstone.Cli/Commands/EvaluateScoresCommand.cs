using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Scores;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate scores</c>: how good a classifier's or click model's scores are, as an order and as probabilities.</summary>
internal sealed class EvaluateScoresCommand : AsyncCommand<EvaluateScoresCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Data.</summary>
        [CommandOption("--data <FILE>")]
        [Description("One row a prediction: what was so, and the scores. CSV, TSV, JSON Lines or Parquet, also .gz.")]
        public string Data { get; init; } = "";

        /// <summary>Label.</summary>
        [CommandOption("--label <COLUMN>")]
        [Description("Column of what was so: 0 and 1, or true and false.")]
        public string Label { get; init; } = "";

        /// <summary>Scores.</summary>
        [CommandOption("--score <COLUMN>")]
        [Description("Column of a score, higher means more likely; may repeat: each is compared with the first. What lies outside 0 to 1 is no probability and is judged by its order alone.")]
        public string[] Scores { get; init; } = [];

        /// <summary>Group.</summary>
        [CommandOption("--group <COLUMN>")]
        [Description("Column of what rows hang together by, e.g. the shopper: gives GAUC, and intervals that cluster.")]
        public string? Group { get; init; }

        /// <summary>Bins.</summary>
        [CommandOption("--bins <N>")]
        [Description("Groups of equal size in the calibration table.")]
        [DefaultValue(10)]
        public int Bins { get; init; } = 10;

        /// <summary>Level.</summary>
        [CommandOption("--level <LEVEL>")]
        [Description("Confidence of the intervals.")]
        [DefaultValue(0.95)]
        public double Level { get; init; } = 0.95;

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Data.Length == 0 ? ValidationResult.Error("--data FILE is missing: name the table of predictions.")
            : Label.Length == 0 ? ValidationResult.Error("--label COLUMN is missing: name the column of what was so.")
            : Scores.Length == 0 ? ValidationResult.Error("--score COLUMN is missing: name the column of the score.")
            : Scores.GroupBy(score => score, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice ? ValidationResult.Error($"--score {twice.Key} stands twice; name each column once.")
            : Scores.Contains(Label) ? ValidationResult.Error($"--score {Label} is the label; name the column of the score.")
            : Bins is < 1 or > 1000 ? ValidationResult.Error("--bins must be 1 to 1000.")
            : Level is not (> 0 and < 1) ? ValidationResult.Error("--level lies between 0 and 1, such as 0.95.")
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateScoresCommand>("scores")
        .WithDescription("How good a classifier's or click model's scores are: AUC and GAUC with intervals, log loss, Brier, calibration, and two scores compared.")
        .WithExample("evaluate", "scores", "--data", "predictions.csv", "--label", "clicked", "--score", "new", "--score", "old", "--group", "shopper");

    /// <inheritdoc/>
    public override Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken) => ReportPrinter.PrintAsync(
        settings,
        () => ScoreReport.Compose(
            ScoreJudge.Judge(ScoreFile.Read(settings.Data, settings.Label, settings.Scores, settings.Group, cancellationToken), settings.Level, settings.Bins),
            Path.GetFileName(settings.Data),
            settings.Group),
        cancellationToken);
}
