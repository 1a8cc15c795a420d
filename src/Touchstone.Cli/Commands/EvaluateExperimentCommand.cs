using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Metrics;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate experiment</c>: what each arm changed, from anyone's file, without a workspace.</summary>
internal sealed class EvaluateExperimentCommand : AsyncCommand<EvaluateExperimentCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ExperimentMethodSettings
    {
        /// <summary>File.</summary>
        [CommandOption("--data <FILE>")]
        [Description("CSV, TSV, JSON Lines or Parquet, also .gz: a row a unit, or events that are summed by unit.")]
        public string Data { get; init; } = "";

        /// <summary>Definition.</summary>
        [CommandOption("--spec <FILE>")]
        [Description("experiment.yaml: exposures, metrics with windows and filters, instead of --data and its columns.")]
        public string? Spec { get; init; }

        /// <summary>Workspace.</summary>
        [CommandOption("--workspace <DIR>")]
        [Description("Folder that the sources of --spec are named from; a workspace's facts are clean.interactions, facts.exposures, … Default: the definition's own.")]
        public string? Workspace { get; init; }

        /// <summary>Database.</summary>
        [CommandOption("--postgres <CONNECTION>")]
        [Description("PostgreSQL whose tables the sources of --spec are, e.g. \"Host=localhost;Database=shop;Username=me\".")]
        public string? Postgres { get; init; }

        /// <summary>Database.</summary>
        [CommandOption("--clickhouse <CONNECTION>")]
        [Description("ClickHouse (its HTTP port) whose tables the sources of --spec are, e.g. \"Host=localhost;Port=8123;Database=shop;Username=me\".")]
        public string? ClickHouse { get; init; }

        /// <summary>Unit.</summary>
        [CommandOption("--unit <COLUMN>")]
        [Description("Column of the unit of randomisation, mostly the shopper. Without it each row is a unit.")]
        public string? Unit { get; init; }

        /// <summary>Variant.</summary>
        [CommandOption("--variant <COLUMN>")]
        [Description("Column that names the arm.")]
        public string Variant { get; init; } = "";

        /// <summary>Control.</summary>
        [CommandOption("--control <NAME>")]
        [Description("The arm that the others are compared with.")]
        public string Control { get; init; } = "";

        /// <summary>Metrics.</summary>
        [CommandOption("--metric <METRIC>")]
        [Description("name:kind:column, may repeat. Kinds: mean, proportion (0/1, true/false), ratio (numerator/denominator), quantile@0.9 (over rows).")]
        public string[] Metrics { get; init; } = [];

        /// <summary>Covariates.</summary>
        [CommandOption("--covariate <COLUMN>")]
        [Description("Known before the experiment, one value a unit: takes variance away (CUPED). May repeat; empty counts as 0.")]
        public string[] Covariates { get; init; } = [];

        /// <summary>Weights.</summary>
        [CommandOption("--weights <PAIRS>")]
        [Description("Planned split, e.g. A=0.5,B=0.5. Default: equal. An arm left out has weight 0.")]
        public string? Weights { get; init; }

        /// <summary>Caps.</summary>
        [CommandOption("--cap <PAIRS>")]
        [Description("Winsorises, e.g. spend=0.99: values above that quantile of all arms pooled are cut to it.")]
        public string? Caps { get; init; }

        /// <summary>Whether zeros are left out of the cap.</summary>
        [CommandOption("--cap-ignore-zeros")]
        [Description("Looks for the cap among values other than 0.")]
        public bool CapIgnoresZeros { get; init; }

        /// <summary>Metrics that should fall.</summary>
        [CommandOption("--lower-is-better <NAMES>")]
        [Description("Comma-separated names of metrics that should fall.")]
        public string? LowerIsBetter { get; init; }

        /// <summary>Segments.</summary>
        [CommandOption("--segment <COLUMN>")]
        [Description("Known before the experiment: effects by its values, and whether they differ.")]
        public string? Segment { get; init; }

        /// <summary>Post-stratification.</summary>
        [CommandOption("--stratify")]
        [Description("Also weighs the effects within --segment by its share of units (post-stratification).")]
        public bool Stratify { get; init; }

        /// <summary>Prior.</summary>
        [CommandOption("--prior <MEAN,SD>")]
        [Description("Belief in the lift beforehand, e.g. 0,0.1. Default: none (flat).")]
        public string? Prior { get; init; }

        /// <summary>Alpha.</summary>
        [CommandOption("--alpha <SHARE>")]
        [Description("Error allowed.")]
        [DefaultValue(0.05)]
        public double Alpha { get; init; } = 0.05;

        /// <summary>Missing.</summary>
        [CommandOption("--missing <RULE>")]
        [Description("refuse or zero: what an empty or NaN value of a metric means.")]
        [DefaultValue("refuse")]
        public string Missing { get; init; } = "refuse";

        /// <summary>Snapshots.</summary>
        [CommandOption("--snapshots")]
        [Description("The file holds running totals: experiment_id, variant_id, metric_id, time_since_start, count_c, count_t, mean_c, mean_t, variance_c, variance_t.")]
        public bool Snapshots { get; init; }

        /// <inheritdoc/>
        public override ValidationResult Validate()
        {
            if (Postgres is not null && ClickHouse is not null) return ValidationResult.Error("--postgres and --clickhouse are two databases: the sources of --spec are in one of them.");
            if (Spec is not null) return base.Validate();
            if (Workspace is not null || Postgres is not null || ClickHouse is not null) return ValidationResult.Error("--workspace, --postgres and --clickhouse need --spec FILE: the definition of the experiment.");
            if (Data.Length == 0) return ValidationResult.Error("--data FILE is missing: name the file of units or events, or a definition with --spec.");
            if (Alpha is not (> 0 and < 1)) return ValidationResult.Error("--alpha must lie between 0 and 1.");
            if (Missing is not ("refuse" or "zero")) return ValidationResult.Error($"--missing {Missing} is unknown; write refuse or zero.");
            if (!Snapshots && Variant.Length == 0) return ValidationResult.Error("--variant COLUMN is missing: name the column of the arm.");
            if (!Snapshots && Control.Length == 0) return ValidationResult.Error("--control NAME is missing: name the arm to compare with.");
            if (!Snapshots && Metrics.Length == 0) return ValidationResult.Error("--metric is missing: write name:kind:column, e.g. visit:proportion:visit.");
            if (Stratify && Segment is null) return ValidationResult.Error("--stratify needs --segment COLUMN: the strata.");
            return base.Validate();
        }
    }

    /// <summary>Adds the verb to its branch.</summary>
    public static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateExperimentCommand>("experiment")
        .WithDescription("What each arm of an experiment changed: estimates, split, corrected p-values, from a file of units, events or snapshots.")
        .WithExample("evaluate", "experiment", "--data", "units.csv", "--unit", "shopper", "--variant", "arm", "--control", "A", "--metric", "conversion:proportion:bought", "--metric", "spend:mean:spend", "--covariate", "spend_before");

    /// <inheritdoc/>
    public override ValidationResult Validate(CommandContext context, Settings settings) =>
        settings.Spec is not null ? StatedOptions.Only(context, "--spec FILE defines the experiment", "--spec", "--workspace", "--postgres", "--clickhouse")
        : settings.Snapshots ? StatedOptions.Only(context, "--snapshots takes running totals as they are", "--snapshots", "--data", "--alpha", "--tuning")
        : settings.Caps is null && StatedOptions.Without(context, "Without --cap nothing is cut", "--cap-ignore-zeros") is { Successful: false } refusal ? refusal
        : settings.Idle(context);

    /// <inheritdoc/>
    public override Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken) =>
        ReportPrinter.PrintAsync(settings, () => Document(settings), cancellationToken);

    private static ReportDocument Document(Settings settings) => settings.Spec is { } spec ? ExperimentSpecRun.Judge(spec, settings.Workspace, settings.Postgres, settings.ClickHouse)
        : settings.Snapshots ? Snapshots(settings)
        : Experiment(settings);

    private static ReportDocument Snapshots(Settings settings)
    {
        var options = new EffectOptions { Alpha = settings.Alpha };
        var series = SnapshotJudge.Judge(SnapshotReader.Read(settings.Data, new SnapshotColumns()), options, settings.Tuning);
        return SnapshotReport.Compose(series, options, settings.Tuning, Path.GetFileName(settings.Data));
    }

    private static ReportDocument Experiment(Settings settings)
    {
        var metrics = Metrics(settings);
        var query = new ExperimentQuery
        {
            File = settings.Data,
            Unit = settings.Unit,
            Variant = settings.Variant,
            Metrics = metrics,
            Covariates = settings.Covariates,
            Segment = settings.Segment,
            TakesMissingAsZero = settings.Missing == "zero",
        };
        var plan = new ExperimentPlan
        {
            Control = settings.Control,
            Weights = Weights(settings.Weights),
            Metrics = metrics,
            Covariates = [.. settings.Covariates.Select(ExperimentQuery.CovariateName)],
            Options = new EffectOptions { Alpha = settings.Alpha },
            Looks = settings.Plan(),
            Prior = Prior(settings.Prior),
            IsPostStratified = settings.Stratify,
        };
        if (settings.Bootstrap is not null && metrics.TrueForAll(metric => metric.Kind == MetricKind.Quantile)) throw new UsageException("--bootstrap draws units, and quantiles are over rows: leave --bootstrap out, or add another metric.");
        var bootstrap = settings.Resampling(settings.Alpha);
        var data = ExperimentReader.Read(query, QuantileStatistic.Bracket, bootstrap is null ? null : bootstrap.Add);
        return ExperimentReport.Compose(ExperimentJudge.Judge(data, plan, bootstrap), Path.GetFileName(settings.Data));
    }

    private static SortedDictionary<string, double> Weights(string? text)
    {
        var weights = MetricOption.Pairs(text, "--weights");
        foreach (var (name, weight) in weights)
            if (weight < 0) throw new UsageException($"--weights {text}: the weight of {name} must be a number from 0.");
        return weights;
    }

    private static List<ExperimentMetric> Metrics(Settings settings)
    {
        var caps = MetricOption.Pairs(settings.Caps, "--cap");
        var lower = ListOption.Of(settings.LowerIsBetter);
        var metrics = settings.Metrics.Select(MetricOption.Parse).ToList();
        foreach (var name in metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))
            throw new UsageException($"Two metrics are named \"{name}\"; name each once.");
        foreach (var name in caps.Keys.Concat(lower))
            if (metrics.TrueForAll(metric => metric.Name != name)) throw new UsageException($"There is no metric \"{name}\"; there are {string.Join(", ", metrics.Select(metric => metric.Name))}.");
        foreach (var (name, quantile) in caps)
        {
            if (quantile is not (> 0 and <= 1)) throw new UsageException($"--cap {name}={quantile}: the quantile must lie between 0 and 1.");
            if (metrics.Find(metric => metric.Name == name) is not { Kind: MetricKind.Mean }) throw new UsageException($"--cap {name}: only a mean can be capped.");
        }

        return metrics.ConvertAll(metric => metric with
        {
            CapQuantile = caps.GetValueOrDefault(metric.Name, double.NaN),
            CapIgnoresZeros = settings.CapIgnoresZeros,
            Goal = lower.Contains(metric.Name) ? MetricGoal.Decrease : MetricGoal.Increase,
        });
    }

    private static EffectPrior Prior(string? text) => text is null ? new EffectPrior()
        : ListOption.TwoNumbers(text) is (var mean, > 0 and var deviation) ? new EffectPrior(mean, deviation * deviation, true)
        : throw new UsageException($"--prior {text} is no MEAN,SD: write two numbers, the second above 0, e.g. 0,0.1.");
}
