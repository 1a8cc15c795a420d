using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>
/// Reads what a system found: a TREC run (<c>query Q0 document rank score name</c>, parted by blanks; what follows the name is passed over), or a
/// table with columns <c>query</c>, <c>product</c> and <c>score</c> (or <c>rank</c>), and perhaps <c>system</c>. Either may be gzipped. The order is
/// that of the scores; ranks of a TREC file are not read.
/// </summary>
public static class RunFile
{
    private const int PartCount = 4;
    private const string Layout = "query,product,score, or a TREC run.";

    /// <summary>Scores of each query's documents. The system is named by the file's first row, else by the file's name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="duplicates">What to do with a document that stands twice for a query.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file is not there, or a line of it cannot be read (says line and remedy).</exception>
    public static RankingRun Read(string path, DuplicateRule duplicates = DuplicateRule.Strict, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var builder = new QueryDocumentsBuilder<double>(TrecRows.RowsOf(path));
        var name = TrecRows.IsTrec(path, 6, 4) ? ReadParts(path, ref builder, cancellationToken) : ReadTable(path, builder, cancellationToken);
        var rows = RankingTable.Build(path, builder, duplicates);
        if (rows.Count == 0) throw new SourceException(path, 0, "holds no results; a line each: query Q0 document rank score name.");
        return new RankingRun(name ?? Path.GetFileNameWithoutExtension(path), rows);
    }

    /// <summary>Reads a large file in parts side by side; the rows come out as if it had been read line by line.</summary>
    private static string? ReadParts(string path, ref QueryDocumentsBuilder<double> builder, CancellationToken cancellation)
    {
        var parts = FilePart.Cut(path, Math.Min(Environment.ProcessorCount, PartCount));
        if (parts.Count == 1) return ReadTrec(path, null, builder, cancellation).Name;
        var builders = parts.Select((_, part) => new QueryDocumentsBuilder<double>(TrecRows.RowsOf(path) / (part == 0 ? 1 : parts.Count))).ToArray();
        var read = new (string? Name, long Lines)[parts.Count];
        try
        {
            Parallel.For(0, parts.Count, new ParallelOptions { CancellationToken = cancellation }, part => read[part] = ReadTrec(path, parts[part], builders[part], cancellation));
        }
        catch (AggregateException)
        {
            // Which fault is the first, and on which line of the file, only reading from the start tells.
            return ReadTrec(path, null, builder, cancellation).Name;
        }

        var lines = read[0].Lines;
        for (var part = 1; part < parts.Count; part++)
        {
            builders[0].Append(builders[part], lines);
            lines += read[part].Lines;
        }

        builder = builders[0];
        return read.Select(part => part.Name).FirstOrDefault(name => name is not null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (string? Name, long Lines) ReadTrec(string path, FilePart? part, QueryDocumentsBuilder<double> builder, CancellationToken cancellation)
    {
        string? name = null;
        using var rows = new TrecRows(path, part);
        while (rows.Next(out var row, out var count))
        {
            if ((rows.LineNumber & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (count < 6) throw rows.Fault($"has {count} words; a TREC run has six: query Q0 document rank score name.");
            name ??= Encoding.UTF8.GetString(rows.Word(row, 5));
            var text = rows.Word(row, 4);
            if (!NumberText.TryDouble(text, out var score)) throw rows.Fault(NoNumber(Encoding.UTF8.GetString(text)));
            if (double.IsNaN(score)) throw rows.Fault(NaN(Encoding.UTF8.GetString(rows.Word(row, 0)), Encoding.UTF8.GetString(rows.Word(row, 2))));
            builder.Add(rows.Word(row, 0), rows.Word(row, 2), score, rows.LineNumber);
        }

        return (name, rows.LineNumber - 1);
    }

    private static string? ReadTable(string path, QueryDocumentsBuilder<double> builder, CancellationToken cancellation)
    {
        const string Form = "Write " + Layout, Remedy = "write " + Layout;
        using var table = TableFile.Open(path, cancellation);
        var isRanked = table.Find(JudgmentColumns.Score) < 0 && table.Find(JudgmentColumns.Rank) >= 0;
        var (query, product) = (table.Need(Form, JudgmentColumns.Query), table.Need(Form, JudgmentColumns.Product));
        var (number, system) = (table.Need(Form, isRanked ? JudgmentColumns.Rank : JudgmentColumns.Score), table.Find(JudgmentColumns.System));
        string? name = null;
        while (table.Read())
        {
            var (asked, document, text) = (table.Text(query, Remedy).ToString(), table.Text(product, Remedy).ToString(), table.Text(number, Remedy).Trim().ToString());
            if (!NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out var score)) throw table.Fault(NoNumber(text));
            if (double.IsNaN(score)) throw table.Fault(NaN(asked, document));
            if (system >= 0 && table.Text(system, Remedy) is var named) name ??= named.ToString();
            builder.Add(asked, document, isRanked ? -score : score, table.LineNumber);
        }

        return name;
    }

    private static string NoNumber(string score) => $"score \"{score}\" is not a number; write it with a dot, e.g. 12.5.";

    private static string NaN(string query, string document) => $"score of \"{document}\" for query \"{query}\" is NaN; a score must be a number.";
}
