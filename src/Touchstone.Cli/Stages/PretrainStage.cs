using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Learning.Pretraining;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;

namespace Touchstone.Cli.Stages;

/// <summary>Trains a vocabulary and a language model on the shop's texts and on what shoppers took after what; a killed run goes on where it was.</summary>
internal sealed class PretrainStage : IStage
{
    /// <summary>Name of the stage.</summary>
    public const string StageName = "pretrain";

    /// <summary>What <c>from:</c> says for the encoder that comes with the program.</summary>
    public const string MiniLm = "minilm";

    public string Name => StageName;

    public int Version => 1;

    public string Options(ShopConfiguration shop) => CanonicalJson.Of(shop.Pretrain) + $" threads {shop.Threads}";

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) => LanguageTexts.NotApplicable(context);

    /// <summary>The model that the stage left.</summary>
    public static string ModelFolder(string stageFolder) => Path.Combine(stageFolder, "model");

    /// <summary>Figures that the stage left, or null where it was not applicable.</summary>
    public static PretrainingResult? ReadResult(Workspace workspace) => StageJson.ReadIfThere<PretrainingResult>(Path.Combine(workspace.Stage(StageName), "pretraining.json"));

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static string[] Run(StageContext context, CancellationToken cancellation)
    {
        var options = PretrainingOptions.FromOptions(context.Shop.Pretrain.Values);
        var (texts, histories) = LanguageTexts.Read(context);
        var corpus = PretrainingCorpus.Of(texts, histories, options.HeldOutRate, context.Seed);
        var continued = ContinuedFolder(options.From, context);
        context.Progress.Report(0.01, "vocabulary");
        var vocabulary = continued is null
            ? VocabularyTrainer.Train(corpus.TrainingTexts, new VocabularyOptions { Size = options.VocabularySize }, null, cancellation)
            : WordPieceVocabulary.Read(continued);
        var result = Pretrainer.Run(
            new PretrainingJob
            {
                Corpus = corpus,
                Vocabulary = vocabulary,
                Options = options,
                ContinuedFolder = continued,
                Seed = context.Seed,
                Threads = context.Shop.Threads,
                OutputFolder = ModelFolder(context.Output),
                CheckpointFolder = Path.Combine(context.Output, "unfinished"),
                CurvesFolder = context.Workspace.Curves(StageName),
            },
            new TrainingProgressBar(context.Progress, "pretraining", 0.02, 1), cancellation);
        if (continued is not null && Directory.Exists(Path.Combine(context.Output, "from"))) Directory.Delete(Path.Combine(context.Output, "from"), true);
        // The rate is this machine's, of this hour: in the notes, not in what later stages are keyed by.
        StageJson.Write(Path.Combine(context.Output, "pretraining.json"), result with { TokensASecond = 0 });
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{result.ParameterCount:#,##0} parameters, {vocabulary.Count:#,##0} tokens of vocabulary; {result.Steps:#,##0} steps over {result.Tokens:#,##0} tokens at {result.TokensASecond:#,##0} a second"),
            string.Create(CultureInfo.InvariantCulture, $"masked tokens of held-out products: perplexity {result.Perplexity:0.0} (token frequencies alone {result.UnigramPerplexity:0.0}); next product told from another: {(double.IsNaN(result.NextSentenceAccuracy) ? "no behaviour" : result.NextSentenceAccuracy.ToString("0.0 %", CultureInfo.InvariantCulture))}"),
        ];
    }

    private static string? ContinuedFolder(string from, StageContext context)
    {
        if (from.Length == 0) return null;
        if (from != MiniLm) return context.Shop.Resolve(from);
        var folder = Path.Combine(context.Output, "from");
        using var model = EncoderCarriers.OpenMiniLmModel();
        using var words = EncoderCarriers.OpenMiniLmVocabulary();
        PretrainedEncoders.ImportMiniLm(model, words, folder);
        return folder;
    }
}
