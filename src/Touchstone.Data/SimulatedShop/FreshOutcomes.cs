using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>What fresh shoppers of a world do under the logging policy, as columns.</summary>
public static class FreshOutcomes
{
    private const int ChunkSize = 2_048;

    /// <summary>Lives a year of shoppers; those who never came are left out, as an experiment never sees them.</summary>
    /// <param name="world">The world.</param>
    /// <param name="shoppers">Shoppers to draw.</param>
    /// <param name="seed">Seed of the fresh shoppers.</param>
    /// <param name="threads">Most threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public static UnitOutcomes Of(SimulatedWorld world, int shoppers, Seed seed, int threads = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shoppers);
        var fresh = world.FreshSeed(seed);
        var calendar = world.Market.Calendar;
        var middle = calendar.StartMs + ((calendar.EndMs - calendar.StartMs) / 2);
        var (earlier, later, sessions) = (new double[shoppers], new double[shoppers], new double[shoppers]);
        Parallel.For(
            0,
            (shoppers + ChunkSize - 1) / ChunkSize,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => new ShopperProcess(world.Market),
            (chunk, _, process) =>
            {
                for (var shopper = chunk * ChunkSize; shopper < Math.Min(shoppers, (chunk + 1) * ChunkSize); shopper++)
                {
                    process.Run(SimulatedWorld.ShopperSeed(fresh, shopper), null);
                    sessions[shopper] = process.SessionCount;
                    foreach (ref readonly var line in process.Lines)
                    {
                        if (line.ReturnedAtMs > 0) continue;
                        (line.AtMs < middle ? earlier : later)[shopper] += line.RevenueCents / 100.0;
                    }
                }

                return process;
            },
            static _ => { });
        int[] seen = [.. Enumerable.Range(0, shoppers).Where(shopper => sessions[shopper] > 0)];
        double[] Kept(double[] column) => Array.ConvertAll(seen, shopper => column[shopper]);
        return new UnitOutcomes { EarlierRevenue = Kept(earlier), Revenue = Kept(later), Sessions = Kept(sessions) };
    }
}
