using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

/// <summary>The committed samples, read from the real files.</summary>
internal static class SampleShops
{
    public static ShopConfiguration Load(string name)
    {
        var shared = SharedData.Folder();
        return ShopConfiguration.Load(Path.Combine(SharedData.Repository, "samples", name, "shop.yaml"), variable => variable == "TOUCHSTONE_SHARED" ? shared : null);
    }

    public static List<Interaction> Events(ShopConfiguration shop) =>
        [.. shop.Events.SelectMany(source => EventSource.Read(source, shop, null, null, TestContext.Current.CancellationToken))];

    public static List<Product> Products(ShopConfiguration shop) =>
        [.. shop.Catalogue.SelectMany(source => CatalogueSource.Read(source, shop, null, TestContext.Current.CancellationToken))];
}
