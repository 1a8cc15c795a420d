using System.Security.Cryptography;

namespace Touchstone.Data.Sources;

/// <summary>One file of a source.</summary>
public sealed class SourceFile
{
    private readonly Lazy<string> _sha256;

    internal SourceFile(string path, string name)
    {
        Path = path;
        Name = name;
        Size = new FileInfo(path).Length;
        _sha256 = new Lazy<string>(() => Hash(path));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Path relative to shop.yaml, with forward slashes: rows carry it as their source.</summary>
    public string Name { get; }

    /// <summary>Bytes on disk.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits; computed when first asked for.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Sha256 => _sha256.Value;

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
