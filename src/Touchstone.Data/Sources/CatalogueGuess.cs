using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Guesses from the names of its columns how a file of products is read.</summary>
public static class CatalogueGuess
{
    /// <summary>The source that reads the file.</summary>
    /// <param name="path">A file, or a pattern with <c>*</c>.</param>
    /// <exception cref="SourceException">It is not there, cannot be read, or has no column of ids or none of texts.</exception>
    public static SourceDefinition Look(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var shop = new ShopConfiguration { FilePath = Path.Combine(Directory.GetCurrentDirectory(), "shop.yaml") };
        var source = new SourceDefinition { Path = Path.GetFullPath(path) };
        var file = SourceFiles.Resolve(source, shop)[0];
        using var reader = RowReaders.Open(file, source, shop, out _);
        var guess = ColumnGuess.Catalogue(new FileSample { Path = source.Path, Source = source, Format = source.Format, Columns = [.. reader.Columns], Rows = [] });
        if (guess["id"] is null || (guess["title"] ?? guess["description"]) is null)
            throw new SourceException(file.Name, Math.Max(1, reader.HeaderLineNumber), $"has no column that is known for {(guess["id"] is null ? "an id" : "a title")}; it has: {string.Join(", ", reader.Columns.Take(20))}. Give a shop.yaml that maps its columns with --config.");
        return source with { Columns = guess.Columns.ToDictionary(pair => pair.Field, pair => pair.Column, StringComparer.Ordinal) };
    }
}
