using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate policy</c>: what a policy would have earned, from another's log.</summary>
internal sealed class EvaluatePolicyCommand : AsyncCommand<EvaluatePolicyCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Log.</summary>
        [CommandOption("--log <FILE>")]
        [Description("A round a row: reward, propensity (probability of the logged action, above 0), action and the columns of its context; shopper, where one has several. Or a slot a row: slate, position, reward and probabilities. CSV, TSV, JSON Lines or Parquet; Open Bandit Pipeline's names are known.")]
        public string Log { get; init; } = "";

        /// <summary>Target.</summary>
        [CommandOption("--target <FILE>")]
        [Description("The judged policy: columns of its context, action, probability, what is above 0 only. A file without probabilities is a log of the policy: shares are counted. uniform: all actions of the log alike. Default: the log's own column target.")]
        public string? Target { get; init; }

        /// <summary>Logging policy.</summary>
        [CommandOption("--logging <FILE>")]
        [Description("The policy that made the log, as a whole: tells mass without support, and mips needs it.")]
        public string? Logging { get; init; }

        /// <summary>Categories.</summary>
        [CommandOption("--categories <FILE>")]
        [Description("Categories of actions for mips: action, category, and probability where an action shows as several.")]
        public string? Categories { get; init; }

        /// <summary>Reward model.</summary>
        [CommandOption("--model <FILE>")]
        [Description("A reward model: columns of its context, action, q_hat. Default: the log's columns q_hat and q_hat_target, else one is fitted by folds.")]
        public string? Model { get; init; }

        /// <summary>Reward.</summary>
        [CommandOption("--reward <COLUMN>")]
        [Description("Column of what a round earned. Default: reward, click, revenue or margin, the first there is.")]
        public string? Reward { get; init; }

        /// <summary>Estimators.</summary>
        [CommandOption("--estimators <NAMES>")]
        [Description("Comma-separated: ips, snips, clipped_ips:5, dm, dr, sndr, clipped_dr:5, switch_dr:5, dros:10, subgaussian_ips:0.1, subgaussian_dr:0.1, mips, snmips; :auto, or no number, lets SLOPE choose it. Slates: sips, iips, rips, pi, cascade_dr, snsips, sniips, snrips.")]
        public string? Estimators { get; init; }

        /// <summary>Context.</summary>
        [CommandOption("--context <COLUMNS>")]
        [Description("Columns of the log that make its context, comma-separated; none for all rounds together. Default: those that the target names.")]
        public string? Context { get; init; }

        /// <summary>Columns.</summary>
        [CommandOption("--columns <PAIRS>")]
        [Description("Names of columns: reward=revenue,propensity=p,cluster=customer (whose rounds are not independent).")]
        public string? Columns { get; init; }

        /// <summary>Range.</summary>
        [CommandOption("--reward-range <LOW,HIGH>")]
        [Description("Least and greatest reward there can be, for the empirical-Bernstein interval.")]
        public string? RewardRange { get; init; }

        /// <summary>Folds.</summary>
        [CommandOption("--folds <N>")]
        [Description("Folds of the cross-fitted reward model.")]
        [DefaultValue(5)]
        public int Folds { get; init; } = 5;

        /// <summary>Least effective sample size.</summary>
        [CommandOption("--minimum-ess <N>")]
        [Description("Effective sample size below which weighted estimates are refused.")]
        [DefaultValue(30.0)]
        public double MinimumEffectiveSampleSize { get; init; } = 30;

        /// <summary>Replicates.</summary>
        [CommandOption("--bootstrap <N>")]
        [Description("Bootstrap replicates.")]
        [DefaultValue(1000)]
        public int Bootstrap { get; init; } = 1000;

        /// <summary>Level.</summary>
        [CommandOption("--level <LEVEL>")]
        [Description("Confidence of the intervals.")]
        [DefaultValue(0.95)]
        public double Level { get; init; } = 0.95;

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of bootstrap and folds.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Log.Length == 0 ? ValidationResult.Error("--log FILE is missing: name the log, a round a row with its propensity.")
            : !(Level is > 0 and < 1) ? ValidationResult.Error("--level lies between 0 and 1, such as 0.95.")
            : Bootstrap < 2 ? ValidationResult.Error("--bootstrap counts from 2.")
            : Folds < 2 ? ValidationResult.Error("--folds counts from 2.")
            : !(MinimumEffectiveSampleSize >= 0) ? ValidationResult.Error("--minimum-ess counts from 0.")
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluatePolicyCommand>("policy")
        .WithDescription("What a policy would have earned, from another's log with propensities: diagnostics, then estimates with intervals, or a refusal that names what is missing.")
        .WithExample("evaluate", "policy", "--log", "log.csv", "--target", "policy.csv", "--estimators", "ips,snips,dr");

    /// <inheritdoc/>
    public override Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var columns = Columns(settings.Columns, settings.Reward);
        var names = ListOption.Of(settings.Estimators);
        var options = new OffPolicyOptions
        {
            Bootstrap = new BootstrapOptions { Replicates = settings.Bootstrap, Level = settings.Level, Seed = new Seed(settings.Seed) },
            Folds = settings.Folds,
            MinimumEffectiveSampleSize = settings.MinimumEffectiveSampleSize,
            RewardRange = Range(settings.RewardRange),
        };
        return ReportPrinter.PrintAsync(
            settings,
            () => AreSlates() ? Slates(context, settings, columns, names, options, cancellationToken) : Rounds(settings, columns, names, options, cancellationToken),
            cancellationToken);

        bool AreSlates() => names.Length > 0 ? names.All(name => SlateEstimator.Find(name) is not null) : settings.Target is null && BanditLogFile.HasSlates(settings.Log, columns);
    }

    private static ReportDocument Rounds(Settings settings, Dictionary<string, string> columns, string[] names, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        if (names.Length > 0) options = options with { Estimators = [.. names.Select(name => UsageException.From(() => PolicyEstimator.Parse(name)))] };
        else if (settings.Categories is not null) options = options with { Estimators = [.. options.Estimators, PolicyEstimator.Parse("mips"), PolicyEstimator.Parse("snmips")] };
        var log = BanditLogFile.Open(new BanditLogFiles
        {
            Log = settings.Log,
            Target = settings.Target,
            Logging = settings.Logging,
            Categories = settings.Categories,
            Model = settings.Model,
            Context = settings.Context switch { null => null, "none" => [], var stated => ListOption.Of(stated) },
            Columns = columns,
        }, cancellationToken);
        using var progress = new ErrorLineProgress("rounds");
        var evaluation = UsageException.From(() => OffPolicyJudge.Judge(log, options, progress, cancellationToken));
        return PolicyReport.Compose(evaluation, Path.GetFileName(settings.Log), settings.Target is null ? "the column target" : Path.GetFileName(settings.Target), options);
    }

    private static ReportDocument Slates(CommandContext context, Settings settings, Dictionary<string, string> columns, string[] names, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        if (settings.Target is not null) throw new UsageException("A log of slates brings the judged policy's probabilities in its own columns (target_slot, target_prefix): leave --target out.");
        var stated = StatedOptions.Only(context, "A log of slates brings its probabilities and its reward model in its own columns", "--log", "--reward", "--estimators", "--columns", "--minimum-ess", "--bootstrap", "--level", "--seed");
        if (!stated.Successful) throw new UsageException(stated.Message ?? "");
        var slates = SlateLogFile.Read(settings.Log, columns, cancellationToken);
        IReadOnlyList<SlateEstimator> estimators = names.Length > 0 ? [.. names.Select(SlateEstimator.Parse)] : SlateEstimator.All;
        return SlateReport.Compose(SlateJudge.Judge(slates, estimators, options, cancellationToken), slates.Count, Path.GetFileName(settings.Log), options);
    }

    private static Dictionary<string, string> Columns(string? pairs, string? reward)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in ListOption.Of(pairs))
        {
            var parts = pair.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !BanditLogFile.Fields.Contains(parts[0])) throw new UsageException($"--columns: \"{pair}\" is not field=column; fields are {string.Join(", ", BanditLogFile.Fields)}.");
            if (parts[1].Length == 0) throw new UsageException($"--columns: \"{pair}\" names no column; write {parts[0]}=NAME.");
            if (!columns.TryAdd(parts[0], parts[1])) throw new UsageException($"--columns {pairs}: \"{parts[0]}\" stands twice.");
        }

        if (reward is not null && !columns.TryAdd("reward", reward)) throw new UsageException($"--reward {reward}: --columns names the column of the reward already; write one of the two.");
        return columns;
    }

    private static (double Low, double High)? Range(string? text) => text is null ? null
        : ListOption.TwoNumbers(text) is var (low, high) && low < high && double.IsFinite(high - low) ? (low, high)
        : throw new UsageException($"--reward-range {text}: write LOW,HIGH, such as 0,1.");
}
