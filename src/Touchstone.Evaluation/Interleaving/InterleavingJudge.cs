using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Interleaving;

/// <summary>Judges a log of interleaved lists: preference of every pair, queries, and whether the lists were mixed fairly.</summary>
public static class InterleavingJudge
{
    private const double AlarmP = 0.001;

    /// <summary>Judges.</summary>
    /// <param name="log">Columns of the log.</param>
    /// <param name="level">Confidence of the intervals, in (0, 1).</param>
    /// <exception cref="ArgumentException">No lists, or a column that the method needs is missing.</exception>
    public static InterleavingResult Judge(InterleavingLog log, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(log);
        Check(log);
        int[] clicked = [.. Enumerable.Range(0, log.Impressions.Length).Where(list => Rows(log, list).Any(row => log.IsClicked[row]))];
        var units = Units(log, clicked);
        List<PairPreference> pairs = [];
        var scores = new double[clicked.Length];
        for (var first = 0; first < log.Rankings.Count; first++)
        {
            for (var second = first + 1; second < log.Rankings.Count; second++)
            {
                for (var i = 0; i < clicked.Length; i++) scores[i] = Score(Winner(log, clicked[i], first, second));
                var pair = PairPreference.Of(log.Rankings[first], log.Rankings[second], scores, units, level);
                pairs.Add(log.Method == InterleavingMethod.Credit ? pair with { MeanCredit = MeanCredit(log, clicked, units, level) } : pair);
            }
        }

        return new InterleavingResult
        {
            Rankings = log.Rankings,
            Method = Words(log),
            ListCount = log.Impressions.Length,
            ClickedListCount = clicked.Length,
            UnitCount = units.Length == 0 ? clicked.Length : units.Max() + 1,
            UnitName = log.Units.Length == 0 ? "list" : "shopper",
            Pairs = Holm(pairs),
            Queries = Queries(log),
            Warnings = [.. Warnings(log, clicked.Length), .. log.Warnings],
        };
    }

    private static void Check(InterleavingLog log)
    {
        if (log.Impressions.Length == 0) throw new ArgumentException("The log has no lists.", nameof(log));
        if (log.Rankings.Count < 2) throw new ArgumentException($"The log names {log.Rankings.Count} ranking; a preference needs two.", nameof(log));
        var missing = log.Method switch
        {
            InterleavingMethod.TeamDraft when log.Teams.Length != log.IsClicked.Length => "teams",
            InterleavingMethod.Balanced when log.FirstRanks.Length != log.IsClicked.Length || log.SecondRanks.Length != log.IsClicked.Length => "ranks in both rankings",
            InterleavingMethod.Credit when log.Credits.Length != log.IsClicked.Length => "credits",
            _ => null,
        };
        if (missing is not null) throw new ArgumentException($"The log lacks {missing}: one a row.", nameof(log));
    }

    private static IEnumerable<int> Rows(InterleavingLog log, int list) => Enumerable.Range(log.Offsets[list], log.Offsets[list + 1] - log.Offsets[list]);

    private static InterleavingWinner Winner(InterleavingLog log, int list, int first, int second)
    {
        var range = log.Offsets[list]..log.Offsets[list + 1];
        return log.Method switch
        {
            InterleavingMethod.TeamDraft => ClickCredit.TeamDraft(log.Teams.AsSpan(range), log.IsClicked.AsSpan(range), first, second),
            InterleavingMethod.Balanced => ClickCredit.Balanced(log.FirstRanks.AsSpan(range), log.SecondRanks.AsSpan(range), log.IsClicked.AsSpan(range)).Winner,
            InterleavingMethod.Credit => ClickCredit.Of(Credit(log, list)),
            _ => throw new ArgumentOutOfRangeException(nameof(log), log.Method, "Unknown way of interleaving."),
        };
    }

    private static double Credit(InterleavingLog log, int list)
    {
        var range = log.Offsets[list]..log.Offsets[list + 1];
        return ClickCredit.Sum(log.Credits.AsSpan(range), log.IsClicked.AsSpan(range));
    }

