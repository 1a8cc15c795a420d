using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Cli.Stages;

/// <summary>What the purchase classifier did on test rows: beside popularity and TF-IDF on pairs, and as a second stage behind the best first one.</summary>
internal sealed record PurchaseJudgement
{
    /// <summary>Shoppers asked about, two products each.</summary>
    public required int Shoppers { get; init; }

    /// <summary>AUC by scorer, the classifier first.</summary>
    public required IReadOnlyList<ScorerFigure> Aucs { get; init; }

    /// <summary>The best first stage by NDCG@10 on validation; null where nothing was reranked.</summary>
    public string? FirstStage { get; init; }

    /// <summary>Shoppers, drawn by seed, whose top 20 were reranked.</summary>
    public int RerankedShoppers { get; init; }

    /// <summary>NDCG@10 of the first stage on these shoppers.</summary>
    public Estimate? FirstNdcg { get; init; }

    /// <summary>NDCG@10 of the same lists reranked.</summary>
    public Estimate? RerankedNdcg { get; init; }

    /// <summary>Reranked minus first.</summary>
    public Estimate? NdcgDifference { get; init; }

    /// <summary>The figures in words.</summary>
    public IEnumerable<string> Sentences()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"purchase-classifier, {Shoppers:#,##0} shoppers, bought product against one as popular: {string.Join(", ", Aucs.Select(auc => $"AUC {auc.Scorer} {Text(auc.Auc, "0.000")}"))}{string.Concat(Aucs.Where(auc => auc.ClassifierAhead is not null).Select(auc => auc.ClassifierAhead is { } ahead ? $"; ahead of {auc.Scorer} by {Text(ahead, Signed)}" : ""))}");
        foreach (var sentence in RerankSentence()) yield return sentence;
    }

    /// <summary>What it did as a second stage; nothing where it was none.</summary>
    public IEnumerable<string> RerankSentence()
    {
        if (FirstStage is not null && FirstNdcg is not null && RerankedNdcg is not null && NdcgDifference is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"the top 20 of {FirstStage} reranked by it for {RerankedShoppers:#,##0} shoppers drawn by seed: NDCG@10 {FirstNdcg.Value:0.0000} before, {RerankedNdcg.Value:0.0000} after, {Text(NdcgDifference, Signed)}");
    }

    private const string Signed = "+0.0000;−0.0000;0.0000";

    private static string Text(Estimate estimate, string form) => string.Create(CultureInfo.InvariantCulture, $"{estimate.Value.ToString(form, CultureInfo.InvariantCulture)} ({estimate.Low.ToString(form, CultureInfo.InvariantCulture)} to {estimate.High.ToString(form, CultureInfo.InvariantCulture)})");

    /// <summary>Reads what the evaluate stage left, or null where there is no classifier.</summary>
    public static PurchaseJudgement? Read(Workspace workspace) => StageJson.ReadIfThere<PurchaseJudgement>(PathOf(workspace.Stage("evaluate")));

    /// <summary>Where it is kept.</summary>
    public static string PathOf(string stageFolder) => Path.Combine(stageFolder, "purchase-classifier.json");
}

/// <summary>AUC of one scorer.</summary>
/// <param name="Scorer">Name.</param>
/// <param name="Auc">Its AUC.</param>
/// <param name="ClassifierAhead">The classifier's AUC minus this one's; null for the classifier.</param>
internal sealed record ScorerFigure(string Scorer, Estimate Auc, Estimate? ClassifierAhead);
