using Touchstone.Data.Configuration;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>Looks at the files of a folder: their first 1,000 rows each.</summary>
internal static class FileSampler
{
    private const int RowCountMax = 1000;

    /// <summary>Samples of all files that read as tables or sequences, alike ones together; what is passed over is told.</summary>
    public static List<FileSample> Look(string folder, ShopConfiguration shop, List<string> passedOver)
    {
        var samples = new List<FileSample>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(Utf8Ordinal.Comparer))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith('.') || name.Equals(shop.FileName, StringComparison.Ordinal) || Path.GetExtension(name) is ".md" or ".yaml" or ".yml") continue;
            if (Sample(path, shop) is { } sample) samples.Add(sample);
            else passedOver.Add($"{name} is passed over: it reads neither as a table nor as one user a line.");
        }

        return Together(samples, shop);
    }

    private static FileSample? Sample(string path, ShopConfiguration shop)
    {
        var written = Path.GetRelativePath(shop.Folder, path).Replace('\\', '/');
        var format = SourceStreams.FormatOf(path) ?? (IsSequences(path) ? SourceFormat.Sequences : SourceFormat.Csv);
        foreach (var encoding in (string[])["utf-8", "utf-16", "windows-1252"])
        {
            var source = new SourceDefinition { Path = written, Format = format, Encoding = encoding };
            if (Rows(path, written, source, shop, out var columns) is not { Count: > 0 } rows) continue;
            // One object is a document, one column no table; text without an extension of its own is a table only where it is regular.
            if (format == SourceFormat.Jsonl && rows.Count == 1 && columns.Count > 100) return null;
            if (columns.Count < 2) return null;
            return new FileSample { Path = written, Source = source, Format = format, Columns = columns, Rows = rows };
        }

        return null;
    }

    private static List<string?[]>? Rows(string path, string written, SourceDefinition source, ShopConfiguration shop, out IReadOnlyList<string> columns)
    {
        columns = [];
        var rows = new List<string?[]>();
        var faults = 0;
        try
        {
            using var reader = RowReaders.Open(new SourceFile(path, written), source, shop, out _);
            columns = [.. reader.Columns];
            while (rows.Count + faults < RowCountMax && reader.Read())
            {
                if (reader.Fault is not null)
                {
                    faults++;
                    continue;
                }

                var row = new string?[columns.Count];
                for (var i = 0; i < row.Length; i++)
                {
                    if (reader.TryCell(i, out var text) && !IsNull(text)) row[i] = text.ToString();
                }

                rows.Add(row);
            }
        }
        catch (Exception e) when (e is SourceException or InvalidDataException)
        {
            return null;
        }

        return faults > rows.Count ? null : rows;
    }

    private static bool IsNull(ReadOnlySpan<char> text) => text is "" or "NA" or "null";

    // Every line: words parted by blanks, at least two, mostly not equally many, each short.
    private static bool IsSequences(string path)
    {
        var counts = new List<int>();
        try
        {
            var file = new SourceFile(path, path);
            var (stream, _) = SourceStreams.Open(file, new SourceDefinition { Path = path });
            using (stream)
            {
                var framer = new RowFramer(stream, 0);
                var characters = Array.Empty<char>();
                while (counts.Count < RowCountMax && framer.Next(out var line))
                {
                    if (framer.Fault is not null || TextRows.Fault(line, null) is not null) return false;
                    var length = TextRows.Decode(line, ref characters);
                    var words = new string(characters, 0, length).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                    if (words.Length == 0) continue;
                    if (words.Length == 1 || words.Any(word => word.Length > 40 || word.AsSpan().ContainsAny(",;|\""))) return false;
                    // Prose has words of letters and marks; ids have digits.
                    if (!words.Any(word => word.Any(char.IsAsciiDigit))) return false;
                    counts.Add(words.Length);
                }
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return counts.Count > 1 && counts.Distinct().Count() > 1;
    }

    /// <summary>Files whose names differ in digits only and whose columns are the same become one pattern.</summary>
    private static List<FileSample> Together(List<FileSample> samples, ShopConfiguration shop)
    {
        var together = new List<FileSample>();
        foreach (var group in samples.GroupBy(sample => string.Join('\0', [Masked(sample.Path), sample.Source.Encoding, .. sample.Columns])))
        {
            var alike = group.ToList();
            if (alike.Count > 1 && alike[0].Format != SourceFormat.Sequences)
            {
                var pattern = Pattern(alike.ConvertAll(sample => sample.Path));
                if (SourceFiles.Resolve(alike[0].Source with { Path = pattern }, shop).Count == alike.Count)
                {
                    together.Add(alike[0] with { Path = pattern });
                    continue;
                }
            }

            together.AddRange(alike);
        }

        return together;
    }

    private static string Masked(string path) => string.Concat(path.Select(c => char.IsAsciiDigit(c) ? '#' : c));

    // The masks are equal, so all names are equally long: a star from the first difference to the last, digits around it taken in.
    private static string Pattern(List<string> paths)
    {
        var first = paths[0];
        var from = Enumerable.Range(0, first.Length).First(i => paths.Any(path => path[i] != first[i]));
        var to = Enumerable.Range(0, first.Length).Last(i => paths.Any(path => path[i] != first[i]));
        while (from > 0 && char.IsAsciiDigit(first[from - 1])) from--;
        while (to + 1 < first.Length && char.IsAsciiDigit(first[to + 1])) to++;
        return first[..from] + "*" + first[(to + 1)..];
    }
}
