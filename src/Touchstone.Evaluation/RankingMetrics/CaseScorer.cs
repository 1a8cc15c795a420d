using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Scores one case in the cases' own product table, whatever table the model was trained on. One a thread.</summary>
internal sealed class CaseScorer
{
    private readonly IRecommender _model;
    private readonly JudgedCases _cases;
    private readonly int[]? _toModel;
    private readonly float[] _modelScores;
    private readonly int[] _history;
    private readonly long[] _times;

    internal CaseScorer(IRecommender model, JudgedCases cases, int[]? toModel)
    {
        (_model, _cases, _toModel) = (model, cases, toModel);
        Scores = new float[cases.Products.Count];
        if (toModel is null)
        {
            (_modelScores, _history, _times) = (Scores, [], []);
            return;
        }

        var longest = 0;
        for (var i = 0; i < cases.Count; i++) longest = Math.Max(longest, cases.HistoryOffsets[i + 1] - cases.HistoryOffsets[i]);
        (_modelScores, _history, _times) = (new float[model.ProductIds.Count], new int[longest], new long[longest]);
    }

    /// <summary>[product] scores of the last case: −∞ for the history and for products that the model does not know.</summary>
    internal float[] Scores { get; }

    /// <summary>[product of the cases] index in the model's own list, −1 where it has none; null where both lists are the same.</summary>
    internal static int[]? Map(IRecommender model, ProductTable products)
    {
        var ids = model.ProductIds;
        var isSame = ids.Count == products.Count;
        for (var i = 0; isSame && i < ids.Count; i++) isSame = string.Equals(ids[i], products.Ids[i], StringComparison.Ordinal);
        if (isSame) return null;
        var map = new int[products.Count];
        Array.Fill(map, -1);
        for (var i = 0; i < ids.Count; i++)
            if (products.IndexOf(ids[i]) is var at and >= 0) map[at] = i;
        return map;
    }

    internal void Score(int index)
    {
        var (start, end) = (_cases.HistoryOffsets[index], _cases.HistoryOffsets[index + 1]);
        var history = _cases.HistoryProducts.AsSpan(start, end - start);
        var times = _cases.HistoryOccurredAtMs.Length == 0 ? [] : _cases.HistoryOccurredAtMs.AsSpan(start, end - start);
        if (_toModel is null)
        {
            _model.Score(history, times, Scores);
            RefuseNaN(index);
        }
        else
        {
            ScoreMapped(index, history, times);
        }

        foreach (var product in history) Scores[product] = float.NegativeInfinity;
    }

    private void ScoreMapped(int index, ReadOnlySpan<int> history, ReadOnlySpan<long> times)
    {
        var map = _toModel.AsSpan();
        var count = 0;
        for (var i = 0; i < history.Length; i++)
        {
            if (map[history[i]] < 0) continue;
            _history[count] = map[history[i]];
            if (times.Length > 0) _times[count] = times[i];
            count++;
        }

        _model.Score(_history.AsSpan(0, count), times.Length > 0 ? _times.AsSpan(0, count) : [], _modelScores);
        RefuseNaN(index);
        for (var product = 0; product < map.Length; product++)
            Scores[product] = map[product] < 0 ? float.NegativeInfinity : _modelScores[map[product]];
    }

    private void RefuseNaN(int index)
    {
        var at = RankKernel.IndexOfNaN(_modelScores);
        if (at < 0) return;
        throw new InvalidOperationException(
            $"Model \"{_model.Name}\" scored product \"{_model.ProductIds[at]}\" NaN for \"{_cases.Units[index]}\"; a score must be a number. Retrain the model, or look for a division by zero in its scores.");
    }
}
