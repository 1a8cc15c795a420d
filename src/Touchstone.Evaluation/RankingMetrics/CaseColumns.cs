using System.Globalization;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>The columns of a result while cases fill their own places, in any order.</summary>
internal sealed class CaseColumns
{
    private readonly JudgedCases _cases;
    private readonly RankingProtocol _protocol;
    private readonly double[] _idealGains;
    private readonly double[][] _hits, _ndcgs, _recalls, _revenues, _margins;
    private readonly double[] _reciprocalRanks, _purchases, _withRevenue, _withMargin, _revenuesJudged, _marginsJudged;
    private readonly int[] _ranks, _slates;
    private readonly bool[] _tied;

    internal CaseColumns(JudgedCases cases, RankingProtocol protocol)
    {
        (_cases, _protocol) = (cases, protocol);
        var (hasRevenue, hasMargin) = (IsKnown(cases.TargetRevenues), IsKnown(cases.TargetMargins));
        (_hits, _ndcgs, _recalls) = (Columns(true), Columns(true), Columns(true));
        (_revenues, _margins) = (Columns(hasRevenue), Columns(hasMargin));
        (_reciprocalRanks, _purchases) = (new double[cases.Count], new double[cases.Count]);
        (_withRevenue, _revenuesJudged) = (new double[hasRevenue ? cases.Count : 0], new double[hasRevenue ? cases.Count : 0]);
        (_withMargin, _marginsJudged) = (new double[hasMargin ? cases.Count : 0], new double[hasMargin ? cases.Count : 0]);
        _ranks = new int[cases.TargetProducts.Length];
        _slates = new int[cases.Count * RankingResult.SlateLength];
        _tied = new bool[cases.Count];
        _idealGains = new double[RankingResult.SlateLength + 1];
        for (var k = 1; k < _idealGains.Length; k++) _idealGains[k] = _idealGains[k - 1] + RankedListMetrics.Discount(k);
    }

    /// <summary>Fills one case; <paramref name="scores"/> has −∞ for what is no candidate.</summary>
    internal void Fill(int index, ReadOnlySpan<float> scores)
    {
        var slate = _slates.AsSpan(index * RankingResult.SlateLength, RankingResult.SlateLength);
        slate[TopK.Select(scores, slate)..].Fill(-1);
        var (start, end) = (_cases.TargetOffsets[index], _cases.TargetOffsets[index + 1]);
        var ranks = _ranks.AsSpan(start, end - start);
        _tied[index] = _protocol.SampledNegatives == 0
            ? RankAmongAll(scores, _cases.TargetProducts.AsSpan(start, end - start), ranks)
            : RankAmongSampled(index, scores, ranks);
        _purchases[index] = ranks.Length;
        var best = int.MaxValue;
        foreach (var rank in ranks)
            if (rank > 0) best = Math.Min(best, rank);
        _reciprocalRanks[index] = best == int.MaxValue ? 0 : 1.0 / best;
        for (var cut = 0; cut < _protocol.CutOffs.Count; cut++) FillCut(index, cut, ranks, start);
        FillMoney(index, start, end);
    }

    internal RankingResult ToResult(string model, TrainingAudience audience, RankTimes times) => new()
    {
        Model = model,
        Protocol = _protocol,
        Units = _cases.Units,
        TargetRanks = _ranks,
        PurchasesJudged = _purchases,
        PurchasesWithRevenue = _withRevenue,
        PurchasesWithMargin = _withMargin,
        Hits = _hits,
        Ndcgs = _ndcgs,
        Recalls = _recalls,
        ReciprocalRanks = _reciprocalRanks,
        RevenuesCaptured = _revenues,
        MarginsCaptured = _margins,
        RevenuesJudged = _revenuesJudged,
        MarginsJudged = _marginsJudged,
        IsTied = _tied,
        Slates = _slates,
        Figures = Figures(audience),
        RankMilliseconds = times,
        RepeatCount = _cases.RepeatCount,
    };

    private static bool RankAmongAll(ReadOnlySpan<float> scores, ReadOnlySpan<int> targets, Span<int> ranks)
    {
        var tied = false;
        for (var i = 0; i < targets.Length; i++)
        {
            ranks[i] = RankKernel.Rank(scores, targets[i], out var isTied);
            tied |= isTied;
        }

        return tied;
    }

