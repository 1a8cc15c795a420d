using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Value;
using Touchstone.Evaluation.Verdicts;
using Touchstone.Tests.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation;

/// <summary>A small run with two models, one of which knows more: enough for verdicts and reports.</summary>
internal static class SampleRun
{
    internal static readonly RankingProtocol Protocol = new() { Split = "leave-one-out, test" };

    internal static readonly MoneyAssumptions Money = new()
    {
        Currency = "GBP",
        ShoppersAYear = 40_000,
        PurchasesAShopperAYear = 12.5,
        IsPurchasesCounted = true,
        MarginRate = 0.3,
        RequestsAShopperAYear = 60,
        ChallengerCostPer1000Requests = 0.5,
        ChampionCostPer1000Requests = 0.1,
        YearlyCost = 1200,
        OneOffCost = 5000,
        Years = 3,
        Discount = 0.08,
    };

    internal static JudgedCases Cases(bool hasMoney = true, int count = 400) => RandomCases.Draw(21, 200, count, 2, hasMoney);

    /// <summary>Knows a judged product with probability <paramref name="knowledge"/>, else ranks by a hash.</summary>
    internal static RankingResult Judge(string name, JudgedCases cases, double knowledge, RankingProtocol? protocol = null)
    {
        Dictionary<int, HashSet<int>> known = [];
        for (var c = 0; c < cases.Count; c++)
        {
            var key = Key(cases.HistoryProducts[cases.HistoryOffsets[c]..cases.HistoryOffsets[c + 1]]);
            if (!known.TryGetValue(key, out var targets)) known[key] = targets = [];
            for (var t = cases.TargetOffsets[c]; t < cases.TargetOffsets[c + 1]; t++)
                if (new Seed(9).For(name, t).NewRandom().NextDouble() < knowledge) targets.Add(cases.TargetProducts[t]);
        }

        var model = new TableRecommender(name, cases.Products.Ids, (product, history) =>
            (known.GetValueOrDefault(Key(history))?.Contains(product) == true ? 50 : 0) + RandomCases.Score(5, product, history));
        var audience = new TrainingAudience([.. Enumerable.Range(0, cases.Products.Count)], cases.Products.Count);
        return new RankingJudge(new StillTime()) { Threads = 1 }.Judge(model, cases, protocol ?? Protocol, audience, null, TestContext.Current.CancellationToken);
    }

    internal static PairedComparison Compare(RankingResult challenger, RankingResult champion) => PairedComparison.Compare(
        challenger, champion, ["margin@10", "revenue@10", "ndcg@10", "hr@10", "mrr"], new BootstrapOptions { Replicates = 500 }, "GBP", TestContext.Current.CancellationToken);

    internal static JudgedVerdict Verdict(RankingResult challenger, RankingResult champion, MoneyAssumptions? money, params Guardrail[] guardrails) =>
        VerdictJudge.Judge(new OfflineEvidence { Comparison = Compare(challenger, champion), Challenger = challenger, Champion = champion, Money = money, Guardrails = guardrails });

    internal static RunEvidence Evidence(string challengerName = "co-occurrence", string title = "Paper chain kit vintage")
    {
        var cases = Cases();
        for (var i = 0; i < cases.Products.Count; i++) cases.Products.Titles[i] = i % 9 == 0 ? "圣诞 纸链 " + i : title + " " + i;
        var (champion, challenger, other) = (Judge("popularity", cases, 0.05), Judge(challengerName, cases, 0.3), Judge("content", cases, 0.02));
        return new RunEvidence
        {
            Shop = "Gift shop",
            Facts = ["run 7f3a1c", "1 Dec 2010 – 31 Oct 2011", "seed 1"],
            Verdict = Verdict(challenger, champion, Money),
            Champion = "popularity",
            Currency = "GBP",
            Models =
            [
                new ReportedModel { Result = champion, TrainSeconds = 0.1, PeakMemoryMiB = 100 },
                new ReportedModel { Result = challenger, TrainSeconds = 26, PeakMemoryMiB = 4200, AgainstChampion = Compare(challenger, champion) },
                new ReportedModel { Result = other, TrainSeconds = 1.2, PeakMemoryMiB = 210, AgainstChampion = Compare(other, champion) },
            ],
            Cleaning = new CleaningAccount
            {
                RowsIn = 431_673,
                RowsKept = 398_459,
                Rules =
                [
                    new CleaningRuleAccount { Rule = "cancelled order netted", Effect = "merged", Rows = 7403, Money = -666071.86, Examples = [new("online-retail-2010-12.csv:142", "C536379 D Discount −27.50"), new("online-retail-2010-12.csv:155", "C536383 35004C −4.65")] },
                    new CleaningRuleAccount { Rule = "no shopper", Effect = "rejected", Rows = 25_811 },
                ],
            },
            Slates = SlateExamples.Pick(challenger, cases, new Seed(1)),
            SlatesSentence = SlateExamples.Sentence,
            Warnings = ["products.csv column sales_rank is a later snapshot of popularity: left out of training."],
            NotApplicable = [new("pretrain", "no encoder is configured")],
            Stages = [new StageCost("ingest", 2.2, 310), new StageCost("train", 27.4, 4200)],
            Manifest = [new("threads", "2"), new("runtime", ".NET 10.0.1")],
            Command = "touchstone run shop.yaml --from train",
        };
    }

    private static int Key(int[] history)
    {
        var hash = new HashCode();
        foreach (var product in history) hash.Add(product);
        return hash.ToHashCode();
    }

    /// <summary>A clock that stands still, so that reports of one run are the same to the byte.</summary>
    private sealed class StillTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
