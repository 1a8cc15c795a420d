using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>
/// Checks that nothing learned from knows what is judged. Written without the code that makes splits, histories and cases, so that it
/// does not share their mistakes.
/// </summary>
public static class LeakageDetector
{
    /// <summary>Checks the parts themselves: within each unit nothing is learned from that lies behind a judged row, and cuts hold.</summary>
    /// <param name="behaviour">Rows with their parts.</param>
    /// <param name="summary">How they were split.</param>
    /// <exception cref="LeakageException">Names the row and the remedy.</exception>
    public static void CheckParts(Behaviour behaviour, SplitSummary summary)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        ArgumentNullException.ThrowIfNull(summary);
        for (var unit = 0; unit < behaviour.Units.Length; unit++)
        {
            var (start, end) = (behaviour.Offsets[unit], behaviour.Offsets[unit + 1]);
            HashSet<int> judged = [];
            for (var row = start; row < end; row++)
            {
                var part = behaviour.Parts[row];
                if (part is SplitPart.Validation or SplitPart.Test) judged.Add(row);
                if (part == SplitPart.Train && judged.Count > 0)
                    throw Fault(behaviour, unit, row, $"is learned from, though it stands behind row {judged.Min() - start + 1} of the same unit, which is judged");
                if (part == SplitPart.Validation && judged.Any(r => behaviour.Parts[r] == SplitPart.Test))
                    throw Fault(behaviour, unit, row, "is validation, though a test row of the same unit stands before it");
                if (behaviour.OccurredAtMs.Length > 0 && row > start && behaviour.OccurredAtMs[row] < behaviour.OccurredAtMs[row - 1])
                    throw Fault(behaviour, unit, row, "is earlier than the row before it");
            }

            CheckCuts(behaviour, summary, unit);
            if (summary.Method != SplitMethod.LeaveOneOut) continue;
            var targets = judged.Select(r => behaviour.ProductIndexes[r]).ToHashSet();
            for (var row = start; row < end; row++)
            {
                if (behaviour.Parts[row] == SplitPart.Train && targets.Contains(behaviour.ProductIndexes[row]))
                    throw Fault(behaviour, unit, row, "is learned from, though the same product is judged for the same unit");
            }
        }
    }

    /// <summary>Checks that histories hold training rows only.</summary>
    /// <param name="behaviour">Rows with their parts.</param>
    /// <param name="histories">What a model is to learn from.</param>
    /// <param name="withValidation">Whether validation rows may be learned from.</param>
    /// <exception cref="LeakageException">Names the first row that is not to be learned from.</exception>
    public static void CheckHistories(Behaviour behaviour, TrainingHistories histories, bool withValidation = false)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        ArgumentNullException.ThrowIfNull(histories);
        var history = 0;
        for (var unit = 0; unit < behaviour.Units.Length; unit++)
        {
            var rows = Enumerable.Range(behaviour.Offsets[unit], behaviour.Offsets[unit + 1] - behaviour.Offsets[unit])
                .Where(row => IsLearned(behaviour.Parts[row], withValidation))
                .ToArray();
            if (rows.Length == 0) continue;
            if (history >= histories.UnitCount) return;
            var next = 0;
            for (var at = histories.Offsets[history]; at < histories.Offsets[history + 1]; at++)
            {
                var product = histories.ProductIndexes[at];
                while (next < rows.Length && !IsSame(behaviour, rows[next], histories, at)) next++;
                if (next == rows.Length)
                {
                    throw new LeakageException(
                        $"{Name(behaviour, unit)} is learned from with product \"{behaviour.Products.Ids[product]}\" (history row {at}), which is no training row of the unit; make histories by TrainingHistories.From.");
                }

                next++;
            }

            history++;
        }

        if (history < histories.UnitCount)
            throw new LeakageException($"{histories.UnitCount - history} histories belong to units that have no training rows; make histories by TrainingHistories.From.");
    }

    /// <summary>Checks that no history of a case holds what is judged, or what came after it.</summary>
    /// <param name="behaviour">Rows with their parts.</param>
    /// <param name="cases">The questions.</param>
    /// <param name="part">The part that they are to be made of.</param>
    /// <exception cref="LeakageException">Names the first case that is wrong.</exception>
    public static void CheckCases(Behaviour behaviour, JudgedCases cases, SplitPart part)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        ArgumentNullException.ThrowIfNull(cases);
        var units = behaviour.Units.Index().ToDictionary(u => u.Item, u => u.Index, StringComparer.Ordinal);
        for (var at = 0; at < cases.Count; at++)
        {
            if (!units.TryGetValue(cases.Units[at], out var unit))
                throw new LeakageException($"Case {at} is about \"{cases.Units[at]}\", who is no unit of the split; make cases by JudgedCases.From.");
            var (start, end) = (behaviour.Offsets[unit], behaviour.Offsets[unit + 1]);
            var targets = cases.TargetProducts.AsSpan(cases.TargetOffsets[at], cases.TargetOffsets[at + 1] - cases.TargetOffsets[at]);
            var firstJudged = Enumerable.Range(start, end - start).FirstOrDefault(row => behaviour.Parts[row] == part, end);
            foreach (var target in targets)
            {
                if (!Enumerable.Range(start, end - start).Any(row => behaviour.Parts[row] == part && behaviour.ProductIndexes[row] == target))
                    throw new LeakageException($"{Name(behaviour, unit)} is judged by product \"{behaviour.Products.Ids[target]}\", which is no {part} row of the unit; make cases by JudgedCases.From.");
            }

            for (var row = cases.HistoryOffsets[at]; row < cases.HistoryOffsets[at + 1]; row++)
            {
                var product = cases.HistoryProducts[row];
                if (targets.Contains(product))
                    throw new LeakageException($"{Name(behaviour, unit)} has the judged product \"{behaviour.Products.Ids[product]}\" in the history; judge only products that are new to the unit.");
                if (cases.HistoryOccurredAtMs.Length > 0 && firstJudged < end && cases.HistoryOccurredAtMs[row] > behaviour.OccurredAtMs[firstJudged])
                    throw new LeakageException($"{Name(behaviour, unit)} has product \"{behaviour.Products.Ids[product]}\" in the history, which came after the judged row; cut the history before it.");
                if (!Enumerable.Range(start, firstJudged - start).Any(r => behaviour.ProductIndexes[r] == product))
                    throw new LeakageException($"{Name(behaviour, unit)} has product \"{behaviour.Products.Ids[product]}\" in the history, which stands in no row before the judged one; make cases by JudgedCases.From.");
            }
        }
    }

    private static void CheckCuts(Behaviour behaviour, SplitSummary summary, int unit)
    {
        if (summary.ValidationFromMs is not { } validation || summary.TestFromMs is not { } test || behaviour.OccurredAtMs.Length == 0) return;
        var (start, end) = (behaviour.Offsets[unit], behaviour.Offsets[unit + 1]);
        for (var row = start; row < end; row++)
        {
            var time = behaviour.OccurredAtMs[summary.Method == SplitMethod.Session ? start : row];
            if (behaviour.Parts[row] == SplitPart.Train && time >= validation)
                throw Fault(behaviour, unit, row, "is learned from, though it lies at or behind the cut of the validation part");
            if (behaviour.Parts[row] is SplitPart.Validation or SplitPart.ValidationContext && time >= test)
                throw Fault(behaviour, unit, row, "belongs to validation, though it lies at or behind the cut of the test part");
        }
    }

    private static bool IsLearned(SplitPart part, bool withValidation) => part switch
    {
        SplitPart.Train => true,
        SplitPart.Validation or SplitPart.ValidationContext => withValidation,
        SplitPart.Test or SplitPart.TestContext => false,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Unknown part."),
    };

    private static bool IsSame(Behaviour behaviour, int row, TrainingHistories histories, int at) =>
        behaviour.ProductIndexes[row] == histories.ProductIndexes[at]
        && (histories.OccurredAtMs.Length == 0 || behaviour.OccurredAtMs.Length == 0 || behaviour.OccurredAtMs[row] == histories.OccurredAtMs[at]);

    private static LeakageException Fault(Behaviour behaviour, int unit, int row, string problem) => new(
        $"{Name(behaviour, unit)}, row {row - behaviour.Offsets[unit] + 1} (product \"{behaviour.Products.Ids[behaviour.ProductIndexes[row]]}\") {problem}; run the stage clean again, and report a split that comes out so.");

    private static string Name(Behaviour behaviour, int unit) => $"Unit \"{behaviour.Units[unit]}\"";
}
