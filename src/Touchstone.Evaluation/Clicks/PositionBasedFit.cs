using Touchstone.Domain;

namespace Touchstone.Evaluation.Clicks;

/// <summary>Expectation maximisation of the position-based model, turn by turn; each turn raises the likelihood.</summary>
internal sealed class PositionBasedFit
{
    private readonly ClickColumns _columns;
    private readonly int[] _rows;
    private readonly int _highest;
    private readonly double[] _pairShown, _rankShown, _pairSum, _rankSum;

    internal PositionBasedFit(ClickColumns columns, int[] rows, int rankCount)
    {
        (_columns, _rows) = (columns, rows);
        (Attractions, Examinations) = (new double[columns.Queries.Count], new double[rankCount]);
        (_pairShown, _pairSum, _rankShown, _rankSum) = (new double[columns.Queries.Count], new double[columns.Queries.Count], new double[rankCount], new double[rankCount]);
        Array.Fill(Attractions, double.NaN);
        Array.Fill(Examinations, double.NaN);
        _highest = rows.Length == 0 ? 0 : rows.Min(row => columns.Ranks[row]) - 1;
        foreach (var row in rows)
        {
            var (pair, rank) = (columns.Pairs[row], columns.Ranks[row] - 1);
            _pairShown[pair] += columns.Impressions[row];
            _rankShown[rank] += columns.Impressions[row];
            // Every product attracts alike and lower ranks are looked at less: a start that no symmetry holds.
            (Attractions[pair], Examinations[rank]) = (0.5, 1.0 / (rank - _highest + 1));
        }
    }

    internal double[] Attractions { get; }

    internal double[] Examinations { get; }

    /// <summary>One turn; returns the furthest that a probability moved.</summary>
    internal double Turn()
    {
        Array.Clear(_pairSum);
        Array.Clear(_rankSum);
        foreach (var row in _rows)
        {
            var (pair, rank) = (_columns.Pairs[row], _columns.Ranks[row] - 1);
            var (attraction, examination, clicks) = (Attractions[pair], Examinations[rank], _columns.Clicks[row]);
            var missed = _columns.Impressions[row] - clicks;
            var notClicked = 1 - (attraction * examination);
            // Without a click: attractive but not looked at, or looked at but not attractive.
            _pairSum[pair] += clicks + (notClicked > 0 ? missed * attraction * (1 - examination) / notClicked : 0);
            _rankSum[rank] += clicks + (notClicked > 0 ? missed * examination * (1 - attraction) / notClicked : 0);
        }

        var moved = 0.0;
        for (var pair = 0; pair < Attractions.Length; pair++) moved = Math.Max(moved, Move(Attractions, pair, _pairSum[pair], _pairShown[pair]));
        for (var rank = 0; rank < Examinations.Length; rank++)
            if (rank != _highest) moved = Math.Max(moved, Move(Examinations, rank, _rankSum[rank], _rankShown[rank]));
        return moved;
    }

    internal double LogLikelihood()
    {
        var sum = 0.0;
        foreach (var row in _rows)
        {
            var probability = Attractions[_columns.Pairs[row]] * Examinations[_columns.Ranks[row] - 1];
            var (clicks, missed) = (_columns.Clicks[row], _columns.Impressions[row] - _columns.Clicks[row]);
            sum += (clicks == 0 ? 0 : clicks * Math.Log(probability)) + (missed == 0 ? 0 : missed * Math.Log(1 - probability));
        }

        return sum;
    }

    private static double Move(double[] values, int at, double sum, double shown)
    {
        if (shown == 0) return 0;
        var next = sum / shown;
        var moved = Math.Abs(next - values[at]);
        values[at] = next;
        return moved;
    }
}
