using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Learning.FineTuning;
using Touchstone.Models.Cards;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Registry;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Makes what a server runs of the fine-tuned networks: an ONNX graph, the same in int8, the price of int8 on the card; and registers them. It
/// registers and no more: what serves is the verdict's affair.
/// </summary>
internal sealed class DeployStage : IStage
{
    /// <summary>Name of the stage.</summary>
    public const string StageName = "deploy";

    public string Name => StageName;

    public int Version => 1;

    public string Options(ShopConfiguration shop) => $"threads {shop.Threads}";

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) =>
        StageManifest.Read(context.Workspace.Stage(FinetuneStage.StageName)) is { NotApplicable: null } ? null : "no network was fine-tuned";

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static List<string> Run(StageContext context, CancellationToken cancellation)
    {
        var finetuned = context.Workspace.Stage(FinetuneStage.StageName);
        var registry = new ModelRegistry(context.Workspace.Models, context.Time);
        var behaviour = BehaviourReader.Read(context.Workspace.Stage("clean"));
        List<DeployedModel> deployed = [];
        List<string> notes = [];
        foreach (var (i, task) in FinetuneStage.Tasks.Index())
        {
            if (FinetuneStage.ReadResult(finetuned, task) is not { } result) continue;
            cancellation.ThrowIfCancellationRequested();
            var from = FinetuneStage.ModelFolder(finetuned, task);
            context.Progress.Report((double)i / FinetuneStage.Tasks.Count, $"{task}: graphs");
            var scratch = Path.Combine(context.Output, "." + task);
            Export(from, scratch, task);
            var price = task == ContrastiveOptions.TaskName
                ? PriceMeter.OfEncoder(scratch, behaviour, context, cancellation)
                : PriceMeter.OfClassifier(scratch, behaviour, context, cancellation);
            var card = Card(context, task, result);
            var model = registry.Register(task, folder => MoveFiles(scratch, folder), card);
            Directory.Delete(scratch, true);
            registry.AddMetrics(task, model.Version, price.ToMetrics());
            registry.SetAlias(task, task, model.Version);
            deployed.Add(new DeployedModel(task, model.Version));
            notes.Add($"{task} {model.Version}: {price.ToSentence()}");
        }

        DeployedModel.WriteAll(context.Output, deployed);
        return notes;
    }

    /// <summary>Copies a network's folder and adds its graphs.</summary>
    internal static void Export(string from, string to, string task)
    {
        if (Directory.Exists(to)) Directory.Delete(to, true);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        var (configuration, weights) = (BertConfiguration.Read(to), Safetensors.Read(Path.Combine(to, BertWeights.FileName)));
        var single = Path.Combine(to, "model.onnx");
        if (task == ContrastiveOptions.TaskName) BertGraph.WriteEncoder(configuration, weights, single);
        else BertGraph.WriteClassifier(configuration, weights, single);
        GraphQuantiser.Quantise(single, Path.Combine(to, "model.int8.onnx"));
    }

    private static ModelCard Card(StageContext context, string task, FineTuningResult result)
    {
        var manifest = StageManifest.Read(context.Workspace.Stage(FinetuneStage.StageName));
        var pretraining = PretrainStage.ReadResult(context.Workspace);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in result.HeldOut) metrics["held_out/" + name] = value;
        if (pretraining is not null)
        {
            metrics["pretraining/perplexity"] = pretraining.Perplexity;
            metrics["pretraining/unigram_perplexity"] = pretraining.UnigramPerplexity;
        }

        var options = new SortedDictionary<string, string>(context.Shop.FinetuneTask(task).Values.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in context.Shop.Pretrain.Values) options["pretrain." + name] = value;
        return new ModelCard
        {
            ModelType = task,
            // Lineage: what clean facts and which pretrained network it came from.
            DataHash = StageManifest.Read(context.Workspace.Stage("clean"))?.OutputHash ?? "",
            Parent = manifest?.Inputs.GetValueOrDefault(PretrainStage.StageName) ?? "",
            Options = options,
            Seed = context.Shop.Seed,
            Threads = context.Shop.Threads,
            TrainingRows = result.PairCount,
            TrainSeconds = manifest?.DurationSeconds ?? 0,
            PeakMemoryMib = manifest?.PeakMemoryMib ?? double.NaN,
            Metrics = metrics,
        };
    }

    private static void MoveFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from)) File.Move(file, Path.Combine(to, Path.GetFileName(file)), true);
    }
}
