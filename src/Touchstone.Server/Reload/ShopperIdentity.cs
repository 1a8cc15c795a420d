using Touchstone.Data.Sources;

namespace Touchstone.Server.Reload;

/// <summary>Turns ids of shoppers into the form that the facts keep, as ingest does. Safe from many threads.</summary>
/// <param name="hash">Replaces ids; null where the shop keeps them.</param>
internal sealed class ShopperIdentity(ShopperHash? hash)
{
    private readonly Lock _lock = new();

    /// <summary>The id as facts keep it.</summary>
    public string Stored(string id)
    {
        if (hash is null) return id;
        lock (_lock) return hash.Of(id);
    }
}
