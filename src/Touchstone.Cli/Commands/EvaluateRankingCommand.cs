using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate ranking</c>: runs on judged queries, on anyone's files.</summary>
internal sealed class EvaluateRankingCommand : Command<EvaluateRankingCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : AnswerSettings
    {
        /// <summary>Judgments.</summary>
        [CommandOption("--qrels <FILE>")]
        [Description("Judgments: TREC qrels (query iteration document grade), or a table query,product,grade. Also .gz.")]
        public string Qrels { get; init; } = "";

        /// <summary>Runs.</summary>
        [CommandOption("--run <FILE>")]
        [Description("What a system found: a TREC run (query Q0 document rank score name), or a table query,product,score. Repeat it to compare: the first is the baseline.")]
        public string[] Runs { get; init; } = [];

        /// <summary>Metrics.</summary>
        [CommandOption("--metrics <NAMES>")]
        [Description("Comma-separated, in our spelling or trec_eval's (ndcg@10 = ndcg_cut_10, linear gain; ndcg_exp@10); trec is trec_eval's default output.")]
        [DefaultValue(RankingMetricNames.Default)]
        public string Metrics { get; init; } = RankingMetricNames.Default;

        /// <summary>Values of queries.</summary>
        [CommandOption("--per-query")]
        [Description("The values of each query too.")]
        public bool WithQueries { get; init; }

        /// <summary>Least relevant grade.</summary>
        [CommandOption("--relevant-from <GRADE>")]
        [Description("Least grade that is relevant (trec_eval -l).")]
        [DefaultValue(1)]
        public int RelevantFrom { get; init; } = 1;

        /// <summary>Depth.</summary>
        [CommandOption("--depth <N>")]
        [Description("Documents of a query that are looked at (trec_eval -M). Default: all.")]
        public int? Depth { get; init; }

        /// <summary>Copies.</summary>
        [CommandOption("--keep-first")]
        [Description("Keep the first copy of a document that stands twice for a query, and close the gap; without it, that is an error.")]
        public bool KeepsFirst { get; init; }

        /// <summary>Products.</summary>
        [CommandOption("--products <FILE>")]
        [Description("Products that could be shown: a table product, and perhaps buyers and category. Gives coverage, Gini, popularity, novelty, diversity.")]
        public string? Products { get; init; }

        /// <summary>Ranks shown.</summary>
        [CommandOption("--shown <N>")]
        [Description("Ranks that count as shown, for --products.")]
        [DefaultValue(10)]
        public int Shown { get; init; } = 10;

        /// <summary>Shoppers.</summary>
        [CommandOption("--shoppers <N>")]
        [Description("All shoppers behind the buyers of --products: novelty needs it.")]
        [DefaultValue(0)]
        public int Shoppers { get; init; }

        /// <summary>Correction.</summary>
        [CommandOption("--correction <NAME>")]
        [Description("Correction of p-values over the compared runs: holm or bh (Benjamini-Hochberg).")]
        [DefaultValue("holm")]
        public string Correction { get; init; } = "holm";

        /// <summary>Level.</summary>
        [CommandOption("--level <LEVEL>")]
        [Description("Confidence of the intervals.")]
        [DefaultValue(0.95)]
        public double Level { get; init; } = 0.95;

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of bootstrap and randomisation.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description("text, json, html or markdown; trec for trec_eval's lines, trec-complete for those of its -c (one run).")]
        [DefaultValue("text")]
        public override string Format { get; init; } = "text";

        /// <summary>Whether trec_eval's lines are wanted.</summary>
        public bool IsTrec => Format is "trec" or "trec-complete";

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Qrels.Length == 0 ? ValidationResult.Error("--qrels FILE is missing: name the judgments.")
            : Runs.Length == 0 ? ValidationResult.Error("--run FILE is missing: name what a system found.")
            : RelevantFrom < 1 ? ValidationResult.Error($"--relevant-from {RelevantFrom}: a relevant grade counts from 1.")
            : Depth < 1 ? ValidationResult.Error($"--depth {Depth}: a depth counts from 1.")
            : Shown < 1 || Shoppers < 0 ? ValidationResult.Error("--shown counts from 1 and --shoppers from 0.")
            : Runs.GroupBy(Path.GetFullPath, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice ? ValidationResult.Error($"--run {twice.First()} stands twice; name each run once.")
            : !IsTrec && Format is not ("text" or "json" or "html" or "markdown") ? ValidationResult.Error($"--format {Format} is unknown; write text, json, html, markdown, trec or trec-complete.")
            : Correction is not ("holm" or "bh") ? ValidationResult.Error($"--correction {Correction} is unknown; write holm or bh.")
            : !(Level is > 0 and < 1) ? ValidationResult.Error("--level lies between 0 and 1, such as 0.95.")
            : IsTrec && Runs.Length > 1 ? ValidationResult.Error($"--format {Format} prints one run; give one --run, or another format.")
            : IsTrec && Report is not null ? ValidationResult.Error($"--report takes no {Format}; choose another --format.")
            : IsTrec ? ValidationResult.Success()
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateRankingCommand>("ranking")
        .WithDescription("Runs on judged queries: NDCG, MAP, precision, recall and 25 more as trec_eval has them, 10 that it has not; two means, and paired tests between runs.")
        .WithExample("evaluate", "ranking", "--qrels", "qrels.txt", "--run", "bm25.run", "--run", "fused.run", "--metrics", "ndcg@10,map,recall@100");

    /// <inheritdoc/>
    public override ValidationResult Validate(CommandContext context, Settings settings) => settings.IsTrec
        ? StatedOptions.Only(context, $"--format {settings.Format} prints trec_eval's lines and no more", "--qrels", "--run", "--metrics", "--per-query", "--relevant-from", "--depth", "--keep-first")
        : ValidationResult.Success();

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var rule = settings.KeepsFirst ? DuplicateRule.KeepFirst : DuplicateRule.Strict;
        var reading = Task.Run(() => QrelsFile.Read(settings.Qrels, rule, cancellationToken), cancellationToken);
        var runs = Named([.. settings.Runs.Select(file => RunFile.Read(file, rule, cancellationToken))], settings.Runs);
        var judgments = reading.GetAwaiter().GetResult();
        var maximum = MaximumGrade(judgments, settings.Qrels);
        var options = new RunJudgeOptions { RelevanceLevel = settings.RelevantFrom, Depth = settings.Depth ?? int.MaxValue };
        var judgements = RunJudge.Judge(judgments, runs, UsageException.From(() => RankingMetricNames.Parse(settings.Metrics, maximum)), options, cancellationToken);
        if (settings.IsTrec)
        {
            using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16) { NewLine = "\n" };
            foreach (var line in TrecEvalText.Lines(judgements[0], settings.WithQueries, settings.Format == "trec-complete")) output.WriteLine(line);
            return ExitCodes.Done;
        }

        var comparison = new RunComparisonOptions
        {
            Bootstrap = new BootstrapOptions { Level = settings.Level, Seed = new Seed(settings.Seed) },
            Correction = settings.Correction == "holm" ? PValueCorrection.Holm : PValueCorrection.BenjaminiHochberg,
        };
        var products = settings.Products is null ? null : ShopProductsFile.Read(settings.Products, cancellationToken);
        ReportPrinter.Print(settings, RankingReport.Compose(new RankingEvidence
        {
            Qrels = Path.GetFileName(settings.Qrels),
            JudgmentCount = judgments.Count,
            MaximumGrade = maximum,
            Files = [.. settings.Runs.Select(file => Path.GetFileName(file))],
            Runs = judgements,
            Differences = RunComparison.Compare(judgements, comparison, cancellationToken),
            Judge = options,
            Comparison = comparison,
            WithQueries = settings.WithQueries,
            Catalogue = products is null ? [] : [.. runs.Select(run => RunCatalogueFigures.Of(run, products, settings.Shown, settings.Shoppers))],
            Warnings = UnicodeForms.Warning(judgments, runs) is { } warning ? [warning] : [],
        }));
        return ExitCodes.Done;
    }

    private static int MaximumGrade(QueryDocuments<int> judgments, string file)
    {
        var maximum = 0;
        for (var query = 0; query < judgments.Queries.Count; query++)
        {
            foreach (var row in judgments.Rows(query))
            {
                var grade = judgments.Values[row];
                if (grade > RunJudge.GradeMax)
                    throw new SourceException(file, 0, $"gives \"{judgments.Documents.Text(row)}\" the grade {grade} for query \"{judgments.Queries[query]}\"; grades go up to {RunJudge.GradeMax}.");
                maximum = Math.Max(maximum, grade);
            }
        }

        return maximum;
    }

    /// <summary>Runs that share a name are named by their files.</summary>
    private static List<RankingRun> Named(List<RankingRun> runs, string[] files)
    {
        List<RankingRun> named = [];
        for (var i = 0; i < runs.Count; i++)
        {
            var isShared = runs.Count(run => run.Name == runs[i].Name) > 1;
            var isSharedFile = files.Count(file => Path.GetFileName(file) == Path.GetFileName(files[i])) > 1;
            named.Add(isShared ? runs[i] with { Name = isSharedFile ? files[i] : Path.GetFileName(files[i]) } : runs[i]);
        }

        return named;
    }
}
