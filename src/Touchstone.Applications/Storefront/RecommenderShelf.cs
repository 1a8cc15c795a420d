using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Registry;
using Touchstone.Recommendation;
using Touchstone.Serving.Rollout;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>Loads the recommenders that may serve from a workspace's registry.</summary>
public static class RecommenderShelf
{
    /// <summary>The champion, and every model whose latest verdict admits the version that it judged.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="admissions">Verdicts of the ledger.</param>
    /// <param name="products">The shop's products.</param>
    /// <exception cref="RegistryException">There is no champion yet, or it is not what was registered.</exception>
    /// <exception cref="CheckpointException">The champion cannot be read.</exception>
    public static ServingModels<RankingPolicy> Load(ModelRegistry registry, Admissions admissions, ProductTable products)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(admissions);
        ArgumentNullException.ThrowIfNull(products);
        var champion = Open(registry.Resolve(ModelRegistry.Champion), ServingRight.Champion, products);
        var models = new ServingModels<RankingPolicy>(champion.Policy.Model, champion);
        foreach (var versions in registry.List().GroupBy(model => model.Name, model => model.Version, StringComparer.Ordinal))
        {
            var (name, known) = (versions.Key, versions.ToArray());
            if (name == models.ChampionName) continue;
            if (admissions.Objection(name, known) is { } objection) models.Refuse(name, RefusalKind.NotAdmitted, objection);
            else Admit(name, admissions.Find(name, known)?.Version ?? "", registry, products, models);
        }

        return models;
    }

    // A challenger that is damaged takes nobody else down.
    private static void Admit(string name, string version, ModelRegistry registry, ProductTable products, ServingModels<RankingPolicy> models)
    {
        try
        {
            models.Admit(name, Open(registry.Open(name, version), ServingRight.Admitted, products));
        }
        catch (Exception fault) when (fault is RegistryException or CheckpointException)
        {
            models.Refuse(name, RefusalKind.Unloadable, $"{name} {version} is admitted by its verdict and cannot be loaded. {fault.Message}");
        }
    }

    private static RankingPolicy Open(RegisteredModel model, ServingRight right, ProductTable products) =>
        new(new ServingPolicy(model.Name, model.Version, right), RecommenderFolder.Load(model.Folder), products);
}
