using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Learning.FineTuning;

namespace Touchstone.Cli.Stages;

/// <summary>Fine-tunes the language model for its two tasks: the text encoder and the purchase classifier; a killed run goes on where it was.</summary>
internal sealed class FinetuneStage : IStage
{
    /// <summary>Name of the stage.</summary>
    public const string StageName = "finetune";

    /// <summary>The tasks, in their order.</summary>
    public static IReadOnlyList<string> Tasks { get; } = [ContrastiveOptions.TaskName, ClassifierOptions.TaskName];

    public string Name => StageName;

    public int Version => 1;

    public string Options(ShopConfiguration shop) => CanonicalJson.Of(shop.Finetune) + $" threads {shop.Threads}";

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) =>
        LanguageTexts.NotApplicable(context) ?? NoEvents.Reason(context.Shop)
        ?? (Tasks.Any(task => context.Shop.FinetuneTask(task).IsEnabled) ? null : $"{context.Shop.FileName} switches every task of finetune off");

    /// <summary>What a task left, or null where it was switched off.</summary>
    public static FineTuningResult? ReadResult(string stageFolder, string task) => StageJson.ReadIfThere<FineTuningResult>(Path.Combine(stageFolder, task + ".json"));

    /// <summary>The folder of a task's model.</summary>
    public static string ModelFolder(string stageFolder, string task) => Path.Combine(stageFolder, task);

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static List<string> Run(StageContext context, CancellationToken cancellation)
    {
        var clean = context.Workspace.Stage("clean");
        var (texts, histories) = LanguageTexts.Read(context);
        if (histories is null) throw new WorkspaceException("There are no training rows to fine-tune on; see the cleaning account, or say `finetune: {text-encoder: false, purchase-classifier: false}`.");
        var hash = (StageManifest.Read(clean)?.OutputHash ?? "") + (StageManifest.Read(context.Workspace.Stage(PretrainStage.StageName))?.OutputHash ?? "");
        List<string> notes = [];
        for (var i = 0; i < Tasks.Count; i++)
        {
            var task = Tasks[i];
            var settings = context.Shop.FinetuneTask(task);
            if (!settings.IsEnabled)
            {
                notes.Add($"{task} is switched off");
                continue;
            }

            var done = ReadResult(context.Output, task);
            var bar = new TrainingProgressBar(context.Progress, task, (double)i / Tasks.Count, (i + 1.0) / Tasks.Count);
            var job = Job(context, task, hash);
            var result = done ?? (task == ContrastiveOptions.TaskName
                ? TextEncoderTrainer.Run(Pairs(settings), ContrastiveOptions.FromOptions(settings.Values), job, bar, cancellation)
                : PurchaseClassifierTrainer.Run(histories, texts.Texts, ClassifierOptions.FromOptions(settings.Values), job, Judge, bar, cancellation));
            StageJson.Write(Path.Combine(context.Output, task + ".json"), result with { TokensASecond = 0 });
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{task}: {result.PairCount:#,##0} pairs, {result.Steps:#,##0} steps{(result.TokensASecond > 0 ? $" at {result.TokensASecond:#,##0} tokens a second" : "")}{string.Concat(result.HeldOut.Select(figure => $", {figure.Key} {figure.Value:0.000}"))}"));
        }

        return notes;

        TextPairs Pairs(OptionSet settings) =>
            TextPairs.Of(texts, histories, QueryClicks.Read(clean, histories.Products), ContrastiveOptions.FromOptions(settings.Values).Window);
    }

    private static FineTuningJob Job(StageContext context, string task, string hash) => new()
    {
        // The classifier begins where the encoder ended, if there is one: it knows already which texts belong together.
        BaseFolder = task == ClassifierOptions.TaskName && Directory.Exists(ModelFolder(context.Output, ContrastiveOptions.TaskName))
            ? ModelFolder(context.Output, ContrastiveOptions.TaskName)
            : PretrainStage.ModelFolder(context.Workspace.Stage(PretrainStage.StageName)),
        OutputFolder = ModelFolder(context.Output, task),
        CheckpointFolder = Path.Combine(context.Output, "unfinished-" + task),
        CurvesFolder = context.Workspace.Curves(task),
        Seed = context.Seed,
        Threads = context.Shop.Threads,
        DataHash = hash,
    };

    private static SortedDictionary<string, double> Judge(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> labels) => new(StringComparer.Ordinal)
    {
        ["auc"] = BinaryMetrics.Auc(probabilities, labels),
        ["precision"] = BinaryMetrics.Precision(probabilities, labels),
        ["recall"] = BinaryMetrics.Recall(probabilities, labels),
    };
}
