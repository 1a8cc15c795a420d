using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;

namespace Touchstone.Cli.Stages;

/// <summary>The split in words.</summary>
internal static class SplitWords
{
    /// <summary>Reads the summary that the clean stage left.</summary>
    public static SplitSummary Read(Workspace workspace) => SplitSummary.Load(Path.Combine(workspace.Stage("clean"), SplitFiles.Summary));

    /// <summary>A method as shop.yaml writes it.</summary>
    public static string Of(SplitMethod method) => method switch
    {
        SplitMethod.Auto => "auto",
        SplitMethod.LeaveOneOut => "leave-one-out",
        SplitMethod.Time => "time",
        SplitMethod.Session => "session",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
    };

    /// <summary>What the reader of the run should know of the split.</summary>
    public static IEnumerable<string> Notes(SplitSummary summary)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"split {Of(summary.Method)} ({summary.Reason}): {summary.TrainRows:#,##0} rows train, {summary.ValidationRows:#,##0} validation, {summary.TestRows:#,##0} test; {summary.UnitsTested:#,##0} of {summary.Units:#,##0} {(summary.Method == SplitMethod.Session ? "sessions" : "shoppers")} judged");
        if (summary.DroppedRows > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{summary.DroppedRows:#,##0} rows are in no part: they come after the judged row of their shopper");
    }
}
