using System.IO.Enumeration;
using Touchstone.Data.Configuration;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>Finds the files that an entry of shop.yaml names.</summary>
public static class SourceFiles
{
    /// <summary>The files, in ordinal order of their names.</summary>
    /// <param name="source">Entry of shop.yaml.</param>
    /// <param name="shop">Configuration whose folder relative paths start from.</param>
    /// <exception cref="SourceException">A file is not there, or nothing matches the pattern.</exception>
    public static IReadOnlyList<SourceFile> Resolve(SourceDefinition source, ShopConfiguration shop)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shop);
        var full = shop.Resolve(source.Path);
        if (!full.Contains('*', StringComparison.Ordinal))
        {
            if (File.Exists(full)) return [new SourceFile(full, Name(full, shop))];
            if (Directory.Exists(full))
                throw new SourceException(Name(full, shop), 0, $"is a folder{At(source, shop)}; name a file of it, or a pattern such as {source.Path.TrimEnd('/')}/*.csv.");
            throw new SourceException(Name(full, shop), 0, $"is not there{At(source, shop)}{Near(full)}");
        }

        var folder = FixedFolder(full);
        if (!Directory.Exists(folder))
            throw new SourceException(Name(full, shop), 0, $"matches no file{At(source, shop)}: the folder {Name(folder, shop)} is not there.");
        var pattern = Path.GetRelativePath(folder, full).Replace('\\', '/');
        var options = new EnumerationOptions { RecurseSubdirectories = pattern.Contains('/', StringComparison.Ordinal) };
        var paths = Directory.EnumerateFiles(folder, "*", options)
            .Where(path => Matches(pattern, Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Order(Utf8Ordinal.Comparer)
            .ToList();
        if (paths.Count == 0)
            throw new SourceException(Name(full, shop), 0, $"matches no file{At(source, shop)}; check the pattern.");
        return [.. paths.Select(path => new SourceFile(path, Name(path, shop)))];
    }

    /// <summary><c> (shop.yaml:12)</c>, or nothing where the entry does not come from a file.</summary>
    internal static string At(SourceDefinition source, ShopConfiguration shop, string? column = null)
    {
        var line = column is null ? source.LineNumber : source.ColumnLineNumbers.GetValueOrDefault(column, source.LineNumber);
        return line > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({shop.FileName}:{line})") : "";
    }

    private static string Name(string path, ShopConfiguration shop) => Path.GetRelativePath(shop.Folder, path).Replace('\\', '/');

    private static string FixedFolder(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern[..pattern.IndexOf('*', StringComparison.Ordinal)]);
        return string.IsNullOrEmpty(folder) ? Path.GetPathRoot(pattern) ?? "." : folder;
    }

    // Segment by segment, so that a * never crosses a slash.
    private static bool Matches(string pattern, string path)
    {
        var wanted = pattern.Split('/');
        var parts = path.Split('/');
        if (wanted.Length != parts.Length) return false;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(wanted[i].Replace("\\", "\\\\", StringComparison.Ordinal), parts[i], ignoreCase: false)) return false;
        }

        return true;
    }

    private static string Near(string full)
    {
        var folder = Path.GetDirectoryName(full);
        if (folder is null || !Directory.Exists(folder)) return $": there is no folder {Path.GetFileName(folder)}.";
        var near = NearestName.Of(Path.GetFileName(full), Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        return near is null ? "; check the path." : $"; did you mean \"{near}\"?";
    }
}
