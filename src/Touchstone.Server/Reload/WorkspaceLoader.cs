using Touchstone.Applications.Storefront;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Data.Splits;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Registry;
using Touchstone.Serving.Rollout;

namespace Touchstone.Server.Reload;

/// <summary>Reads a workspace as the last run left it.</summary>
internal sealed class WorkspaceLoader(ShopConfiguration shop, WorkspaceLayout layout, TimeProvider time)
{
    /// <summary>Whether the message of a fault of <see cref="Load"/> stands for itself: trouble with the workspace, not of the program.</summary>
    public static bool IsExpected(Exception fault) => fault
        is NotReadyException or RegistryException or CheckpointException or IOException or UnauthorizedAccessException or InvalidDataException
        or WarehouseException or ConfigurationException;

    /// <summary>Reads histories, verdicts and models.</summary>
    /// <exception cref="NotReadyException">No run has left anything to serve from.</exception>
    public ServedShop Load()
    {
        var clean = layout.Stage("clean");
        var registry = new ModelRegistry(layout.Models, time);
        if (!File.Exists(Path.Combine(clean, "manifest.json")) || !registry.Aliases().ContainsKey(ModelRegistry.Champion))
            throw new NotReadyException($"{layout.Folder} has no trained models yet: run touchstone run {shop.FileName}. The server takes them when they are there.");
        var shoppers = Shoppers();
        var behaviour = BehaviourReader.Read(clean);
        var admissions = Admissions.From(new FactStore<LedgerEntry>(layout.Ledger).Read());
        var recommenders = RecommenderShelf.Load(registry, admissions, behaviour.Products);
        return new ServedShop(new StorefrontPolicies(behaviour.Products, new ShopperHistories(behaviour, shop.Site), recommenders), shoppers);
    }

    // Never made here: a new key would make strangers of all known shoppers.
    private ShopperIdentity Shoppers()
    {
        if (shop.Privacy.ShopperIds == ShopperIds.Keep) return new ShopperIdentity(null);
        var key = layout.ShopperKey(shop);
        return File.Exists(key)
            ? new ShopperIdentity(ShopperHash.FromFile(key))
            : throw new NotReadyException($"{key}, the key of the shoppers' ids, is not there: restore it from a copy, or run touchstone run {shop.FileName} on a new workspace.");
    }
}
