using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Learning.FineTuning;
using Touchstone.Learning.Pretraining;
using Touchstone.Models.Features;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;
using Touchstone.Recommendation.Content;
using Touchstone.Recommendation.Meaning;
using Touchstone.Recommendation.Popularity;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone benchmark cold</c>: products that came after training, found by meaning and by what else there is.</summary>
internal sealed class BenchmarkColdCommand : AsyncCommand<BenchmarkColdCommand.Settings>
{
    private const int CutOff = 10;

    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorkspaceSettings
    {
        /// <summary>Configuration.</summary>
        [CommandArgument(0, "[SHOP_YAML]")]
        [Description("The shop's configuration. Default: shop.yaml in this folder. Files are read and cleaned where the workspace does not hold them yet.")]
        public string ShopYaml { get; init; } = "shop.yaml";

        /// <summary>Share.</summary>
        [CommandOption("--share <SHARE>")]
        [Description("Share of the products that training does not see, 0.01 to 0.5.")]
        [DefaultValue(0.1)]
        public double Share { get; init; } = 0.1;

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description("text or json.")]
        [DefaultValue("text")]
        public string Format { get; init; } = "text";

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Share is < 0.01 or > 0.5 ? ValidationResult.Error("--share must lie between 0.01 and 0.5.")
            : Format is not ("text" or "json") ? ValidationResult.Error($"--format \"{Format}\" is unknown; write text or json.")
            : ValidationResult.Success();
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var shop = ShopConfiguration.Load(settings.ShopYaml);
        var workspace = new Workspace(WorkspaceLayout.FolderOf(shop, settings.Workspace));
        LanguageOptions.Check(shop);
        var view = new ConsoleRunView(settings.Format == "json" ? ErrorConsole.Open() : AnsiConsole.Console);
        using (workspace.Take())
        {
            await new Pipeline(shop, workspace, TimeProvider.System, view).RunAsync("ingest", "clean", cancellationToken).ConfigureAwait(false);
            var progress = view.Begin("cold");
            var figures = await Task.Run(() => Measure(shop, workspace, settings.Share, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
            view.ClearBar();
            if (settings.Format == "json") Console.Out.WriteLine(figures.ToJson(settings.Share, shop.Seed).ToJsonString(StageJson.Options));
            else figures.Print(AnsiConsole.Console, settings.Share, shop.Seed);
        }

        return ExitCodes.Done;
    }

    private static ColdFigures Measure(ShopConfiguration shop, Workspace workspace, double share, IStageProgress progress, CancellationToken cancellation)
    {
        var behaviour = BehaviourReader.Read(workspace.Stage("clean"));
        var scenario = ColdScenario.Of(TrainingHistories.From(behaviour), share, new Seed(shop.Seed));
        var cases = JudgedCases.From(behaviour, SplitPart.Test).AskingFor(scenario.IsCold);
        if (cases.Count == 0) throw new WorkspaceException($"No judged purchase is of one of the {scenario.Count} cold products; try a larger --share.");
        var folder = Path.Combine(workspace.Folder, "benchmarks", "cold");
        var encoderFolder = Train(shop, scenario, folder, progress, cancellation);
        var minilm = Path.Combine(folder, "minilm");
        if (!File.Exists(Path.Combine(minilm, "model.onnx"))) ImportMiniLm(minilm);
        var audience = TrainingAudience.From(scenario.Histories);
        var judge = new RankingJudge(TimeProvider.System) { Threads = shop.Threads };
        var protocol = new RankingProtocol { Split = "cold", CutOffs = [CutOff], Seed = new Seed(shop.Seed) };
        IReadOnlyList<(string Name, IRecommender Model)> models =
        [
            ("meaning", ByMeaning(encoderFolder, ModelPrecision.Single)),
            ("meaning int8", ByMeaning(encoderFolder, ModelPrecision.Int8)),
            ("minilm, untouched", ByMeaning(minilm, ModelPrecision.Single)),
            ("tf-idf", ContentRecommender.Fit(scenario.Histories, new ContentOptions { PopularityWeight = 0 }, cancellation)),
            ("popularity", PopularityRecommender.Fit(scenario.Histories, new PopularityOptions(), cancellation)),
            ("random", new RandomRecommender(behaviour.Products.Ids, new Seed(shop.Seed))),
        ];
        double[][] Recalls(Func<IRecommender, IRecommender> ask) =>
            [.. models.Select(model => judge.Judge(ask(model.Model), cases, protocol, audience, null, cancellation).Recalls[0])];
        var options = new BootstrapOptions { Replicates = 2000, Seed = new Seed(shop.Seed), Threads = shop.Threads };
        progress.Report(0.97, "judging");
        return new ColdFigures
        {
            ColdProducts = scenario.Count,
            Products = behaviour.Products.Count,
            Cases = cases.Count,
            AmongAll = ColdFigures.Compare(models, Recalls(model => model), options, cancellation),
            AmongCold = ColdFigures.Compare(models, Recalls(model => new AmongCold(model, scenario.IsCold)), options, cancellation),
        };

        MeaningRecommender ByMeaning(string model, ModelPrecision precision)
        {
            using var encoder = TextEncoder.Load(model, precision, shop.Threads);
            var vectors = MeaningVectors.Of(behaviour.Products, encoder, cancellation);
            return MeaningRecommender.Fit(scenario.Histories, vectors.Vectors, vectors.Dimension, new MeaningOptions { PopularityWeight = 0 });
        }
    }

    private static void ImportMiniLm(string folder)
    {
        using var model = EncoderCarriers.OpenMiniLmModel();
        using var words = EncoderCarriers.OpenMiniLmVocabulary();
        var imported = folder + ".import";
        PretrainedEncoders.ImportMiniLm(model, words, imported);
        DeployStage.Export(imported, folder, ContrastiveOptions.TaskName);
        Directory.Delete(imported, true);
    }

    // Pretraining and fine-tuning as a run does them, on what the scenario lets training see. Queries are left out: they could name cold products.
    private static string Train(ShopConfiguration shop, ColdScenario scenario, string folder, IStageProgress progress, CancellationToken cancellation)
    {
        var options = PretrainingOptions.FromOptions(shop.Pretrain.Values);
        var contrast = ContrastiveOptions.FromOptions(shop.FinetuneTask(ContrastiveOptions.TaskName).Values);
        var texts = ProductTexts.Of(scenario.Seen, null);
        var corpus = PretrainingCorpus.Of(texts, scenario.Histories, options.HeldOutRate, new Seed(shop.Seed));
        var vocabulary = VocabularyTrainer.Train(corpus.TrainingTexts, new VocabularyOptions { Size = options.VocabularySize }, null, cancellation);
        var (pretrained, tuned, deployed) = (Path.Combine(folder, "pretrained"), Path.Combine(folder, "text-encoder"), Path.Combine(folder, "deployed"));
        Pretrainer.Run(
            new PretrainingJob
            {
                Corpus = corpus,
                Vocabulary = vocabulary,
                Options = options,
                Seed = new Seed(shop.Seed),
                Threads = shop.Threads,
                OutputFolder = pretrained,
                CheckpointFolder = Path.Combine(folder, "unfinished-pretraining"),
            },
            new TrainingProgressBar(progress, "pretraining", 0, 0.5), cancellation);
        TextEncoderTrainer.Run(
            TextPairs.Of(texts, scenario.Histories, [], contrast.Window), contrast,
            new FineTuningJob
            {
                BaseFolder = pretrained,
                OutputFolder = tuned,
                CheckpointFolder = Path.Combine(folder, "unfinished-text-encoder"),
                Seed = new Seed(shop.Seed),
                Threads = shop.Threads,
                DataHash = string.Create(CultureInfo.InvariantCulture, $"cold {scenario.Count} of {scenario.IsCold.Length}, {scenario.Histories.ProductIndexes.Length} rows"),
            },
            new TrainingProgressBar(progress, "text-encoder", 0.5, 0.95), cancellation);
        DeployStage.Export(tuned, deployed, ContrastiveOptions.TaskName);
        return deployed;
    }
}
