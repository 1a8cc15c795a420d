using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Uplift;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate uplift</c>: whom to contact, from a randomised test.</summary>
internal sealed class EvaluateUpliftCommand : AsyncCommand<EvaluateUpliftCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Data.</summary>
        [CommandOption("--data <FILE>")]
        [Description("A randomised test, one row a unit: its arm, its outcome, and what was known before. CSV, TSV, JSON Lines or Parquet.")]
        public string Data { get; init; } = "";

        /// <summary>Variant.</summary>
        [CommandOption("--variant <COLUMN>")]
        [Description("Column of the arm.")]
        public string Variant { get; init; } = "";

        /// <summary>Control.</summary>
        [CommandOption("--control <VALUE>")]
        [Description("The arm that was not contacted.")]
        public string Control { get; init; } = "";

        /// <summary>Treatment.</summary>
        [CommandOption("--treatment <VALUE>")]
        [Description("The arm that was; may repeat. Default: every other arm, one after the other.")]
        public string[] Treatments { get; init; } = [];

        /// <summary>Outcome.</summary>
        [CommandOption("--outcome <COLUMN>")]
        [Description("Column of the outcome: money, a count, or 0 and 1.")]
        public string Outcome { get; init; } = "";

        /// <summary>Features.</summary>
        [CommandOption("--features <COLUMNS>")]
        [Description("Comma-separated columns that were known before the arm was drawn: numbers or texts.")]
        public string Features { get; init; } = "";

        /// <summary>Margin.</summary>
        [CommandOption("--margin <MONEY>")]
        [Description("Money that one unit of the outcome brings: the margin rate where it is revenue, the value of a visit where it is visits.")]
        [DefaultValue(1.0)]
        public double Margin { get; init; } = 1;

        /// <summary>Cost.</summary>
        [CommandOption("--contact-cost <MONEY>")]
        [Description("What one contact costs.")]
        [DefaultValue(0.0)]
        public double ContactCost { get; init; }

        /// <summary>Currency.</summary>
        [CommandOption("--currency <CODE>")]
        [Description("ISO 4217 code of the money.")]
        public string Currency { get; init; } = "";

        /// <summary>Replicates.</summary>
        [CommandOption("--bootstrap <N>")]
        [Description("Replicates of the bootstrap over units.")]
        [DefaultValue(1000)]
        public int Bootstrap { get; init; } = 1000;

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of halves and bootstrap.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Data.Length == 0 ? ValidationResult.Error("--data FILE is missing: name the table of the test.")
            : Variant.Length == 0 ? ValidationResult.Error("--variant COLUMN is missing: name the column of the arm.")
            : Control.Length == 0 ? ValidationResult.Error("--control VALUE is missing: name the arm that was not contacted.")
            : Outcome.Length == 0 ? ValidationResult.Error("--outcome COLUMN is missing: name the column of the outcome.")
            : Features.Length == 0 ? ValidationResult.Error("--features COLUMNS is missing: name the columns known before the arm was drawn.")
            : !double.IsFinite(Margin) || !(ContactCost >= 0) || double.IsInfinity(ContactCost) ? ValidationResult.Error("--margin is a finite number, and --contact-cost one from 0.")
            : Currency.Length > 0 && !(Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper)) ? ValidationResult.Error($"--currency {Currency} is no ISO 4217 code; write three capitals, such as EUR.")
            : Bootstrap < 2 ? ValidationResult.Error("--bootstrap counts from 2.")
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateUpliftCommand>("uplift")
        .WithDescription("Whom to contact, from a randomised test: uplift by a T-learner, Qini and AUUC, and the value of targeting against all, none and the likeliest responders.")
        .WithExample("evaluate", "uplift", "--data", "test.csv", "--variant", "segment", "--control", "\"No E-Mail\"", "--outcome", "spend", "--features", "recency,history,channel", "--margin", "0.3", "--contact-cost", "0.05");

    /// <inheritdoc/>
    public override Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken) =>
        ReportPrinter.PrintAsync(settings, () => Judge(settings, cancellationToken), cancellationToken);

    private static ReportDocument Judge(Settings settings, CancellationToken cancellation)
    {
        var features = ListOption.Of(settings.Features);
        if (features.Contains(settings.Variant) || features.Contains(settings.Outcome)) throw new UsageException("--features names the arm or the outcome; name only what was known before.");
        if (features.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice) throw new UsageException($"--features names {twice.Key} twice; name each column once.");
        var table = UpliftFile.Read(settings.Data, settings.Variant, settings.Outcome, features, cancellation);
        var control = Arm(settings.Control);
        int[] treatments = settings.Treatments.Length > 0 ? [.. settings.Treatments.Select(Arm)] : [.. Enumerable.Range(0, table.Arms.Count).Where(arm => arm != control)];
        if (treatments.Contains(control)) throw new UsageException($"--treatment {settings.Control} is the control arm; name another.");
        var terms = new ContactTerms(settings.Margin, settings.ContactCost, settings.Currency);
        var options = new BootstrapOptions { Replicates = settings.Bootstrap, Seed = new Seed(settings.Seed) };
        List<UpliftResult> results = [];
        using var progress = new ErrorLineProgress();
        foreach (var treatment in treatments)
        {
            progress.Say($"uplift of {table.Arms[treatment]}");
            try
            {
                results.Add(UpliftJudge.Judge(table.Pair(control, treatment), terms, options, cancellation));
            }
            catch (ArgumentException fault)
            {
                throw new SourceException(settings.Data, 0, "cannot be judged: " + UsageException.Words(fault));
            }
        }

        return UpliftReport.Compose(results, terms, settings.Outcome, Path.GetFileName(settings.Data), table.Warnings);

        int Arm(string name) => table.Arms.Index().Where(arm => arm.Item == name).Select(arm => arm.Index).DefaultIfEmpty(-1).First() is var at and >= 0
            ? at
            : throw new UsageException($"There is no arm \"{name}\" in {settings.Variant}; there are: {string.Join(", ", table.Arms)}.");
    }
}
