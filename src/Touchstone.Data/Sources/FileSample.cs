using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>The first rows of a file (or of the first of several alike), to guess from.</summary>
internal sealed record FileSample
{
    /// <summary>Path as shop.yaml will write it; a pattern where several files are alike.</summary>
    public required string Path { get; init; }

    /// <summary>How it was read.</summary>
    public required SourceDefinition Source { get; init; }

    /// <summary>Form of the rows.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>Names of the columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>[row][column] text, null where absent.</summary>
    public required IReadOnlyList<string?[]> Rows { get; init; }

    /// <summary>Texts of a column that are there.</summary>
    public IEnumerable<string> Values(string column)
    {
        var at = -1;
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column) at = i;
        }

        return Rows.Select(row => row[at]).OfType<string>();
    }
}
