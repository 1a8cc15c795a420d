using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads products, streaming: every row of the files comes out, one that cannot be read as unreadable.</summary>
public static class CatalogueSource
{
    /// <summary>Rows of the files of one source, in the order in which they stand.</summary>
    /// <param name="source">Entry of shop.yaml.</param>
    /// <param name="shop">The configuration.</param>
    /// <param name="progress">Told now and then; may be null.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">While rows are taken: a file as a whole cannot be read.</exception>
    public static IEnumerable<Product> Read(
        SourceDefinition source, ShopConfiguration shop, IProgress<SourceProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shop);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
        return SourceRows.Read<Product>(source, shop, progress, (reader, file) => new ProductMapper(reader, file, source, shop, zone).Map, cancellationToken);
    }
}