    private static double Score(InterleavingWinner winner) => winner switch
    {
        InterleavingWinner.First => 1,
        InterleavingWinner.Second => 0,
        InterleavingWinner.Tie => 0.5,
        _ => throw new ArgumentOutOfRangeException(nameof(winner), winner, "Unknown winner."),
    };

    // [clicked list] index of its unit, numbered as they come; empty where each list is its own.
    private static int[] Units(InterleavingLog log, int[] clicked)
    {
        if (log.Units.Length == 0) return [];
        Dictionary<string, int> indexes = new(StringComparer.Ordinal);
        var units = new int[clicked.Length];
        for (var i = 0; i < clicked.Length; i++)
        {
            if (!indexes.TryGetValue(log.Units[clicked[i]], out var unit)) indexes.Add(log.Units[clicked[i]], unit = indexes.Count);
            units[i] = unit;
        }

        return units;
    }

    private static Estimate MeanCredit(InterleavingLog log, int[] clicked, int[] units, double level) =>
        ClusteredMean.Of([.. clicked.Select(list => Credit(log, list))], units, level, "credit a clicked list");

    private static List<PairPreference> Holm(List<PairPreference> pairs)
    {
        var adjusted = MultipleTesting.Holm([.. pairs.Select(pair => pair.SignTestP)]);
        return [.. pairs.Select((pair, i) => pair with { AdjustedP = adjusted[i] })];
    }

    private static IReadOnlyList<QueryPreference> Queries(InterleavingLog log)
    {
        if (log.Queries.All(query => query.Length == 0)) return [];
        return
        [
            .. Enumerable.Range(0, log.Impressions.Length)
                .GroupBy(list => log.Queries[list], StringComparer.Ordinal)
                .Select(group => Query(log, group.Key, [.. group]))
                .OrderByDescending(query => query.Lists).ThenBy(query => query.Query, Utf8Ordinal.Comparer),
        ];
    }

    private static QueryPreference Query(InterleavingLog log, string query, int[] lists)
    {
        int[] counts = [0, 0, 0];
        foreach (var list in lists)
            if (Rows(log, list).Any(row => log.IsClicked[row])) counts[(int)Winner(log, list, 0, 1)]++;
        var judged = counts.Sum();
        return new QueryPreference(query, lists.Length, counts[0], counts[1], counts[2], ((counts[0] + (0.5 * counts[2])) / judged) - 0.5, SignTest.P(counts[0], counts[1]));
    }

    private static IEnumerable<string> Warnings(InterleavingLog log, int clicked)
    {
        if (clicked == 0) yield return "No list was clicked: nothing can be said.";
        if (log.Method == InterleavingMethod.Balanced)
            yield return "Balanced interleaving is biased: clicks at random can favour a ranking whose order is that of the other with one product moved down. Team draft, probabilistic and optimised interleaving are not.";
        if (log.Method != InterleavingMethod.TeamDraft) yield break;
        var firsts = new int[log.Rankings.Count];
        for (var list = 0; list < log.Impressions.Length; list++) firsts[log.Teams[log.Offsets[list]]]++;
        for (var second = 1; second < firsts.Length; second++)
        {
            var p = SignTest.P(firsts[0], firsts[second]);
            if (p < AlarmP)
                yield return string.Create(CultureInfo.InvariantCulture, $"{log.Rankings[0]} stands first in {firsts[0]:#,##0} lists and {log.Rankings[second]} in {firsts[second]:#,##0} (p = {p:0.0e+0}): the lot was not fair, or lists are missing from the log. Mend that before reading on.");
        }
    }

    private static string Words(InterleavingLog log) => log.Method switch
    {
        InterleavingMethod.TeamDraft when log.Rankings.Count > 2 => "team-draft multileaving: a click counts for its product's team",
        InterleavingMethod.TeamDraft => "team draft: a click counts for its product's team",
        InterleavingMethod.Balanced => "balanced: clicks among equally deep tops",
        InterleavingMethod.Credit => "credit of each clicked product",
        _ => throw new ArgumentOutOfRangeException(nameof(log), log.Method, "Unknown way of interleaving."),
    };
}
