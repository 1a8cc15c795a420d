using Touchstone.Applications.Storefront;

namespace Touchstone.Server.Reload;

/// <summary>One state of the workspace as the server answers from it.</summary>
/// <param name="Policies">Models, histories, searchers.</param>
/// <param name="Shoppers">How ids of shoppers stand in the facts.</param>
internal sealed record ServedShop(StorefrontPolicies Policies, ShopperIdentity Shoppers) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Policies.Dispose();
}
