namespace Touchstone.Data.Splits;

/// <summary>Names of the files that a split adds to the clean folder.</summary>
public static class SplitFiles
{
    /// <summary>One row an interaction that is learned from or judged, with its part.</summary>
    public const string Behaviour = "behaviour.parquet";

    /// <summary>The summary.</summary>
    public const string Summary = "split.json";
}
