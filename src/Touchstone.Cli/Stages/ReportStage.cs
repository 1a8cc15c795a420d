using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Stages;

/// <summary>Writes the report: one self-contained HTML file, the verdict on top.</summary>
internal sealed class ReportStage : IStage
{
    private static readonly string[] Before = ["ingest", "clean", "pretrain", "finetune", "deploy", "train", "index", "evaluate", "verdict"];

    public string Name => "report";

    public int Version => 2;

    public string Options(ShopConfiguration shop) => CanonicalJson.Of(shop.Shop) + shop.Locale;

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) => null;

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static string[] Run(StageContext context, CancellationToken cancellation)
    {
        // The stage's copy stands alone; the workspace's leads to the evidence beside it.
        var report = RunReport.Compose(Evidence(context));
        File.WriteAllText(Path.Combine(context.Output, "report.html"), HtmlRenderer.Render(report));
        StageJson.WriteText(context.Workspace.Report, HtmlRenderer.Render(report with { Pages = [new("run", null), new("evidence", EvidencePages.FromReport)] }));
        EvidencePages.List(context.Workspace);
        return ShopIndicators.Keep(context, cancellation) is { } reason ? [$"no page of indicators: {reason}"] : [];
    }

    private static RunEvidence Evidence(StageContext context)
    {
        var workspace = context.Workspace;
        var manifests = Before.Select(stage => StageManifest.Read(workspace.Stage(stage))).OfType<StageManifest>().ToList();
        var hasEvents = NoEvents.Reason(context.Shop) is null;
        var verdict = VerdictFile.Read(workspace);
        var models = verdict is null ? [] : JudgedModel.ReadAll(workspace);
        var challenger = models.FirstOrDefault(model => model.Result.Model == verdict?.Judged?.Verdict.Challenger);
        List<NotApplicable> missing =
        [
            .. manifests.Where(manifest => manifest.NotApplicable is not null).Select(manifest => new NotApplicable(manifest.Stage, manifest.NotApplicable ?? "")),
            .. hasEvents ? TrainedModel.ReadAll(workspace).Where(model => model.NotApplicable is not null).Select(model => new NotApplicable(model.Name, model.NotApplicable ?? "")) : [],
            .. hasEvents ? SplitWords.Read(workspace).NotApplicable.Select(part => new NotApplicable($"split by {SplitWords.Of(part.Method)}", part.Reason)) : [],
        ];
        if (verdict?.Judged?.Verdict.NoMoneyReason is { } noMoney) missing.Add(new NotApplicable("money", noMoney));
        return new RunEvidence
        {
            Shop = context.Shop.Shop,
            Facts = Facts(context, manifests),
            Verdict = verdict?.Judged,
            NoVerdictReason = verdict?.NoVerdictReason ?? manifests.FirstOrDefault(manifest => manifest.Stage == "verdict")?.NotApplicable,
            Models = [.. models.Select(model => new ReportedModel
            {
                Result = model.Result,
                AgainstChampion = verdict?.Comparisons.FirstOrDefault(comparison => comparison.Challenger == model.Result.Model),
                TrainSeconds = model.Trained.TrainSeconds,
                PeakMemoryMiB = model.Trained.PeakMemoryMib,
                SizeMiB = model.Trained.Bytes / 1048576.0,
            })],
            Champion = verdict?.Champion ?? TrainStage.FirstChampion,
            Currency = verdict?.Currency ?? context.Shop.Currency,
            Cleaning = CleaningReport.Read(workspace, context.Shop.Currency),
            Slates = challenger is null ? []
                : SlateExamples.Pick(challenger.Result, JudgedCases.From(BehaviourReader.Read(workspace.Stage("clean")), SplitPart.Test), context.Seed),
            SlatesSentence = SlateExamples.Sentence,
            Warnings = [.. LeakWarnings.Read(workspace), .. manifests.SelectMany(manifest => manifest.Notes).Where(note => note.StartsWith(Pipeline.ThreadWarning, StringComparison.Ordinal))],
            Language = Language(workspace, manifests),
            NotApplicable = missing,
            Stages = [.. manifests.Select(manifest => new StageCost(manifest.Stage, manifest.DurationSeconds, manifest.PeakMemoryMib))],
            Manifest = Manifest(context, manifests, verdict),
            Command = $"touchstone run {context.Shop.FileName} --from train",
        };
    }

    private static LanguageEvidence? Language(Workspace workspace, List<StageManifest> manifests)
    {
        string[] stages = [PretrainStage.StageName, FinetuneStage.StageName, DeployStage.StageName];
        var judgement = PurchaseJudgement.Read(workspace);
        List<string> sentences = [.. manifests.Where(manifest => stages.Contains(manifest.Stage)).SelectMany(manifest => manifest.Notes), .. judgement?.RerankSentence() ?? []];
        return sentences.Count == 0 ? null
            : new LanguageEvidence(sentences, [.. (judgement?.Aucs ?? []).Select(auc => new ReportedScorer(auc.Scorer, auc.Auc, auc.ClassifierAhead))]);
    }

    private static List<string> Facts(StageContext context, List<StageManifest> manifests)
    {
        List<string> facts = [];
        if (manifests.FirstOrDefault(manifest => manifest.Stage == "evaluate") is { } evaluated) facts.Add("run " + evaluated.Key[..6]);
        if (NoEvents.Reason(context.Shop) is null && BehaviourReader.Read(context.Workspace.Stage("clean")).OccurredAtMs is { Length: > 0 } times)
        {
            var (first, last) = (DateTimeOffset.FromUnixTimeMilliseconds(times.Min()), DateTimeOffset.FromUnixTimeMilliseconds(times.Max()));
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{first:d MMM yyyy} – {last:d MMM yyyy}"));
        }

        facts.Add(string.Create(CultureInfo.InvariantCulture, $"seed {context.Shop.Seed}"));
        return facts;
    }

    private static List<KeyValuePair<string, string>> Manifest(StageContext context, List<StageManifest> manifests, VerdictFile? verdict)
    {
        List<KeyValuePair<string, string>> entries =
        [
            new("seed", context.Shop.Seed.ToString(CultureInfo.InvariantCulture)),
            new("threads of LibTorch", context.Shop.Threads.ToString(CultureInfo.InvariantCulture)),
        ];
        if (verdict?.ChosenBy is { Length: > 0 } chosen) entries.Add(new("challenger", chosen));
        if (manifests.Count == 0) return entries;
        foreach (var (name, version) in manifests[^1].Versions) entries.Add(new(name, version));
        foreach (var (name, hash) in manifests[0].Inputs) entries.Add(new(name, "sha256 " + hash));
        foreach (var manifest in manifests) entries.Add(new($"options of {manifest.Stage}", manifest.Options));
        return entries;
    }
}
