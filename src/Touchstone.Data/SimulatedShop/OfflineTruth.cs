using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// What an offline evaluation aims at: the same figures for the same trained models over fresh shoppers of the same world, under the
/// same protocol (leave-one-out on purchases; all products but the history; ties by product index; a mean over judged purchases).
/// With a hundred times the log's shoppers its own error is a tenth of the estimate's.
/// </summary>
public sealed class OfflineTruth
{
    private const int FiguresAModel = 4;

    private readonly PairedMoments _moments;
    private readonly string[] _models;
    private readonly string _currency;

    private OfflineTruth(PairedMoments moments, string[] models, string currency, int cutOff)
    {
        (_moments, _models, _currency, CutOff) = (moments, models, currency, cutOff);
    }

    /// <summary>Length of the lists.</summary>
    public int CutOff { get; }

    /// <summary>Names of the models, in the order they were given.</summary>
    public IReadOnlyList<string> Models => _models;

    /// <summary>Judged purchases: one a fresh shopper who has at least three.</summary>
    public long CaseCount => _moments.Count;

    /// <summary>Measures models.</summary>
    /// <param name="world">The world that the log came from.</param>
    /// <param name="models">Trained models.</param>
    /// <param name="shoppers">Fresh shoppers to draw: a hundred times the log's.</param>
    /// <param name="cutOff">Length of the lists, k.</param>
    /// <param name="seed">Seed of the fresh shoppers.</param>
    /// <param name="threads">Most threads; the result does not depend on it.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="cancellationToken">Stops between chunks of shoppers.</param>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    public static OfflineTruth Measure(
        SimulatedWorld world, IReadOnlyList<IRecommender> models, int shoppers, int cutOff, Seed seed, int threads = 1,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutOff);
        var fresh = world.FreshSeed(seed);
        var products = models.Select(model => new ModelProducts(model, world.Products)).ToArray();
        var moments = ShopperChunks.Run(shoppers, FiguresAModel * models.Count, threads, Live, progress, cancellationToken);
        return new OfflineTruth(moments, [.. models.Select(model => model.Name)], world.Options.Currency, cutOff);

        Action<long, PairedMoments> Live()
        {
            var process = new ShopperProcess(world.Market);
            var scratch = models.Select((model, i) => new ModelScratch(model, products[i])).ToArray();
            var values = new double[FiguresAModel * models.Count];
            return (shopper, sums) =>
            {
                process.Run(SimulatedWorld.ShopperSeed(fresh, shopper), null);
                var target = LeaveOneOut.Target(process.Products);
                if (target < 0) return;
                Judge(process, target, cutOff, scratch, values);
                sums.Add(values);
            };
        }
    }

    /// <summary>Share of judged purchases that are in the list of k.</summary>
    public Estimate HitRate(int model) => Mean(model, 0, "share");

    /// <summary>NDCG at k.</summary>
    public Estimate Ndcg(int model) => Mean(model, 1, "share");

    /// <summary>Revenue of the judged purchases in the list, per judged purchase.</summary>
    public Estimate RevenueCaptured(int model) => Mean(model, 2, _currency);

    /// <summary>Margin of the judged purchases in the list, per judged purchase.</summary>
    public Estimate MarginCaptured(int model) => Mean(model, 3, _currency);

    /// <summary>Paired difference of hit rates.</summary>
    public Estimate HitRateDifference(int model, int baseline) => Difference(model, baseline, 0, "share");

    /// <summary>Paired difference of NDCG.</summary>
    public Estimate NdcgDifference(int model, int baseline) => Difference(model, baseline, 1, "share");

    /// <summary>Paired difference of revenue captured per judged purchase.</summary>
    public Estimate RevenueCapturedDifference(int model, int baseline) => Difference(model, baseline, 2, _currency);

    /// <summary>Paired difference of margin captured per judged purchase.</summary>
    public Estimate MarginCapturedDifference(int model, int baseline) => Difference(model, baseline, 3, _currency);

    private static void Judge(ShopperProcess process, int target, int cutOff, ModelScratch[] models, double[] values)
    {
        var line = process.Lines[target];
        for (var model = 0; model < models.Length; model++)
        {
            var scores = models[model].Score(process.Products[..target], process.Times[..target]);
            var index = models[model].IndexOf(line.Product);
            var above = index < 0 ? -1 : TargetRank.Above(scores, index);
            var isHit = above >= 0 && above < cutOff;
            var at = FiguresAModel * model;
            values[at] = isHit ? 1 : 0;
            values[at + 1] = isHit ? 1 / Math.Log2(above + 2) : 0;
            values[at + 2] = isHit ? line.RevenueCents / 100.0 : 0;
            values[at + 3] = isHit ? line.MarginCents / 100.0 : 0;
        }
    }

    private Estimate Mean(int model, int figure, string unit) => TruthEstimates.Mean(_moments, (FiguresAModel * model) + figure, unit);

    private Estimate Difference(int model, int baseline, int figure, string unit) =>
        TruthEstimates.Difference(_moments, (FiguresAModel * model) + figure, (FiguresAModel * baseline) + figure, unit);
}
