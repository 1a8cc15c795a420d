using System.Globalization;
using System.Text.RegularExpressions;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;

namespace Touchstone.Data.Metrics;

/// <summary>A delimited text file for the engine: header, delimiter and line end are ours, so that the engine guesses nothing; its faults are told by line.</summary>
internal static partial class TextTable
{
    /// <summary>The file as a relation of texts, and its columns.</summary>
    /// <exception cref="SourceException">The header cannot be used (says why).</exception>
    public static (string Sql, IReadOnlyList<string> Columns) Open(SourceFile file, SourceDefinition source)
    {
        var name = file.Name;
        var delimiter = RowReaders.Delimiter(file, source, source.Format);
        var hasQuotes = RowReaders.HasQuotes(file, source, delimiter);
        var (stream, _) = SourceStreams.Open(file, source);
        using var reader = new DelimitedReader(stream, delimiter, hasQuotes, null);
        if (reader.HeaderFault is { } fault) throw new SourceException(name, 1, $"{fault}; the first line must name the columns, in UTF-8.");
        if (reader.Columns.Count == 0) throw new SourceException(name, 0, "is empty; its first line must name the columns.");
        string[] columns = [.. reader.Columns.Select((column, i) => column.Length > 0 ? column : string.Create(CultureInfo.InvariantCulture, $"column{i + 1}"))];
        foreach (var twice in columns.GroupBy(column => column, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            throw new SourceException(name, 1, $"names two columns \"{twice.First()}\"; name each once (capitals do not tell them apart).");
        var names = string.Join(", ", columns.Select(column => $"{DuckDatabase.Literal(column)}: 'VARCHAR'"));
        var quote = hasQuotes ? "'\"'" : "''";
        return ($"read_csv({DuckDatabase.Literal(file.Path)}, auto_detect = false, header = true, columns = {{{names}}}, delim = {DuckDatabase.Literal(delimiter.ToString())}, quote = {quote}, escape = {quote}, nullstr = '', new_line = '{(IsWindows(file, source) ? "\\r\\n" : "\\n")}', compression = 'uncompressed')", columns);
    }

    /// <summary>A fault of the engine's reader in our words, where it is one.</summary>
    public static Exception Told(WarehouseException fault)
    {
        if (Line.Match(fault.Message) is not { Success: true } line) return fault;
        var file = File.Match(fault.Message) is { Success: true } named ? Path.GetFileName(named.Groups[1].Value.Trim()) : "the file";
        var number = long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
        var problem = Columns.Match(fault.Message) is { Success: true } counts ? $"has {counts.Groups[2].Value} cells; expected {counts.Groups[1].Value}, as the header. Quote cells that hold the delimiter."
            : fault.Message.Contains("unicode", StringComparison.OrdinalIgnoreCase) ? "is not UTF-8; write the file in UTF-8."
            : fault.Message.Contains("quote", StringComparison.OrdinalIgnoreCase) ? "has a quote that does not end its cell; double quotes inside a quoted cell."
            : Reason(fault.Message);
        return new SourceException(file, number, problem, fault);
    }

    private static string Reason(string message)
    {
        var lines = message.Split('\n');
        return "cannot be read: " + (lines.Length > 1 ? lines[^1] : lines[0]).Trim();
    }

    /// <summary>Whether the first line ends in CR LF.</summary>
    private static bool IsWindows(SourceFile file, SourceDefinition source)
    {
        var (stream, _) = SourceStreams.Open(file, source);
        using var reader = new StreamReader(stream);
        var before = -1;
        for (var length = 0; length < 1 << 20 && reader.Read() is >= 0 and var next && next != '\n'; length++) before = next;
        return before == '\r';
    }

    [GeneratedRegex(@"CSV Error on Line: (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Line { get; }

    [GeneratedRegex(@"file = (.+)", RegexOptions.CultureInvariant)]
    private static partial Regex File { get; }

    [GeneratedRegex(@"Expected Number of Columns: (\d+) Found: (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Columns { get; }
}
