using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// A seeded shop: one world of products, demand and tastes, from which a log is written and any number of fresh shoppers is drawn.
/// Immutable and safe from many threads.
/// </summary>
public sealed class SimulatedWorld
{
    private SimulatedWorld(SimulatedShopOptions options)
    {
        Options = options;
        Market = new Market(options);
        LogSeed = options.Seed.For("simulated-shop/shoppers");
    }

    /// <summary>What it was made from.</summary>
    public SimulatedShopOptions Options { get; }

    /// <summary>Its products with English texts, prices and unit costs.</summary>
    public ProductTable Products => Market.Catalogue.Table;

    /// <summary>Seed of the log's own shoppers: fresh ones must be drawn from another.</summary>
    internal Seed LogSeed { get; }

    /// <summary>All that shoppers meet.</summary>
    internal Market Market { get; }

    /// <summary>Makes the world of some options.</summary>
    public static SimulatedWorld Create(SimulatedShopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SimulatedWorld(options);
    }

    /// <summary>
    /// Writes the log as raw files: <c>products.csv</c>, <c>events-YYYY-MM.csv.gz</c>, <c>exposures.jsonl</c>, <c>searches.jsonl</c>, <c>shop.yaml</c> and
    /// <c>truth.json</c>. Equal options write equal bytes.
    /// </summary>
    /// <param name="folder">Made where it is absent; files of these names are overwritten.</param>
    /// <param name="progress">Share done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between parts; the files are then incomplete.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public SimulatedShopFiles WriteTo(string folder, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return ShopWriter.Write(this, folder, progress, cancellationToken);
    }

    /// <summary>
    /// Questions of shoppers who are not in the log, under leave-one-out on purchases: who has at least three makes a case, its target
    /// the last purchase of a product new to the shopper, its history all purchases before.
    /// </summary>
    /// <param name="shoppers">Fresh shoppers to draw; about two thirds of them make a case.</param>
    /// <param name="seed">Seed of the fresh shoppers.</param>
    public JudgedCases FreshCases(int shoppers, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shoppers);
        return CaseCollector.Cases(this, shoppers, FreshSeed(seed));
    }

    /// <summary>The purchases of the log's shoppers, split leave-one-out, without the way through files: for tests of other parts.</summary>
    public Behaviour LogBehaviour() => CaseCollector.Behaviour(this);

    /// <summary>Fresh shoppers are of this world but, whatever the seed given, never those of its log.</summary>
    internal Seed FreshSeed(Seed seed) => Options.Seed.For("simulated-shop/fresh", unchecked((long)seed.Value));

    /// <summary>Seed of one shopper.</summary>
    internal static ulong ShopperSeed(Seed seed, long shopper) => StableHash.Mix(seed.Value + ((ulong)shopper * 0xE7037ED1A0B428DBUL));
}
