namespace Touchstone.Data.Segments;

/// <summary>Values that every row of a fact must have.</summary>
internal static class FactValue
{
    public static TValue Needed<TValue>(TValue? value, string column)
        where TValue : struct => value ?? throw Missing(column);

    public static string NeededText(string? value, string column) => value ?? throw Missing(column);

    private static FormatException Missing(string column) => new($"the row has no {column}, which every row must have; restore the file from a copy.");
}
