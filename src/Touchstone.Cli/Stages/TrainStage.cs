using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Learning.FineTuning;
using Touchstone.Models.Cards;
using Touchstone.Models.Onnx;
using Touchstone.Models.Registry;

namespace Touchstone.Cli.Stages;

/// <summary>Trains each model of shop.yaml on training rows and registers it; a killed run goes on at the first model that is missing.</summary>
internal sealed class TrainStage : IStage
{
    /// <summary>Every workspace's first champion: it is trained whether shop.yaml names it or not.</summary>
    public const string FirstChampion = "popularity";

    /// <summary>Name of the stage.</summary>
    public const string StageName = "train";

    public string Name => StageName;

    public int Version => 1;

    public string Options(ShopConfiguration shop) => CanonicalJson.Of(shop.Models) + $" threads {shop.Threads}";

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) => NoEvents.Reason(context.Shop);

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static List<string> Run(StageContext context, CancellationToken cancellation)
    {
        var behaviour = BehaviourReader.Read(context.Workspace.Stage("clean"));
        var histories = TrainingHistories.From(behaviour);
        if (histories.UnitCount == 0)
            throw new WorkspaceException($"There are no training rows: {behaviour.Count} rows of {behaviour.Units.Length} shoppers were kept, and the split left none to learn from. See the cleaning account in {Path.Combine(context.Workspace.Stage("clean"), "account.json")}.");
        LeakageDetector.CheckHistories(behaviour, histories);
        var data = StageManifest.Read(context.Workspace.Stage("clean"))?.OutputHash ?? "";
        var registry = new ModelRegistry(context.Workspace.Models, context.Time);
        var models = ModelsOf(context.Shop);
        using var encoder = DeployedModel.Open(context.Workspace, registry, ContrastiveOptions.TaskName) is { } deployed
            ? TextEncoder.Load(deployed.Folder, ModelPrecision.Single, context.Shop.Threads) : null;
        var trained = new List<TrainedModel>();
        var notes = new List<string>();
        for (var i = 0; i < models.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var model = models[i];
            context.Progress.Report((double)i / models.Count, model.Name);
            var done = Path.Combine(context.Output, model.Name + ".json");
            var entry = TrainedModel.Read(done) ?? Train(model, histories, encoder, data, registry, context, cancellation);
            StageJson.Write(done, entry);
            trained.Add(entry);
            if (entry.NotApplicable is { } reason) notes.Add($"{entry.Name} is not applicable: {reason}");
        }

        foreach (var entry in trained) File.Delete(Path.Combine(context.Output, entry.Name + ".json"));
        StageJson.Write(Path.Combine(context.Output, "models.json"), trained);
        // The first champion needs no verdict, so neither does what it has learned since; any other champion keeps the version that earned it.
        if (registry.Aliases().GetValueOrDefault(ModelRegistry.Champion) is null or { Name: FirstChampion }
            && trained.FirstOrDefault(entry => entry.Name == FirstChampion)?.Version is { } version)
            registry.SetAlias(ModelRegistry.Champion, FirstChampion, version);
        return notes;
    }

    /// <summary>The models of shop.yaml that are on, popularity first where it is not named.</summary>
    public static IReadOnlyList<OptionSet> ModelsOf(ShopConfiguration shop)
    {
        foreach (var model in shop.Models)
        {
            if (!ModelTraining.Names.Contains(model.Name)) throw model.Unknown("model", [.. ModelTraining.Names]);
            ModelTraining.CheckOptions(model.Name, model.Values);
        }

        var models = shop.Models.Where(model => model.IsEnabled).ToList();
        return models.Exists(model => model.Name == FirstChampion) ? models : [new OptionSet { Name = FirstChampion }, .. models];
    }

    private static TrainedModel Train(
        OptionSet model, TrainingHistories histories, TextEncoder? encoder, string data, ModelRegistry registry, StageContext context, CancellationToken cancellation)
    {
        if (ModelTraining.NotApplicable(model.Name, histories, encoder) is { } reason)
            return new TrainedModel { Name = model.Name, NotApplicable = reason };
        var scratch = Path.Combine(context.Output, "." + model.Name);
        if (Directory.Exists(scratch)) Directory.Delete(scratch, true);
        var (seconds, peak) = ModelTraining.TrainInto(model.Name, histories, model.Values, context.Shop.Threads, scratch, cancellation, encoder);
        var bytes = new DirectoryInfo(scratch).EnumerateFiles().Sum(file => file.Length);
        var card = new ModelCard
        {
            ModelType = model.Name,
            DataHash = data,
            Options = new SortedDictionary<string, string>(model.Values.ToDictionary(), StringComparer.Ordinal),
            Seed = context.Shop.Seed,
            Threads = context.Shop.Threads,
            TrainingRows = histories.ProductIndexes.Length,
            TrainSeconds = seconds,
            PeakMemoryMib = peak,
        };
        var version = registry.Register(model.Name, folder => MoveFiles(scratch, folder), card);
        Directory.Delete(scratch, true);
        return new TrainedModel { Name = model.Name, Version = version.Version, TrainSeconds = seconds, PeakMemoryMib = peak, Bytes = bytes };
    }

    private static void MoveFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from)) File.Move(file, Path.Combine(to, Path.GetFileName(file)), true);
    }
}
