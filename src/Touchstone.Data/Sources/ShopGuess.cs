using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>A first shop.yaml for a folder of files, guessed from the names of their columns and the shapes of their values.</summary>
public sealed record ShopGuess
{
    /// <summary>Text of the shop.yaml, commented; it loads with <see cref="ShopConfiguration.Load(string)"/>.</summary>
    public required string Yaml { get; init; }

    /// <summary>What could not be guessed, a sentence each: the shop's own people have to look at it.</summary>
    public required IReadOnlyList<string> NotGuessed { get; init; }

    /// <summary>Whether a source of events was found: without one nothing can be run.</summary>
    public required bool HasEvents { get; init; }

    /// <summary>Looks at the files of a folder, 1,000 rows each.</summary>
    /// <param name="folder">The folder; its subfolders are not looked at.</param>
    /// <param name="yamlPath">Where the shop.yaml will stand (paths in it are relative to that); null = in the folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ShopGuess Look(string folder, string? yamlPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full)) throw new DirectoryNotFoundException($"{folder} is not there; name the folder with the shop's files.");
        var shop = new ShopConfiguration { FilePath = Path.GetFullPath(yamlPath ?? Path.Combine(full, "shop.yaml")) };
        var notGuessed = new List<string>();
        var samples = FileSampler.Look(full, shop, notGuessed);
        return ShopYamlText.Write(Path.GetFileName(full.TrimEnd(Path.DirectorySeparatorChar)), SourceGuess.Choose(samples, notGuessed), notGuessed);
    }
}
