using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Applications.Storefront;

/// <summary>
/// What each shopper has done, by id as facts keep it. All rows count, those that are kept apart for judging too: serving wants what is
/// known, and judges nothing.
/// </summary>
public sealed class ShopperHistories
{
    private readonly Behaviour _behaviour;
    private readonly string _sitePrefix;

    /// <summary>Over the columns.</summary>
    /// <param name="behaviour">Behaviour of the shop.</param>
    /// <param name="site">The storefront that serves: where a workspace has several, its ids begin with their site.</param>
    public ShopperHistories(Behaviour behaviour, string site)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        ArgumentNullException.ThrowIfNull(site);
        (_behaviour, _sitePrefix) = (behaviour, site + "/");
    }

    /// <summary>The history of a shopper; empty where the shopper is unknown.</summary>
    /// <param name="shopper">Id of a shopper or of an anonymous client, as facts keep it.</param>
    public ShopperHistory Of(string shopper)
    {
        ArgumentNullException.ThrowIfNull(shopper);
        foreach (var unit in (string[])[shopper, _sitePrefix + shopper, "client:" + shopper, _sitePrefix + "client:" + shopper])
        {
            if (IndexOf(unit) is >= 0 and var at)
            {
                var (first, end) = (_behaviour.Offsets[at], _behaviour.Offsets[at + 1]);
                return new ShopperHistory(
                    _behaviour.ProductIndexes.AsMemory(first..end),
                    _behaviour.OccurredAtMs.Length == 0 ? default : _behaviour.OccurredAtMs.AsMemory(first..end));
            }
        }

        return default;
    }

    // Units are ascending by ordinal UTF-8.
    private int IndexOf(string unit)
    {
        var (low, high) = (0, _behaviour.Units.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Utf8Ordinal.Compare(_behaviour.Units[middle], unit);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}

/// <summary>One shopper's products and their times.</summary>
/// <param name="ProductIndexes">[row] oldest first.</param>
/// <param name="OccurredAtMs">[row] ms since 1970 UTC; empty where unknown.</param>
public readonly record struct ShopperHistory(ReadOnlyMemory<int> ProductIndexes, ReadOnlyMemory<long> OccurredAtMs);
