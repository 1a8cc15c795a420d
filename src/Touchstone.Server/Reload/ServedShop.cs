using Touchstone.Applications.Storefront;

namespace Touchstone.Server.Reload;

/// <summary>One state of the workspace as the server answers from it.</summary>
/// <param name="Policies">Models, histories, searchers.</param>
/// <param name="Shoppers">How ids of shoppers stand in the facts.</param>
/// <param name="AbsentStages">Stages that have left nothing, not even why they do not apply: not run yet, or being replaced at this moment.</param>
internal sealed record ServedShop(StorefrontPolicies Policies, ShopperIdentity Shoppers, IReadOnlyCollection<string> AbsentStages) : IDisposable
{
    /// <summary>The stage whose folder another state had, and this one lacks because it is away: a run replaces it. Null where there is none.</summary>
    public string? Lost(ServedShop before)
    {
        if (before.Policies.Recommenders is not null && Policies.Recommenders is null && AbsentStages.Contains("clean")) return "clean";
        return before.Policies.Searchers is not null && Policies.Searchers is null && AbsentStages.Contains("index") ? "index" : null;
    }

    /// <inheritdoc/>
    public void Dispose() => Policies.Dispose();
}
