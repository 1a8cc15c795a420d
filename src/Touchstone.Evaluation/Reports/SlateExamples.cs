using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Reports;

/// <summary>Example slates of a result, chosen by a seed: some that held what was bought, and some that did not.</summary>
public static class SlateExamples
{
    private const int ShownProducts = 8, ShownHistory = 4;

    /// <summary>What the choice is, for the sentence above the slates.</summary>
    public const string Sentence = "Drawn by the seed: three of the slates that held what was bought next, one of those that did not.";

    /// <summary>Picks slates.</summary>
    /// <param name="result">Result whose slates are shown.</param>
    /// <param name="cases">The cases it was judged on.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="hits">How many that held a judged product among the shown.</param>
    /// <param name="misses">How many that did not.</param>
    public static IReadOnlyList<ReportSlate> Pick(RankingResult result, JudgedCases cases, Seed seed, int hits = 3, int misses = 1)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(cases);
        var order = Enumerable.Range(0, cases.Count).ToArray();
        seed.For("slate-examples").NewRandom().Shuffle<int>(order);
        List<ReportSlate> found = [], missed = [];
        foreach (var index in order)
        {
            if (found.Count == hits && missed.Count == misses) break;
            if (cases.HistoryOffsets[index + 1] == cases.HistoryOffsets[index]) continue;
            var slate = Slate(result, cases, index);
            if (slate.Products.Any(product => product.IsBought))
            {
                if (found.Count < hits) found.Add(slate);
            }
            else if (missed.Count < misses)
            {
                missed.Add(slate);
            }
        }

        return [.. found, .. missed];
    }

    private static ReportSlate Slate(RankingResult result, JudgedCases cases, int index)
    {
        var targets = cases.TargetProducts.AsSpan(cases.TargetOffsets[index]..cases.TargetOffsets[index + 1]);
        var history = cases.HistoryProducts.AsSpan(cases.HistoryOffsets[index]..cases.HistoryOffsets[index + 1]);
        List<string> had = [];
        for (var i = history.Length - 1; i >= 0 && had.Count < ShownHistory; i--) had.Add(Title(cases.Products, history[i]));
        if (history.Length > ShownHistory) had.Add($"{history.Length - ShownHistory} more");
        List<ReportSlateProduct> products = [];
        var hasHit = false;
        foreach (var product in result.Slate(index)[..Math.Min(ShownProducts, result.Slate(index).Length)])
        {
            products.Add(new ReportSlateProduct(Title(cases.Products, product), targets.Contains(product)));
            hasHit |= targets.Contains(product);
        }

        return new ReportSlate(had, products, hasHit ? null : $"bought next: {Title(cases.Products, targets[0])}, at {Place(result, cases, index)}");
    }

    private static string Place(RankingResult result, JudgedCases cases, int index)
    {
        var rank = result.TargetRanks[cases.TargetOffsets[index]];
        return rank == 0 ? "no rank: the model does not know it" : $"rank {FigureText.Count(rank)}";
    }

    private static string Title(ProductTable products, int index) => products.Titles[index].Length > 0 ? products.Titles[index] : products.Ids[index];
}
