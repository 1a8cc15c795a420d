using Touchstone.Data.Sources;

namespace Touchstone.Server.Reload;

/// <summary>Turns ids of shoppers into the form that the facts keep, as ingest does. Safe from many threads.</summary>
internal sealed class ShopperIdentity
{
    private readonly Lock _lock = new();
    private readonly ShopperHash? _hash;
    private readonly bool _keeps;

    private ShopperIdentity(ShopperHash? hash, bool keeps) => (_hash, _keeps) = (hash, keeps);

    /// <summary>The facts keep ids as they are.</summary>
    public static ShopperIdentity Kept { get; } = new(null, true);

    /// <summary>There is no key, since nobody has been seen yet: ids are forgotten.</summary>
    public static ShopperIdentity Forgotten { get; } = new(null, false);

    /// <summary>The facts keep hashes under a key.</summary>
    public static ShopperIdentity Hashed(ShopperHash hash) => new(hash, false);

    /// <summary>The id as facts keep it; null for nobody in particular.</summary>
    public string? Stored(string? id)
    {
        if (id is null || _keeps) return id;
        if (_hash is null) return null;
        lock (_lock) return _hash.Of(id);
    }
}
