using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>Reads the clean catalogue with the words of every language.</summary>
public static class CatalogueReader
{
    /// <summary>Whether any product has a title or a description.</summary>
    /// <param name="cleanFolder">Where <see cref="Cleaner"/> wrote.</param>
    /// <exception cref="IOException">A file is not there, or is damaged.</exception>
    public static bool HasWords(string cleanFolder)
    {
        using var database = DuckDatabase.InMemory();
        return database.Count($"SELECT count(*) FROM read_parquet({PathOf(cleanFolder, CleanFiles.Texts)}) WHERE title <> '' OR description <> ''") > 0;
    }

    /// <summary>The products by id.</summary>
    /// <param name="cleanFolder">Where <see cref="Cleaner"/> wrote.</param>
    /// <param name="locale">Locale whose text stands first.</param>
    /// <exception cref="IOException">A file is not there, or is damaged.</exception>
    public static IReadOnlyList<CatalogueEntry> Read(string cleanFolder, string locale)
    {
        ArgumentException.ThrowIfNullOrEmpty(cleanFolder);
        ArgumentNullException.ThrowIfNull(locale);
        using var database = DuckDatabase.InMemory();
        var texts = new Dictionary<string, List<CatalogueText>>(StringComparer.Ordinal);
        foreach (var row in database.Query($"SELECT id, locale, title, brand, category, description FROM read_parquet({PathOf(cleanFolder, CleanFiles.Texts)})"))
        {
            if (!texts.TryGetValue(row.Text(0), out var list)) texts.Add(row.Text(0), list = []);
            list.Add(new CatalogueText(row.Text(1), row.TextOrNull(2) ?? "", row.TextOrNull(3) ?? "", row.TextOrNull(4) ?? "", row.TextOrNull(5) ?? ""));
        }

        return
        [
            .. database.Query($"SELECT id, CAST(price AS DOUBLE), attributes FROM read_parquet({PathOf(cleanFolder, CleanFiles.Products)})").Select(row => new CatalogueEntry
            {
                Id = row.Text(0),
                Price = row.RealOrNull(1) ?? double.NaN,
                Attributes = CatalogueEntries.Attributes(row.TextOrNull(2)),
                Texts = texts.TryGetValue(row.Text(0), out var list) ? CatalogueEntries.InOrder(list, locale) : [],
            }),
        ];
    }

    private static string PathOf(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? DuckDatabase.Literal(path) : throw new FileNotFoundException($"{path} is not there; run the stage clean again.", path);
    }
}
