using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>
/// Reads judgments: a table with columns <c>query</c>, <c>product</c> and <c>grade</c> (<c>docid</c> and <c>rating</c> are accepted too), or TREC
/// qrels (<c>query iteration document grade</c>, parted by blanks) whose queries stand in a file of their own (<c>id TAB text</c>). All may be gzipped.
/// </summary>
public static class JudgmentFile
{
    /// <summary>The queries, by id (ordinal UTF-8), each with at least one judgment.</summary>
    /// <param name="path">The judgments.</param>
    /// <param name="queries">Texts of the queries; null where the judgments name queries by their text.</param>
    /// <exception cref="SourceException">A file is not there, or a line of it cannot be read (says line and remedy).</exception>
    public static IReadOnlyList<JudgedQuery> Read(string path, string? queries)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var texts = queries is null ? null : Texts(queries);
        var grades = new SortedDictionary<string, SortedDictionary<string, int>>(Utf8Ordinal.Comparer);
        var isTrec = IsTrec(path);
        if (isTrec && texts is null)
            throw new SourceException(path, 1, "is a TREC file, which names queries by id only: give their texts with --queries FILE (a line each: id TAB text).");
        foreach (var (line, query, product, grade) in isTrec ? TrecRows(path) : JudgmentColumns.Rows(path))
        {
            if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                throw new SourceException(path, line, $"grade \"{grade}\" is not a whole number; write 0 for irrelevant, 1 and more for relevant.");
            if (texts is not null && !texts.ContainsKey(query)) throw new SourceException(path, line, $"query \"{query}\" is not in {queries}; add its line there.");
            if (!grades.TryGetValue(query, out var judged)) grades.Add(query, judged = new(StringComparer.Ordinal));
            if (!judged.TryAdd(product, value) && judged[product] != value)
                throw new SourceException(path, line, $"product \"{product}\" has grade {value} for query \"{query}\" and had {judged[product]} on an earlier line; keep one of them.");
        }

        if (grades.Count == 0) throw new SourceException(path, 0, "holds no judgments; a line each: query, product, grade.");
        return [.. grades.Select(pair => new JudgedQuery(pair.Key, texts is null ? pair.Key : texts[pair.Key], pair.Value))];
    }

    private static IEnumerable<(long Line, string Query, string Product, string Grade)> TrecRows(string path)
    {
        foreach (var (number, line) in Lines(path))
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words.Length != 4) throw new SourceException(path, number, $"has {words.Length} words; TREC qrels have four: query iteration document grade.");
            yield return (number, words[0], words[2], words[3]);
        }
    }

    private static Dictionary<string, string> Texts(string path)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in Lines(path))
        {
            if (line.Length == 0) continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0) throw new SourceException(path, number, "has no tab between the query's id and its text; write: id TAB text.");
            if (!texts.TryAdd(line[..tab], line[(tab + 1)..])) throw new SourceException(path, number, $"names query \"{line[..tab]}\" a second time; give each its own id.");
        }

        return texts;
    }

    private static bool IsTrec(string path)
    {
        if (SourceStreams.FormatOf(path) == SourceFormat.Parquet) return false;
        var first = Lines(path).Select(line => line.Text).FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        var words = first.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 4 && int.TryParse(words[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
    }

    private static IEnumerable<(long Number, string Text)> Lines(string path)
    {
        var (file, source) = TableFile.Source(path);
        var (stream, _) = SourceStreams.Open(file, source);
        using var reader = new StreamReader(stream);
        for (long number = 1; reader.ReadLine() is { } line; number++) yield return (number, line);
    }
}
