using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Learning.FineTuning;
using Touchstone.Models.Registry;
using Touchstone.Recommendation;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Ranks all products for each judged shopper with each registered model: on validation (which chooses the challenger) and on test
/// (which is reported). Keeps the values of each shopper.
/// </summary>
internal sealed class EvaluateStage : IStage
{
    public string Name => "evaluate";

    public int Version => 3;

    public string Options(ShopConfiguration shop) => CanonicalJson.Of(shop.Evaluate);

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) => NoEvents.Reason(context.Shop) is { } reason ? reason
        : JudgedCases.From(BehaviourReader.Read(context.Workspace.Stage("clean")), SplitPart.Test).Count == 0
            ? "no shopper has a judged product that is new to them: more history is needed" : null;

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static List<string> Run(StageContext context, CancellationToken cancellation)
    {
        var behaviour = BehaviourReader.Read(context.Workspace.Stage("clean"));
        var summary = SplitWords.Read(context.Workspace);
        var test = JudgedCases.From(behaviour, SplitPart.Test);
        var validation = JudgedCases.From(behaviour, SplitPart.Validation);
        LeakageDetector.CheckCases(behaviour, validation, SplitPart.Validation);
        LeakageDetector.CheckCases(behaviour, test, SplitPart.Test);
        var audience = TrainingAudience.From(TrainingHistories.From(behaviour));
        var registry = new ModelRegistry(context.Workspace.Models, context.Time);
        StageJson.Write(Path.Combine(context.Output, "units.json"), test.Units);
        var models = TrainedModel.ReadAll(context.Workspace).Where(model => model.Version is not null).ToList();
        var judge = new RankingJudge(context.Time);
        for (var i = 0; i < models.Count; i++)
        {
            var model = models[i];
            var path = PathOf(context.Output, model.Name);
            if (File.Exists(path)) continue;
            var recommender = RecommenderFolder.Load(registry.Open(model.Name, model.Version ?? "").Folder);
            var at = i;
            var progress = new CaseProgress(done => context.Progress.Report(
                0.7 * (at + ((double)done / (test.Count + validation.Count))) / models.Count, model.Name));
            if (validation.Count > 0)
            {
                var onValidation = judge.Judge(recommender, validation, ProtocolOf(context, summary, "validation"), audience, progress, cancellation);
                StageJson.Write(ValidationPathOf(context.Output, model.Name), onValidation.Figures);
            }

            RankingResultFile.Write(path, judge.Judge(recommender, test, ProtocolOf(context, summary, "test"), audience, progress, cancellation));
        }

        List<string> notes = test.RepeatCount == 0 ? [] :
            [$"{test.RepeatCount} judged rows were of products that the shopper already had: repeats are not asked for, and are counted apart"];
        if (DeployedModel.Open(context.Workspace, registry, ClassifierOptions.TaskName) is not { } classifier) return notes;
        var file = PurchaseJudgement.PathOf(context.Output);
        var judgement = StageJson.ReadIfThere<PurchaseJudgement>(file)
            ?? PurchaseJudge.Judge(classifier.Folder, behaviour, FirstStage(context.Output, models, test.Units), context, cancellation);
        StageJson.Write(file, judgement);
        notes.AddRange(judgement.Sentences());
        return notes;
    }

    // The best by NDCG@10 on validation: what a second stage would stand behind.
    private static RankingResult? FirstStage(string folder, List<TrainedModel> models, string[] units)
    {
        var best = models.Select(model => (model.Name, Figures: StageJson.ReadIfThere<List<NamedFigure>>(ValidationPathOf(folder, model.Name))))
            .Select(model => (model.Name, Ndcg: model.Figures?.Find(figure => figure.Metric == "ndcg@10")?.Value ?? double.NaN))
            .Where(model => !double.IsNaN(model.Ndcg)).OrderByDescending(model => model.Ndcg).Select(model => model.Name).FirstOrDefault();
        return best is null ? null : RankingResultFile.Read(PathOf(folder, best), units);
    }

    /// <summary>File of a model's result on test.</summary>
    public static string PathOf(string folder, string model) => Path.Combine(folder, model + ".safetensors");

    /// <summary>File of a model's figures on validation.</summary>
    public static string ValidationPathOf(string folder, string model) => Path.Combine(folder, model + ".validation.json");

    private static RankingProtocol ProtocolOf(StageContext context, SplitSummary summary, string part) => new()
    {
        Split = $"{SplitWords.Of(summary.Method)}, {part}",
        CutOffs = [.. context.Shop.Evaluate.CutOffs.Append(context.Shop.Evaluate.MoneyAt).Append(10).Distinct().Order()],
        Seed = context.Seed,
    };

    private sealed class CaseProgress(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
