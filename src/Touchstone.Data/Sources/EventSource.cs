using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads behaviour, streaming: every row of the files comes out, one that cannot be read as unreadable.</summary>
public static class EventSource
{
    /// <summary>Rows of the files of one source, in the order in which they stand.</summary>
    /// <param name="source">Entry of shop.yaml.</param>
    /// <param name="shop">The configuration.</param>
    /// <param name="hash">Replaces ids of shoppers and clients; null keeps them.</param>
    /// <param name="progress">Told now and then; may be null.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">While rows are taken: a file as a whole cannot be read.</exception>
    public static IEnumerable<Interaction> Read(
        SourceDefinition source, ShopConfiguration shop, ShopperHash? hash, IProgress<SourceProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shop);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
        return SourceRows.Read<Interaction>(source, shop, progress, (reader, file) => new EventMapper(reader, file, source, shop, hash, zone).Map, cancellationToken);
    }
}
