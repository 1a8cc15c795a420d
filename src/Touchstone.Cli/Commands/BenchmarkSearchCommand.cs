using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Search;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone benchmark search</c>: searchers on judged queries, without a workspace.</summary>
internal sealed class BenchmarkSearchCommand : AsyncCommand<BenchmarkSearchCommand.Settings>
{
    private static readonly string[] s_systems = [SearchBench.Plain, SearchIndex.Words, SearchIndex.Meaning, SearchIndex.Fused];

    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : CommandSettings
    {
        /// <summary>More files.</summary>
        [CommandArgument(0, "[PRODUCTS]")]
        [Description("More files of products, as a shell writes out products-*.jsonl.gz.")]
        public string[] More { get; init; } = [];

        /// <summary>Files.</summary>
        [CommandOption("--products <FILE>")]
        [Description("Products: JSON Lines, CSV, TSV or Parquet, also .gz; several files, or a pattern. Columns are guessed, or mapped by --config.")]
        public string[] Products { get; init; } = [];

        /// <summary>Judgments.</summary>
        [CommandOption("--qrels <FILE>")]
        [Description("Judgments: a table query,product,grade (docid and rating too), or TREC qrels with --queries.")]
        public string Qrels { get; init; } = "";

        /// <summary>Queries.</summary>
        [CommandOption("--queries <FILE>")]
        [Description("Texts of the queries, a line each: id TAB text.")]
        public string? Queries { get; init; }

        /// <summary>Judgments to choose weights by.</summary>
        [CommandOption("--train-qrels <FILE>")]
        [Description("Judgments of other queries: weights of fields and fusion are chosen on them, from a small grid. Queries of --qrels among them are left out.")]
        public string? TrainQrels { get; init; }

        /// <summary>Configuration.</summary>
        [CommandOption("--config <SHOP_YAML>")]
        [Description("shop.yaml whose catalogue maps the columns and whose search section weighs the fields.")]
        public string? Config { get; init; }

        /// <summary>Systems.</summary>
        [CommandOption("--by <NAMES>")]
        [Description("Comma-separated: plain, bm25, meaning, fused. Default: all that can be made. plain is always judged: the others are compared with it.")]
        public string? By { get; init; }

        /// <summary>Encoder.</summary>
        [CommandOption("--encoder <FOLDER>")]
        [Description("Folder of a text encoder for meaning and fused; minilm for the untouched all-MiniLM-L6-v2.")]
        public string? Encoder { get; init; }

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of the bootstrap.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description("text or json.")]
        [DefaultValue("text")]
        public string Format { get; init; } = "text";

        /// <summary>All files of products.</summary>
        public IReadOnlyList<string> Files => [.. Products, .. More];

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Qrels.Length == 0 ? ValidationResult.Error("--qrels FILE is missing: name a table query,product,grade, or TREC qrels.")
            : Files.Count == 0 && Config is null ? ValidationResult.Error("--products FILE is missing: name the files of products, or a shop.yaml with --config.")
            : Format is not ("text" or "json") ? ValidationResult.Error($"--format {Format} is unknown; write text or json.")
            : ValidationResult.Success();
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var named = settings.By is null ? null : ListOption.Of(settings.By);
        foreach (var name in named ?? [])
            if (!s_systems.Contains(name)) throw new UsageException($"There is no system \"{name}\"; known: {string.Join(", ", s_systems)}.");
        await Task.Run(() => Run(settings, named, cancellationToken), cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static void Run(Settings settings, string[]? named, CancellationToken cancellation)
    {
        var shop = settings.Config is null ? null : ShopConfiguration.Load(settings.Config);
        var queries = JudgmentFile.Read(settings.Qrels, settings.Queries);
        if (!queries.Any(query => query.HasPositive)) throw new SourceException(settings.Qrels, 0, "has no grade of 1 or more: without a relevant product nothing can be judged.");
        var training = settings.TrainQrels is null ? [] : JudgmentFile.Read(settings.TrainQrels, settings.Queries);
        var judged = queries.Select(query => query.Text).ToHashSet(StringComparer.Ordinal);
        var apart = training.Where(query => !judged.Contains(query.Text)).ToList();
        if (settings.TrainQrels is not null && !apart.Any(query => query.HasPositive))
            throw new SourceException(settings.TrainQrels, 0, $"has no query with a relevant product that {settings.Qrels} does not judge: weights must be chosen on other queries.");
        var products = BenchmarkProducts.Read(settings.Files, shop, cancellation);
        var scratch = Directory.CreateTempSubdirectory("touchstone-");
        try
        {
            using var encoder = settings.Encoder switch
            {
                null => null,
                TextEncoders.MiniLmName => TextEncoders.MiniLm(scratch.FullName, 2),
                var folder => TextEncoders.Open(folder, 2),
            };
            Judge(settings, named, shop, queries, training.Count, apart, products, encoder, cancellation);
        }
        finally
        {
            scratch.Delete(true);
        }
    }

    private static void Judge(
        Settings settings, string[]? named, ShopConfiguration? shop, IReadOnlyList<JudgedQuery> queries, int trainingCount, List<JudgedQuery> apart, IReadOnlyList<CatalogueEntry> products,
        OpenEncoder? encoder, CancellationToken cancellation)
    {
        using var progress = new ErrorLineProgress("vectors of products");
        using var bench = new SearchBench(products, SearchSettings.Card(shop?.Search ?? new SearchConfiguration()), encoder, progress, cancellation);
        var names = s_systems.Where(name => name == SearchBench.Plain || (named is null ? bench.Has(name) : named.Contains(name))).ToList();
        if (names.Find(name => !bench.Has(name)) is { } missing) throw new UsageException($"{missing} needs an encoder: name its folder with --encoder FOLDER, or --encoder minilm.");
        var systems = names.ConvertAll(name => bench.Make(name, apart, cancellation));
        var runs = systems.ConvertAll(system => SearchJudge.Judge(system.Searcher, queries, TimeProvider.System, cancellation));
        var options = new BootstrapOptions { Seed = new Seed(settings.Seed) };
        var outcome = new SearchOutcome
        {
            Systems = systems,
            Runs = runs,
            Figures = SearchComparison.Compare(runs, true, options, cancellation),
            AllQueries = SearchComparison.Compare(runs, false, options, cancellation),
            Bootstrap = options,
            Products = products.Count,
            Judgments = queries.Sum(query => query.Grades.Count),
            JudgedNotThere = queries.SelectMany(query => query.Grades.Keys).Distinct(StringComparer.Ordinal).Count(id => !bench.HasProduct(id)),
            TrainingQueries = apart.Count,
            TrainingLeftOut = trainingCount - apart.Count,
            Qrels = Path.GetFileName(settings.Qrels),
        };
        if (settings.Format == "json") Console.Out.WriteLine(outcome.ToJson().ToJsonString(StageJson.Options));
        else outcome.Print();
    }
}
