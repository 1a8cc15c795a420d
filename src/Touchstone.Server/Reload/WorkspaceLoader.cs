using System.Text.Json;
using Touchstone.Applications.Storefront;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Data.Splits;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Registry;
using Touchstone.Search;
using Touchstone.Serving.Rollout;

namespace Touchstone.Server.Reload;

/// <summary>Reads a workspace as the last run left it.</summary>
internal sealed class WorkspaceLoader(ShopConfiguration shop, WorkspaceLayout layout, TimeProvider time)
{
    private const int VersionLength = 12;
    private static readonly string[] Read = ["clean", "index"];

    /// <summary>Whether the message of a fault of <see cref="Load"/> stands for itself: trouble with the workspace, not of the program.</summary>
    public static bool IsExpected(Exception fault) => fault
        is NotReadyException or RegistryException or CheckpointException or IOException or UnauthorizedAccessException or InvalidDataException
        or WarehouseException or SearchIndexException or JsonException;

    /// <summary>Reads histories, verdicts, models and the index.</summary>
    /// <exception cref="NotReadyException">No run has left anything to serve from.</exception>
    public ServedShop Load()
    {
        var admissions = Admissions.From(new FactStore<LedgerEntry>(layout.Ledger).Read());
        var recommendations = Recommendations(admissions);
        var shoppers = Shoppers(recommendations is not null);
        var search = Search(admissions);
        return recommendations is null && search is null
            ? throw new NotReadyException($"{layout.Folder} has no trained models yet: run touchstone run {shop.FileName}. The server takes them when they are there.")
            : new ServedShop(new StorefrontPolicies(recommendations, search), shoppers, [.. Read.Where(stage => !File.Exists(Path.Combine(layout.Stage(stage), "manifest.json")))]);
    }

    private StorefrontRecommendations? Recommendations(Admissions admissions)
    {
        var clean = layout.Stage("clean");
        var registry = new ModelRegistry(layout.Models, time);
        if (!File.Exists(Path.Combine(clean, SplitFiles.Behaviour)) || !registry.Aliases().ContainsKey(ModelRegistry.Champion)) return null;
        var behaviour = BehaviourReader.Read(clean);
        return new StorefrontRecommendations(behaviour.Products, new ShopperHistories(behaviour, shop.Site), RecommenderShelf.Load(registry, admissions, behaviour.Products));
    }

    private StorefrontSearch? Search(Admissions admissions)
    {
        var folder = layout.Stage("index");
        var manifest = Path.Combine(folder, "manifest.json");
        if (!File.Exists(manifest)) return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        // A stage that the data cannot feed leaves its reason and no index.
        if (json.RootElement.TryGetProperty("not_applicable", out var reason) && reason.ValueKind == JsonValueKind.String) return null;
        var hash = json.RootElement.GetProperty("output_hash").GetString() ?? "";
        return StorefrontSearch.Open(folder, hash[..Math.Min(VersionLength, hash.Length)], new ModelRegistry(layout.Models, time), admissions, shop.Locale, shop.Threads);
    }

    // Never made here: a new key would make strangers of all known shoppers.
    private ShopperIdentity Shoppers(bool areKnown)
    {
        if (shop.Privacy.ShopperIds == ShopperIds.Keep) return ShopperIdentity.Kept;
        var key = layout.ShopperKey(shop);
        if (File.Exists(key)) return ShopperIdentity.Hashed(ShopperHash.FromFile(key));
        return areKnown
            ? throw new NotReadyException($"{key}, the key of the shoppers' ids, is not there: restore it from a copy, or run touchstone run {shop.FileName} on a new workspace.")
            : ShopperIdentity.Forgotten;
    }
}
