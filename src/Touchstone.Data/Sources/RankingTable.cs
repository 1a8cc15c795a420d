using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Tables of judgments and runs, row by row.</summary>
internal static class RankingTable
{
    /// <summary>Whether the table has a column of one of the names.</summary>
    public static bool HasColumn(string path, string[] names)
    {
        var (file, source, shop) = JudgmentColumns.Source(path);
        using var reader = RowReaders.Open(file, source, shop, out _);
        return JudgmentColumns.Find(reader, names) is not null;
    }

    /// <summary>Rows with their line; the cells are valid until the next row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names that each column may have.</param>
    /// <param name="names">What the columns are called in messages.</param>
    /// <param name="form">What is to be written instead.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static IEnumerable<(long Line, string[] Cells)> Rows(string path, IReadOnlyList<string[]> columns, string[] names, string form, CancellationToken cancellation)
    {
        var (file, source, shop) = JudgmentColumns.Source(path);
        using var reader = RowReaders.Open(file, source, shop, out _);
        var found = new int[columns.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = JudgmentColumns.Find(reader, columns[i])
                ?? throw new SourceException(path, Math.Max(1, reader.HeaderLineNumber), $"has no column {names[i]}; it has: {string.Join(", ", reader.Columns)}. Write {form}.");
        }

        var cells = new string[found.Length];
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.Fault is { } fault) throw new SourceException(path, reader.LineNumber, $"cannot be read ({fault}); write {form}.");
            for (var i = 0; i < found.Length; i++)
            {
                if (!reader.TryCell(found[i], out var text) || text.IsWhiteSpace())
                    throw new SourceException(path, reader.LineNumber, $"has no {reader.Columns[found[i]]}; write {form}.");
                cells[i] = text.ToString();
            }

            yield return (reader.LineNumber, cells);
        }
    }

    /// <summary>Groups the rows; a copy is told with file and lines.</summary>
    public static QueryDocuments<TValue> Build<TValue>(string path, QueryDocumentsBuilder<TValue> builder, DuplicateRule duplicates) where TValue : struct
    {
        try
        {
            return builder.Build(duplicates);
        }
        catch (DuplicateDocumentException e)
        {
            throw new SourceException(path, e.SecondLine, string.Create(
                CultureInfo.InvariantCulture,
                $"document \"{e.Document}\" stands twice for query \"{e.Query}\" (first on line {e.FirstLine}); list each once, or keep the first copy by option."), e);
        }
    }
}
