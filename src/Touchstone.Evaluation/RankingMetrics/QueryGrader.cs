using System.Runtime.CompilerServices;
using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Grades the rankings of one query after the other, in buffers of its own: one a thread.</summary>
internal sealed class QueryGrader(QueryDocuments<int> judgments, RunJudgeOptions options)
{
    private readonly DocumentTable _judged = new(judgments.Documents);
    private int[] _ideal = [], _rows = [], _grades = [], _relevance = [];
    private double[] _scores = [];
    private int _query, _idealCount, _count, _nonrelevantCount;

    /// <summary>Relevant documents of the query.</summary>
    internal int RelevantCount { get; private set; }

    /// <summary>The ranking that was graded last.</summary>
    internal GradedRanking Ranking => new()
    {
        Grades = _grades.AsSpan(0, _count),
        Relevance = (options.RelevanceLevel == 1 ? _grades : _relevance).AsSpan(0, _count),
        Scores = _scores.AsSpan(0, _count),
        IdealGrades = _ideal.AsSpan(0, _idealCount),
        RelevantCount = RelevantCount,
        NonrelevantCount = _nonrelevantCount,
    };

    /// <summary>Takes the judgments of a query.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Start(int query)
    {
        _query = query;
        var rows = judgments.Rows(query);
        if (_ideal.Length < rows.Length) _ideal = new int[rows.Length];
        _judged.Clear(rows.Length);
        (_idealCount, RelevantCount, _nonrelevantCount) = (rows.Length, 0, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            var grade = judgments.Values[rows[i]];
            if (grade > RunJudge.GradeMax)
                throw new ArgumentException($"Query \"{judgments.Queries[query]}\": the grade of \"{judgments.Documents.Text(rows[i])}\" is {grade}; expected at most {RunJudge.GradeMax}.");
            _judged.AddOrFind(rows[i]);
            _ideal[i] = grade;
            if (grade >= options.RelevanceLevel) RelevantCount++;
            else if (grade >= 0) _nonrelevantCount++;
        }

        SortDescending(_ideal.AsSpan(0, rows.Length));
    }

    /// <summary>Grades a run's ranking; index −1 is an empty one. Returns whether scores are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Grade(RankingRun run, int index)
    {
        var rows = index < 0 ? [] : run.Rows.Rows(index);
        if (_rows.Length < rows.Length) (_rows, _grades, _relevance, _scores) = (new int[rows.Length], new int[rows.Length], new int[rows.Length], new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++) _scores[i] = run.Rows.Values[rows[i]];
        rows.CopyTo(_rows);
        var isTied = Order(run, rows.Length);
        _count = Math.Min(rows.Length, options.Depth);
        for (var i = 0; i < _count; i++)
        {
            var row = _judged.Find(run.Rows.Documents, _rows[i]);
            _grades[i] = row < 0 ? RankedListMetrics.Unjudged : judgments.Values[row];
        }

        if (options.RelevanceLevel > 1)
        {
            for (var i = 0; i < _count; i++)
                _relevance[i] = _grades[i] >= options.RelevanceLevel ? 1 : Math.Min(_grades[i], 0);
        }

        return isTied;
    }

    private bool Order(RankingRun run, int count)
    {
        try
        {
            return RankOrder.Sort(_scores.AsSpan(0, count), _rows.AsSpan(0, count), run.Rows.Documents);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Run \"{run.Name}\", query \"{judgments.Queries[_query]}\": {e.Message}", e);
        }
    }

    // Grades are few and small: counting them is faster than comparing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortDescending(Span<int> grades)
    {
        Span<int> counts = stackalloc int[64];
        foreach (var grade in grades)
        {
            if (grade >= counts.Length - 1)
            {
                grades.Sort((left, right) => right.CompareTo(left));
                return;
            }

            counts[Math.Max(grade, -1) + 1]++;
        }

        // What lies below 0 gains nothing, whatever it is.
        var at = 0;
        for (var slot = counts.Length - 1; slot >= 0; slot--)
        {
            grades.Slice(at, counts[slot]).Fill(slot - 1);
            at += counts[slot];
        }
    }
}
