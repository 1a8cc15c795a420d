using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Cli.Commands;

/// <summary>Reads products straight from files, for benchmarks that need no workspace.</summary>
internal static class BenchmarkProducts
{
    /// <summary>Entries of the files, columns mapped by shop.yaml where one is given, else guessed.</summary>
    /// <param name="paths">Files or patterns; none: those of <paramref name="shop"/>'s catalogue.</param>
    /// <param name="shop">Configuration, or null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="SourceException">A file cannot be read.</exception>
    public static IReadOnlyList<CatalogueEntry> Read(IReadOnlyList<string> paths, ShopConfiguration? shop, CancellationToken cancellation)
    {
        if (shop is { Catalogue.Count: 0 }) throw new ConfigurationException(shop.FileName, 0, "names no catalogue: add the files of products under catalogue:.");
        IReadOnlyList<SourceDefinition> sources = paths.Count == 0 ? shop?.Catalogue ?? []
            : [.. paths.Select(path => shop is null ? CatalogueGuess.Look(path) : shop.Catalogue[0] with { Path = Path.GetFullPath(path) })];
        var settings = shop ?? new ShopConfiguration { FilePath = Path.Combine(Directory.GetCurrentDirectory(), "shop.yaml") };
        var entries = CatalogueEntries.From(sources.SelectMany(source => CatalogueSource.Read(source, settings, null, cancellation)), settings.Locale, out var withoutId);
        if (entries.Count == 0) throw new WorkspaceException($"{string.Join(", ", sources.Select(source => source.Path))}: no product could be read; {withoutId} rows have no id or are broken.");
        return entries;
    }
}
