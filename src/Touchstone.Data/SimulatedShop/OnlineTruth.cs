using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// What policies are worth once shoppers meet them: a year of the same fresh shoppers under each policy of the home page, with common
/// random numbers. Search and category pages stay the log's. Money is net of discounts and of returns (what comes back is sold again).
/// </summary>
public sealed class OnlineTruth
{
    private const int FiguresAPolicy = 3;

    private readonly PairedMoments _moments;
    private readonly string[] _policies;
    private readonly string _currency;

    private OnlineTruth(PairedMoments moments, string[] policies, string currency)
    {
        (_moments, _policies, _currency) = (moments, policies, currency);
    }

    /// <summary>Names of the policies, in the order they were given.</summary>
    public IReadOnlyList<string> Policies => _policies;

    /// <summary>Shoppers that lived their year under each policy.</summary>
    public long ShopperCount => _moments.Count;

    /// <summary>Measures policies.</summary>
    /// <param name="world">The world.</param>
    /// <param name="policies">Recommenders that fill the home page; null is the logging policy.</param>
    /// <param name="shoppers">Fresh shoppers.</param>
    /// <param name="seed">Seed of the fresh shoppers.</param>
    /// <param name="threads">Most threads; the result does not depend on it.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="cancellationToken">Stops between chunks of shoppers.</param>
    public static OnlineTruth Measure(
        SimulatedWorld world, IReadOnlyList<IRecommender?> policies, int shoppers, Seed seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(policies);
        var fresh = world.FreshSeed(seed);
        var products = policies.Select(policy => policy is null ? null : new ModelProducts(policy, world.Products)).ToArray();
        var moments = ShopperChunks.Run(shoppers, FiguresAPolicy * policies.Count, threads, Live, progress, cancellationToken);
        return new OnlineTruth(moments, [.. policies.Select(policy => policy?.Name ?? LoggingPolicy.Name)], world.Options.Currency);

        Action<long, PairedMoments> Live()
        {
            var processes = policies.Select((policy, i) => new ShopperProcess(
                world.Market,
                policy is not null && products[i] is { } known ? new RecommenderPolicy(new ModelScratch(policy, known)) : null)).ToArray();
            var values = new double[FiguresAPolicy * policies.Count];
            var years = world.Options.Days / 365.0;
            return (shopper, sums) =>
            {
                for (var policy = 0; policy < processes.Length; policy++)
                {
                    var process = processes[policy];
                    process.Run(SimulatedWorld.ShopperSeed(fresh, shopper), null);
                    var (revenue, margin) = (0L, 0L);
                    foreach (ref readonly var line in process.Lines)
                    {
                        if (line.ReturnedAtMs > 0) continue;
                        revenue += line.RevenueCents;
                        margin += line.MarginCents;
                    }

                    values[FiguresAPolicy * policy] = revenue / 100.0 / years;
                    values[(FiguresAPolicy * policy) + 1] = margin / 100.0 / years;
                    values[(FiguresAPolicy * policy) + 2] = process.SessionCount / years;
                }

                sums.Add(values);
            };
        }
    }

    /// <summary>Revenue a shopper and year.</summary>
    public Estimate RevenuePerShopperYear(int policy) => TruthEstimates.Mean(_moments, FiguresAPolicy * policy, _currency);

    /// <summary>Margin a shopper and year.</summary>
    public Estimate MarginPerShopperYear(int policy) => TruthEstimates.Mean(_moments, (FiguresAPolicy * policy) + 1, _currency);

    /// <summary>Revenue a session.</summary>
    public Estimate RevenuePerSession(int policy) => TruthEstimates.Ratio(_moments, FiguresAPolicy * policy, (FiguresAPolicy * policy) + 2, _currency);

    /// <summary>Margin a session.</summary>
    public Estimate MarginPerSession(int policy) => TruthEstimates.Ratio(_moments, (FiguresAPolicy * policy) + 1, (FiguresAPolicy * policy) + 2, _currency);

    /// <summary>Paired difference of revenue a shopper and year.</summary>
    public Estimate RevenuePerShopperYearDifference(int policy, int baseline) =>
        TruthEstimates.Difference(_moments, FiguresAPolicy * policy, FiguresAPolicy * baseline, _currency);

    /// <summary>Paired difference of margin a shopper and year.</summary>
    public Estimate MarginPerShopperYearDifference(int policy, int baseline) =>
        TruthEstimates.Difference(_moments, (FiguresAPolicy * policy) + 1, (FiguresAPolicy * baseline) + 1, _currency);
}
