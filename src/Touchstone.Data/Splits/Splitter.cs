using System.Runtime.InteropServices;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Splits;

/// <summary>Marks clean rows as train, validation and test, and writes them as <see cref="SplitFiles.Behaviour"/>.</summary>
public static class Splitter
{
    // Below so many judged units a split by time that nobody asked for gives way to leave-one-out.
    private const int LeastUnitsByTime = 30;

    /// <summary>Splits the rows of a clean folder and writes the result beside them.</summary>
    /// <param name="cleanFolder">Where <see cref="Cleaner"/> wrote.</param>
    /// <param name="options">The section <c>split:</c>.</param>
    /// <param name="timeZone">IANA zone in which the dates of <paramref name="options"/> begin.</param>
    /// <param name="marginRate">Margin as a share of revenue where unit cost is unknown, in [0, 1].</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The summary, as written to <c>split.json</c>.</returns>
    /// <exception cref="SplitException">No rows, or rows that lack what the stated method needs.</exception>
    /// <exception cref="IOException">No clean folder, or it cannot be written.</exception>
    public static SplitSummary Run(
        string cleanFolder, SplitConfiguration options, string timeZone, double marginRate, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(cleanFolder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(marginRate);
        using var source = new SplitSource(cleanFolder);
        var target = options.Target ?? source.DefaultTarget()
            ?? throw new SplitException("No purchase, rating or view was kept, so there is nothing to learn from or to judge; see the cleaning account for where the rows went.");
        var evidence = source.Evidence(target);
        if (evidence.Rows == 0)
            throw new SplitException($"No row of kind {target} was kept, so split.target: {target} leaves nothing to judge; see the cleaning account, or name another kind.");
        var (method, reason) = Choose(options.Method, evidence);
        var (rows, parts, cuts) = Assign(source, evidence, method, options, timeZone, marginRate);
        if (options.Method == SplitMethod.Auto && method == SplitMethod.Time && UnitsWith(rows, parts, SplitPart.Test) is var judged && judged < LeastUnitsByTime)
        {
            (method, reason) = (SplitMethod.LeaveOneOut, $"a cut by time leaves only {judged} shoppers with a history to judge");
            (rows, parts, cuts) = Assign(source, evidence, method, options, timeZone, marginRate);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var summary = Summarise(rows, parts, cuts, method, reason, evidence, marginRate);
        BehaviourFile.Write(Path.Combine(cleanFolder, SplitFiles.Behaviour), rows, parts, UnitOrder(rows), cancellationToken);
        summary.Save(Path.Combine(cleanFolder, SplitFiles.Summary));
        return summary;
    }

    private static (SplitMethod Method, string Reason) Choose(SplitMethod stated, SplitEvidence evidence) => stated switch
    {
        SplitMethod.LeaveOneOut => (stated, "shop.yaml says so"),
        SplitMethod.Time => evidence.NoTimeSplit is { } fault
            ? throw new SplitException($"split.method: time needs times, but there are {fault}; map a time column, or use split.method: leave-one-out.")
            : (stated, "shop.yaml says so"),
        SplitMethod.Session => evidence.NoSessionSplit is { } fault
            ? throw new SplitException($"split.method: session needs sessions with times, but there are {fault}; map the columns, or use split.method: leave-one-out.")
            : (stated, "shop.yaml says so"),
        SplitMethod.Auto when evidence.Target == InteractionKind.View && evidence.NoSessionSplit is null =>
            (SplitMethod.Session, "views come in sessions"),
        SplitMethod.Auto when evidence.NoTimeSplit is null && evidence.Days >= SplitEvidence.DaysForTimeSplit =>
            (SplitMethod.Time, FormattableString.Invariant($"the rows span {evidence.Days:0} days")),
        SplitMethod.Auto => (
            SplitMethod.LeaveOneOut,
            evidence.NoTimeSplit ?? FormattableString.Invariant($"the rows span {evidence.Days:0} days, fewer than {SplitEvidence.DaysForTimeSplit:0}")),
        _ => throw new ArgumentOutOfRangeException(nameof(stated), stated, "Unknown method."),
    };

    private static (SplitRows Rows, SplitPart?[] Parts, SplitCuts? Cuts) Assign(
        SplitSource source, SplitEvidence evidence, SplitMethod method, SplitConfiguration options, string timeZone, double marginRate)
    {
        var rows = method == SplitMethod.Session
            ? source.BySession(evidence.Target, marginRate)
            : source.ByShopper(evidence.Target, marginRate, needsTime: method == SplitMethod.Time);
        var parts = rows.NewParts();
        SplitCuts? cuts = method switch
        {
            SplitMethod.Time => SplitCuts.From(
                options, timeZone, evidence.FirstMs, evidence.LastMs, share => evidence.LastMs - (long)(share * (evidence.LastMs - evidence.FirstMs))),
            SplitMethod.Session => CutSessions(rows, options, timeZone),
            _ => null,
        };
        var products = CollectionsMarshal.AsSpan(rows.Products);
        var times = CollectionsMarshal.AsSpan(rows.TimesMs);
        for (var unit = 0; unit < rows.Units.Count; unit++)
        {
            var range = rows.Offsets[unit]..rows.Offsets[unit + 1];
            if (cuts is not { } cut) LeaveOneOutSplit.Assign(products[range], parts.AsSpan(range), options.MinimumHistory);
            else if (method == SplitMethod.Time)
                TimeSplit.Assign(products[range], times[range], parts.AsSpan(range), cut.ValidationFromMs, cut.TestFromMs, options.MinimumHistory);
            else
                SessionSplit.Assign(products[range], times[range.Start.Value], parts.AsSpan(range), cut.ValidationFromMs, cut.TestFromMs, options.MinimumHistory);
        }

        return (rows, parts, cuts);
    }

    private static SplitCuts CutSessions(SplitRows rows, SplitConfiguration options, string timeZone)
    {
        long[] starts = [.. rows.Units.Select((_, unit) => rows.TimesMs[rows.Offsets[unit]]).Order()];
        if (starts.Length < 3 || starts[0] == starts[^1])
            throw new SplitException($"A split by session needs sessions that begin at different times; there are {starts.Length}. Use split.method: leave-one-out.");
        return SplitCuts.From(options, timeZone, starts[0], starts[^1], share => starts[Math.Min(starts.Length - 1, (int)(starts.Length * (1 - share)))]);
    }

    private static SplitSummary Summarise(
        SplitRows rows, SplitPart?[] parts, SplitCuts? cuts, SplitMethod method, string reason, SplitEvidence evidence, double marginRate)
    {
        int CountOf(params SplitPart?[] wanted) => parts.Count(p => wanted.Contains(p));
        List<InapplicableMethod> impossible = [];
        if (evidence.NoTimeSplit is { } noTime) impossible.Add(new InapplicableMethod(SplitMethod.Time, noTime));
        if (evidence.NoSessionSplit is { } noSession) impossible.Add(new InapplicableMethod(SplitMethod.Session, noSession));
        return new SplitSummary
        {
            Method = method,
            Reason = reason,
            Target = evidence.Target,
            Units = rows.Units.Count,
            TrainRows = CountOf(SplitPart.Train),
            ValidationRows = CountOf(SplitPart.Validation),
            TestRows = CountOf(SplitPart.Test),
            ContextRows = CountOf(SplitPart.ValidationContext, SplitPart.TestContext),
            DroppedRows = parts.Count(p => p is null),
            RowsWithoutTime = method == SplitMethod.LeaveOneOut ? 0 : evidence.Rows - evidence.TimedRows,
            UnitsValidated = UnitsWith(rows, parts, SplitPart.Validation),
            UnitsTested = UnitsWith(rows, parts, SplitPart.Test),
            ValidationFromMs = cuts?.ValidationFromMs,
            TestFromMs = cuts?.TestFromMs,
            RowsWithRevenue = rows.Revenues.Count(r => !double.IsNaN(r)),
            RowsAtListPrice = rows.RowsAtListPrice,
            RowsWithAssumedMargin = rows.RowsWithAssumedMargin,
            MarginRate = marginRate,
            NotApplicable = impossible,
        };
    }

    private static int UnitsWith(SplitRows rows, SplitPart?[] parts, SplitPart part) =>
        Enumerable.Range(0, rows.Units.Count).Count(unit => parts.AsSpan(rows.Offsets[unit]..rows.Offsets[unit + 1]).Contains(part));

    private static int[] UnitOrder(SplitRows rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Units.Count)];
        Array.Sort(order, (a, b) => Utf8Ordinal.Compare(rows.Units[a], rows.Units[b]));
        return order;
    }
}
