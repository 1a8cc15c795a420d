using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>
/// Reads judgments as columns: TREC qrels (<c>query iteration document grade</c>, parted by blanks), or a table with columns <c>query</c>,
/// <c>product</c> and <c>grade</c>. Either may be gzipped.
/// </summary>
public static class QrelsFile
{
    private const string Grades = "write 0 for irrelevant, 1 and more for relevant, a negative grade for unjudged";

    /// <summary>Grade of each judged document, by query.</summary>
    /// <param name="path">The file.</param>
    /// <param name="duplicates">What to do with a document that is judged twice for a query.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file is not there, or a line of it cannot be read (says line and remedy).</exception>
    public static QueryDocuments<int> Read(string path, DuplicateRule duplicates = DuplicateRule.Strict, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var builder = new QueryDocumentsBuilder<int>(TrecRows.RowsOf(path));
        if (TrecRows.IsTrec(path, 4, 3)) ReadTrec(path, builder, cancellationToken);
        else ReadTable(path, builder, cancellationToken);
        var judgments = RankingTable.Build(path, builder, duplicates);
        if (judgments.Count == 0) throw new SourceException(path, 0, "holds no judgments; a line each: query iteration document grade.");
        return judgments;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadTrec(string path, QueryDocumentsBuilder<int> builder, CancellationToken cancellation)
    {
        using var rows = new TrecRows(path);
        while (rows.Next(out var row, out var count))
        {
            if ((rows.LineNumber & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (count != 4) throw rows.Fault($"has {TrecRows.Count(row)} words; TREC qrels have four: query iteration document grade.");
            var grade = rows.Word(row, 3);
            if (!Utf8Parser.TryParse(grade, out int value, out var used) || used != grade.Length)
                throw rows.Fault($"grade \"{Encoding.UTF8.GetString(grade)}\" is not a whole number; {Grades}.");
            builder.Add(rows.Word(row, 0), rows.Word(row, 2), value, rows.LineNumber);
        }
    }

    private static void ReadTable(string path, QueryDocumentsBuilder<int> builder, CancellationToken cancellation)
    {
        foreach (var (line, query, product, grade) in JudgmentColumns.Rows(path, cancellation))
        {
            if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                throw new SourceException(path, line, $"grade \"{grade}\" is not a whole number; {Grades}.");
            builder.Add(query, product, value, line);
        }
    }
}
