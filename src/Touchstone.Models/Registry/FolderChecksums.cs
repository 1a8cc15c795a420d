using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Models.Cards;

namespace Touchstone.Models.Registry;

/// <summary>SHA-256 of every file of a model folder but its card, kept as <c>checksums.json</c>.</summary>
internal static class FolderChecksums
{
    internal const string FileName = "checksums.json";

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Hashes by path (with <c>/</c>, ordinal order), and the bytes in all.</summary>
    internal static (SortedDictionary<string, string> Hashes, long Bytes) Of(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        long bytes = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (name is FileName or ModelCard.FileName) continue;
            using var stream = File.OpenRead(path);
            hashes.Add(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
            bytes += stream.Length;
        }

        return (hashes, bytes);
    }

    /// <summary>The version that files of these hashes have: 12 hexadecimal digits of the SHA-256 over names and hashes.</summary>
    internal static string VersionOf(SortedDictionary<string, string> hashes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in hashes)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData([0]);
            hash.AppendData(Convert.FromHexString(value));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    internal static string Print(SortedDictionary<string, string> hashes) => JsonSerializer.Serialize(hashes, Form) + "\n";

    /// <summary>Compares a folder with the checksums that lie in it.</summary>
    /// <exception cref="RegistryException">A file is missing, changed or surplus (names it).</exception>
    internal static void Verify(string folder, string version)
    {
        var path = Path.Combine(folder, FileName);
        SortedDictionary<string, string> wanted;
        try
        {
            wanted = new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? [], StringComparer.Ordinal);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RegistryException($"{path}: cannot be read: {cause.Message}. Train and register the model again.", cause);
        }

        var (found, _) = Of(folder);
        foreach (var (name, hash) in wanted)
        {
            if (!found.TryGetValue(name, out var actual)) throw new RegistryException($"{Path.Combine(folder, name)}: is missing. Train and register the model again.");
            if (actual != hash) throw new RegistryException($"{Path.Combine(folder, name)}: was changed after it was registered. Train and register the model again.");
        }

        foreach (var name in found.Keys)
            if (!wanted.ContainsKey(name)) throw new RegistryException($"{Path.Combine(folder, name)}: was not registered. Remove it.");
        if (Version(wanted, version) is { } other) throw new RegistryException($"{path}: describes version {other}, but lies in the folder of {version}. Train and register the model again.");
    }

    private static string? Version(SortedDictionary<string, string> hashes, string stated) => VersionOf(hashes) is var actual && actual != stated ? actual : null;
}
