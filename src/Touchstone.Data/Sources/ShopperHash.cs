using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Touchstone.Data.Sources;

/// <summary>
/// Replaces ids of persons by a keyed hash: HMAC-SHA-256 (RFC 2104), its first 16 bytes as 22 characters of base64url.
/// Equal ids give equal hashes under one key; without the key nobody can test a guess. Not safe from several threads.
/// </summary>
public sealed class ShopperHash
{
    private const int SlotCount = 1 << 14;
    private readonly byte[] _key;
    private readonly (string Id, string Hash)[] _recent = new (string, string)[SlotCount];

    /// <summary>Uses a key.</summary>
    /// <param name="key">At least 16 bytes; 32 is usual.</param>
    public ShopperHash(ReadOnlySpan<byte> key)
    {
        if (key.Length < 16) throw new ArgumentException($"A key of {key.Length} bytes is too short; use 32 random bytes.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Reads the key file; makes it first, with 32 random bytes that only its owner may read, where it is not there.</summary>
    /// <param name="keyFile">Path of the key file.</param>
    /// <exception cref="InvalidDataException">The file does not hold 32 bytes.</exception>
    public static ShopperHash FromFile(string keyFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyFile);
        if (!File.Exists(keyFile)) Create(keyFile);
        var key = File.ReadAllBytes(keyFile);
        if (key.Length != 32)
            throw new InvalidDataException($"{keyFile} holds {key.Length} bytes, a key has 32; restore it from a copy: with another key known shoppers become strangers.");
        return new ShopperHash(key);
    }

    /// <summary>The hash of an id, 22 characters.</summary>
    public string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        ref var slot = ref _recent[(int)((uint)string.GetHashCode(id, StringComparison.Ordinal) % SlotCount)];
        if (id != slot.Id) slot = (id, Compute(id));
        return slot.Hash;
    }

    private string Compute(string id)
    {
        var count = Encoding.UTF8.GetByteCount(id);
        Span<byte> bytes = count <= 512 ? stackalloc byte[count] : new byte[count];
        Encoding.UTF8.GetBytes(id, bytes);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, bytes, hash);
        return Base64Url.EncodeToString(hash[..16]);
    }

    // Written aside and then moved, so that a second process never reads half a key and never replaces one.
    private static void Create(string keyFile)
    {
        var full = Path.GetFullPath(keyFile);
        if (Path.GetDirectoryName(full) is { } folder) Directory.CreateDirectory(folder);
        var aside = $"{full}.{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(aside, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(32));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, full, overwrite: false);
        }
        catch (IOException) when (File.Exists(full))
        {
            File.Delete(aside);
        }
    }
}
