using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Recommendation;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone benchmark sequences</c>: leave-one-out on a "one user a line" file, options chosen on validation only.</summary>
internal sealed class BenchmarkSequencesCommand : AsyncCommand<BenchmarkSequencesCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : CommandSettings
    {
        /// <summary>File.</summary>
        [CommandOption("--data <FILE>")]
        [Description("\"One user a line\": user item item ..., oldest first (also .gz).")]
        public string Data { get; init; } = "";

        /// <summary>Models.</summary>
        [CommandOption("--models <NAMES>")]
        [Description("Comma-separated: popularity, item-knn, cooccurrence, vsknn, content, ease. Default: all that the file can feed.")]
        public string Models { get; init; } = "popularity,item-knn,cooccurrence,vsknn,ease";

        /// <summary>Titles for the content model.</summary>
        [CommandOption("--products <FILE>")]
        [Description("Table of products for the content model, with columns item_id, title, brand and categories.")]
        public string? Products { get; init; }

        /// <summary>Candidates.</summary>
        [CommandOption("--protocol <PROTOCOL>")]
        [Description("full: all products are ranked. sampled:N: the judged product against N uniform negatives; never compare the two.")]
        [DefaultValue("full")]
        public string Protocol { get; init; } = "full";

        /// <summary>Validation rows count in training.</summary>
        [CommandOption("--with-validation")]
        [Description("Count the validation rows in training too. The history that ranks the test row always includes them.")]
        public bool WithValidation { get; init; }

        /// <summary>Fixed options.</summary>
        [CommandOption("--no-search")]
        [Description("Train with the default options instead of choosing them on validation.")]
        public bool NoSearch { get; init; }

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of sampled negatives.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <summary>Threads of LibTorch.</summary>
        [CommandOption("--threads <N>")]
        [Description("Threads of LibTorch (ease). All else is bit-identical at any number.")]
        [DefaultValue(2)]
        public int Threads { get; init; } = 2;

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description("text or json.")]
        [DefaultValue("text")]
        public string Format { get; init; } = "text";

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Data.Length == 0 ? ValidationResult.Error("--data FILE is missing: name a \"one user a line\" file.")
            : Format is not ("text" or "json") ? ValidationResult.Error($"--format {Format} is unknown; write text or json.")
            : Negatives(Protocol) < 0 ? ValidationResult.Error($"--protocol {Protocol} is unknown; write full or sampled:99.")
            : Models.Trim(',', ' ').Length == 0 ? ValidationResult.Error("--models names none; write for example popularity,cooccurrence.")
            : Threads < 1 ? ValidationResult.Error("--threads counts from 1.")
            : ValidationResult.Success();

        /// <summary>0 for full, N for sampled:N, -1 where it is neither.</summary>
        public static int Negatives(string protocol) =>
            protocol == "full" ? 0
            : protocol.StartsWith("sampled:", StringComparison.Ordinal) && int.TryParse(protocol.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n
            : -1;
    }

    private sealed record Outcome(string Model, IReadOnlyDictionary<string, string> Options, RankingResult Result, double TrainSeconds, double PeakMib);

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var behaviour = SequenceFile.Read(settings.Data, settings.Products, cancellationToken);
        var names = ListOption.Of(settings.Models).Distinct(StringComparer.Ordinal).ToArray();
        var judged = JudgedCases.From(behaviour, SplitPart.Test).Count;
        if (judged == 0)
            throw new WorkspaceException($"{settings.Data}: nobody can be judged. Leave-one-out needs shoppers with three products or more, the last of them new to the shopper.");
        foreach (var name in names)
        {
            if (!ModelTraining.Names.Contains(name))
                throw new UsageException($"There is no recommender \"{name}\"; known: {string.Join(", ", ModelTraining.Names)}.");
        }

        var outcomes = new List<Outcome>();
        using (var progress = new ErrorLineProgress())
        {
            foreach (var name in names) outcomes.Add(await Task.Run(() => Run(name, behaviour, settings, progress, cancellationToken), cancellationToken).ConfigureAwait(false));
        }

        if (settings.Format == "json") Console.Out.WriteLine(ToJson(outcomes, settings).ToJsonString(StageJson.Options));
        else Print(outcomes, behaviour, settings);
        return ExitCodes.Done;
    }

    private static Outcome Run(string name, Behaviour behaviour, Settings settings, ErrorLineProgress progress, CancellationToken cancellation)
    {
        var training = TrainingHistories.From(behaviour);
        if (ModelTraining.NotApplicable(name, training) is { } reason)
            throw new OptionException($"{name} cannot be judged on this file: {reason}. Leave it out of --models{(name == "content" ? ", or give --products FILE" : "")}.");
        var options = settings.NoSearch ? ModelTraining.Grid(name)[0] : Choose(name, behaviour, training, settings, progress, cancellation);
        var histories = settings.WithValidation ? TrainingHistories.From(behaviour, true) : training;
        var folder = Directory.CreateTempSubdirectory("touchstone-").FullName;
        try
        {
            var (seconds, peak) = ModelTraining.TrainInto(name, histories, options, settings.Threads, folder, cancellation);
            var model = RecommenderFolder.Load(folder);
            progress.Say($"{name}: ranking the test rows");
            var result = new RankingJudge(TimeProvider.System).Judge(
                model, JudgedCases.From(behaviour, SplitPart.Test), ProtocolOf(settings, "test"), TrainingAudience.From(histories), null, cancellation);
            return new Outcome(name, options, result, seconds, peak);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>The option set with the best NDCG@10 on validation, ties to the earlier. Never sees a test row.</summary>
    private static IReadOnlyDictionary<string, string> Choose(string name, Behaviour behaviour, TrainingHistories training, Settings settings, ErrorLineProgress progress, CancellationToken cancellation)
    {
        // Popularity's options are about times, and sequences have none.
        var grid = name == TrainStage.FirstChampion ? [ModelTraining.Grid(name)[0]] : ModelTraining.Grid(name);
        if (grid.Count == 1) return grid[0];
        var cases = JudgedCases.From(behaviour, SplitPart.Validation);
        var audience = TrainingAudience.From(training);
        var (best, bestValue) = (grid[0], double.NegativeInfinity);
        for (var i = 0; i < grid.Count; i++)
        {
            progress.Say(string.Create(CultureInfo.InvariantCulture, $"{name}: option set {i + 1} of {grid.Count} on validation"));
            var folder = Directory.CreateTempSubdirectory("touchstone-").FullName;
            try
            {
                ModelTraining.TrainInto(name, training, grid[i], settings.Threads, folder, cancellation);
                var result = new RankingJudge(TimeProvider.System).Judge(
                    RecommenderFolder.Load(folder), cases, ProtocolOf(settings, "validation"), audience, null, cancellation);
                if (result.Figure("ndcg@10") <= bestValue) continue;
                (best, bestValue) = (grid[i], result.Figure("ndcg@10"));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        return best;
    }

    private static RankingProtocol ProtocolOf(Settings settings, string part) => new()
    {
        Split = "leave-one-out, " + part,
        SampledNegatives = Settings.Negatives(settings.Protocol),
        Seed = new Seed(settings.Seed),
    };

    private static JsonObject ToJson(List<Outcome> outcomes, Settings settings)
    {
        var results = new JsonArray();
        foreach (var outcome in outcomes)
        {
            var entry = new JsonObject
            {
                ["model"] = outcome.Model,
                ["split"] = "leave-one-out",
                ["protocol"] = settings.Protocol,
                ["with_validation"] = settings.WithValidation,
                ["seed"] = settings.Seed,
                ["shoppers"] = outcome.Result.Count,
            };
            foreach (var figure in outcome.Result.Figures)
            {
                if (figure.Metric.StartsWith("hr", StringComparison.Ordinal) || figure.Metric.StartsWith("ndcg", StringComparison.Ordinal)
                    || figure.Metric is "mrr" || figure.Metric.StartsWith("coverage", StringComparison.Ordinal) || figure.Metric.StartsWith("novelty", StringComparison.Ordinal))
                    entry[figure.Metric] = double.IsNaN(figure.Value) ? null : figure.Value;
            }

            entry["tied_shoppers"] = outcome.Result.TiedCount;
            entry["train_seconds"] = outcome.TrainSeconds;
            entry["peak_memory_mib"] = double.IsNaN(outcome.PeakMib) ? null : outcome.PeakMib;
            entry["rank_ms_per_shopper"] = outcome.Result.RankMilliseconds.Mean;
            entry["options"] = new JsonObject(outcome.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
            results.Add((JsonNode)entry);
        }

        return new JsonObject { ["format"] = "touchstone.benchmark-sequences/1", ["results"] = results };
    }

    private static void Print(List<Outcome> outcomes, Behaviour behaviour, Settings settings)
    {
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{Markup.Escape(Path.GetFileName(settings.Data))}[/]: {behaviour.Units.Length:#,##0} shoppers ({outcomes[0].Result.Count:#,##0} judged), {behaviour.Products.Count:#,##0} products, {behaviour.Count:#,##0} rows"));
        AnsiConsole.MarkupLine(Markup.Escape($"{outcomes[0].Result.Protocol.Description}; trained on {(settings.WithValidation ? "training and validation" : "training")} rows; options {(settings.NoSearch ? "default" : "chosen by NDCG@10 on validation")}"));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("model");
        string[] metrics = ["hr@5", "ndcg@5", "hr@10", "ndcg@10", "hr@20", "ndcg@20", "mrr", "coverage@10"];
        foreach (var metric in metrics) table.AddColumn(new TableColumn(metric).RightAligned());
        foreach (var cost in (string[])["train s", "peak MiB", "rank ms", "tied"]) table.AddColumn(new TableColumn(cost).RightAligned());
        foreach (var outcome in outcomes)
        {
            string[] cells =
            [
                outcome.Model,
                .. metrics.Select(metric => outcome.Result.Figure(metric).ToString(".0000", CultureInfo.InvariantCulture)),
                outcome.TrainSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                outcome.PeakMib.ToString("0", CultureInfo.InvariantCulture),
                outcome.Result.RankMilliseconds.Mean.ToString("0.000", CultureInfo.InvariantCulture),
                outcome.Result.TiedCount.ToString(CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
        foreach (var outcome in outcomes.Where(outcome => outcome.Options.Count > 0))
            AnsiConsole.MarkupLine("[grey]" + Markup.Escape($"{outcome.Model}: {string.Join(", ", outcome.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + " " + pair.Value))}") + "[/]");
    }
}
