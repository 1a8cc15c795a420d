using System.Globalization;
using System.Text.Json;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Verdicts;
using Touchstone.Models.Registry;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Compares every model with the champion on the same shoppers, chooses the challenger by its validation figures (so that the test
/// interval needs no correction for the choice), and writes the verdict and a line of the ledger.
/// </summary>
internal sealed class VerdictStage : IStage
{
    public string Name => "verdict";

    // 2: the verdict names the versions that it judged.
    public int Version => 2;

    public string Options(ShopConfiguration shop) =>
        CanonicalJson.Of(shop.Money) + CanonicalJson.Of(shop.Guardrails) + CanonicalJson.Of(shop.Evaluate) + shop.Currency;

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) =>
        StageManifest.Read(context.Workspace.Stage("evaluate"))?.NotApplicable is { } reason ? $"nothing was evaluated: {reason}" : null;

    public async Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation)
    {
        var file = await Task.Run(() => Judge(context, cancellation), cancellation).ConfigureAwait(false);
        StageJson.Write(Path.Combine(context.Output, "verdict.json"), file);
        if (file.Judged?.Verdict is not { } verdict) return [file.NoVerdictReason ?? "no verdict"];
        AppendToLedger(context, verdict, cancellation);
        List<string> notes = [$"{Word(verdict.Decision)}: {verdict.Sentence}"];
        if (verdict.NoMoneyReason is { } reason) notes.Add($"no money verdict: {reason}");
        return notes;
    }

    /// <summary>The decision as people say it.</summary>
    public static string Word(Decision decision) => decision switch
    {
        Decision.Try => "try",
        Decision.Ship => "ship",
        Decision.Hold => "hold",
        Decision.RollBack => "roll back",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "Unknown decision."),
    };

    private static VerdictFile Judge(StageContext context, CancellationToken cancellation)
    {
        var shop = context.Shop;
        var models = JudgedModel.ReadAll(context.Workspace);
        var champion = Champion(models, context);
        var summary = SplitWords.Read(context.Workspace);
        var (money, noMoney) = MoneyTerms.For(shop, context.Workspace);
        var moneyAt = shop.Evaluate.MoneyAt;
        var deciding = money is not null && champion.Result.MarginsCaptured.Length > 0 ? Metric("margin", moneyAt) : Metric("ndcg", 10);
        string[] metrics = [.. new[] { Metric("margin", moneyAt), Metric("revenue", moneyAt), "ndcg@10", "hr@10", Metric("ndcg", moneyAt), Metric("recall", moneyAt), "mrr" }.Distinct()];
        var options = new BootstrapOptions { Replicates = shop.Evaluate.Bootstrap, Seed = context.Seed };
        var comparisons = new List<(JudgedModel Model, PairedComparison Comparison)>();
        for (var i = 0; i < models.Count; i++)
        {
            context.Progress.Report((double)i / models.Count, models[i].Result.Model);
            comparisons.Add((models[i], PairedComparison.Compare(models[i].Result, champion.Result, metrics, options, shop.Currency, cancellation)));
        }

        var file = new VerdictFile
        {
            Champion = champion.Result.Model,
            Currency = shop.Currency,
            Comparisons = [.. comparisons.Where(pair => pair.Model != champion).Select(pair => pair.Comparison)],
        };
        var rivals = comparisons.Where(pair => pair.Model != champion).ToList();
        if (rivals.Count == 0)
            return file with { NoVerdictReason = $"Only {champion.Result.Model} was judged: there is nothing to compare it with. Name more models in shop.yaml." };

        // Without validation rows nothing unbiased can choose among several: MaxBy then keeps the first of shop.yaml.
        var challenger = rivals.MaxBy(pair => pair.Model.OnValidation(deciding) is var value && double.IsNaN(value) ? double.NegativeInfinity : value);
        var judged = VerdictJudge.Judge(new OfflineEvidence
        {
            Comparison = challenger.Comparison,
            Challenger = challenger.Model.Result,
            Champion = champion.Result,
            Money = money?.WithLatency(shop.Money, challenger.Model.Result, champion.Result, moneyAt),
            NoMoneyReason = noMoney,
            Guardrails = Guardrails(shop.Guardrails),
            Doubts = LeakWarnings.Read(context.Workspace),
            CutOff = moneyAt,
        });
        return file with
        {
            Judged = judged with
            {
                Verdict = judged.Verdict with { ChallengerVersion = challenger.Model.Trained.Version, ChampionVersion = champion.Trained.Version },
            },
            ChosenBy = challenger.Model.Validation.Count > 0 ? $"best {deciding} on validation" : "first in shop.yaml: there are no validation rows",
        };
    }

    private static JudgedModel Champion(IReadOnlyList<JudgedModel> models, StageContext context)
    {
        var alias = new ModelRegistry(context.Workspace.Models, context.Time).Aliases().GetValueOrDefault(ModelRegistry.Champion)?.Name ?? TrainStage.FirstChampion;
        return models.FirstOrDefault(model => model.Result.Model == alias)
            ?? models.FirstOrDefault(model => model.Result.Model == TrainStage.FirstChampion)
            ?? throw new WorkspaceException($"The champion {alias} was not judged; run again with --from train.");
    }

    private static List<Guardrail> Guardrails(GuardrailConfiguration guardrails)
    {
        List<Guardrail> list = [];
        if (guardrails.CoverageAt10Min is { } coverage) list.Add(new Guardrail("coverage@10", GuardrailKind.Minimum, coverage));
        if (guardrails.RankMsMax is { } milliseconds) list.Add(new Guardrail("rank_ms", GuardrailKind.Maximum, milliseconds));
        return list;
    }

    private static void AppendToLedger(StageContext context, Verdict verdict, CancellationToken cancellation)
    {
        var now = context.Time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        var ledger = new FactStore<LedgerEntry>(context.Workspace.Ledger);
        ledger.AppendBatch("verdict-" + id, [new LedgerEntry
        {
            Id = id,
            OccurredAt = now.UtcDateTime,
            Kind = "verdict",
            Json = JsonSerializer.Serialize(verdict, StageJson.Options),
        }], cancellation);
    }

    private static string Metric(string name, int k) => string.Create(CultureInfo.InvariantCulture, $"{name}@{k}");
}