    private bool RankAmongSampled(int index, ReadOnlySpan<float> scores, Span<int> ranks)
    {
        var (start, end) = (_cases.TargetOffsets[index], _cases.TargetOffsets[index + 1]);
        var targets = _cases.TargetProducts.AsSpan(start, end - start);
        HashSet<int> excluded = [];
        for (var i = _cases.HistoryOffsets[index]; i < _cases.HistoryOffsets[index + 1]; i++) excluded.Add(_cases.HistoryProducts[i]);
        foreach (var target in targets) excluded.Add(target);
        var negatives = NegativeSampler.Draw(scores.Length, excluded, _protocol.SampledNegatives, _protocol.Seed.For("negatives", index));
        int[] candidates = [.. negatives, .. targets];
        Array.Sort(candidates);
        var candidateScores = new float[candidates.Length];
        for (var i = 0; i < candidates.Length; i++) candidateScores[i] = scores[candidates[i]];
        var tied = false;
        for (var i = 0; i < targets.Length; i++)
        {
            ranks[i] = RankKernel.Rank(candidateScores, Array.BinarySearch(candidates, targets[i]), out var isTied);
            tied |= isTied;
        }

        return tied;
    }

    private void FillCut(int index, int cut, ReadOnlySpan<int> ranks, int start)
    {
        var k = _protocol.CutOffs[cut];
        var (found, gain, revenue, margin) = (0, 0.0, 0.0, 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (ranks[i] == 0 || ranks[i] > k) continue;
            found++;
            gain += RankedListMetrics.Discount(ranks[i]);
            if (_revenues.Length > 0 && !double.IsNaN(_cases.TargetRevenues[start + i])) revenue += _cases.TargetRevenues[start + i];
            if (_margins.Length > 0 && !double.IsNaN(_cases.TargetMargins[start + i])) margin += _cases.TargetMargins[start + i];
        }

        _hits[cut][index] = found > 0 ? 1 : 0;
        _recalls[cut][index] = found / (double)ranks.Length;
        // Summed in another order than the ideal, a perfect list may pass 1 by a rounding.
        _ndcgs[cut][index] = Math.Min(1, gain / _idealGains[Math.Min(k, ranks.Length)]);
        if (_revenues.Length > 0) _revenues[cut][index] = revenue;
        if (_margins.Length > 0) _margins[cut][index] = margin;
    }

    private void FillMoney(int index, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (_revenues.Length > 0 && !double.IsNaN(_cases.TargetRevenues[i]))
            {
                _withRevenue[index]++;
                _revenuesJudged[index] += _cases.TargetRevenues[i];
            }

            if (_margins.Length > 0 && !double.IsNaN(_cases.TargetMargins[i]))
            {
                _withMargin[index]++;
                _marginsJudged[index] += _cases.TargetMargins[i];
            }
        }
    }

    private List<NamedFigure> Figures(TrainingAudience audience)
    {
        List<NamedFigure> figures = [];
        void PerCut(string name, double[][] columns, double[]? denominator = null)
        {
            for (var cut = 0; cut < columns.Length; cut++)
                figures.Add(new(Name(name, _protocol.CutOffs[cut]), columns[cut].Sum() / (denominator?.Sum() ?? _cases.Count)));
        }

        PerCut("hr", _hits);
        PerCut("ndcg", _ndcgs);
        PerCut("recall", _recalls);
        figures.Add(new("mrr", _reciprocalRanks.Sum() / _cases.Count));
        foreach (var k in _protocol.CutOffs) figures.AddRange(CatalogueFigures(k, audience));
        PerCut("revenue", _revenues, _withRevenue);
        PerCut("margin", _margins, _withMargin);
        return figures;
    }

    private NamedFigure[] CatalogueFigures(int k, TrainingAudience audience)
    {
        var shown = new long[_cases.Products.Count];
        var (novelty, slates) = (0.0, 0);
        for (var index = 0; index < _cases.Count; index++)
        {
            var slate = _slates.AsSpan(index * RankingResult.SlateLength, k);
            foreach (var product in slate)
                if (product >= 0) shown[product]++;
            var bits = CatalogueMetrics.NoveltyBits(slate, audience.Buyers, audience.UnitCount);
            if (double.IsNaN(bits)) continue;
            novelty += bits;
            slates++;
        }

        return
        [
            new(Name("coverage", k), CatalogueMetrics.Coverage(shown)),
            new(Name("novelty", k), slates == 0 ? double.NaN : novelty / slates),
            new(Name("gini", k), CatalogueMetrics.Gini(shown)),
        ];
    }

    private static string Name(string metric, int k) => string.Create(CultureInfo.InvariantCulture, $"{metric}@{k}");

    private static bool IsKnown(double[] money) => money.Any(amount => !double.IsNaN(amount));

    private double[][] Columns(bool isKept)
    {
        if (!isKept) return [];
        var columns = new double[_protocol.CutOffs.Count][];
        for (var i = 0; i < columns.Length; i++) columns[i] = new double[_cases.Count];
        return columns;
    }
}
