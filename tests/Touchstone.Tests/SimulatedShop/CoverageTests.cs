using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Recommendation;

namespace Touchstone.Tests.SimulatedShop;

public sealed class CoverageTests
{
    private const int Worlds = 40;
    private const int K = 10;

    // The truth's standard error is to be below a tenth of the estimate's; a hundred times the shoppers gives the tenth itself.
    private const int TruthFactor = 150;

    [Fact]
    public void Ninety_five_percent_intervals_of_the_margin_difference_cover_the_offline_truth()
    {
        var covered = 0;
        var (errors, truthErrors, standardised) = (0.0, 0.0, 0.0);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var options = new SimulatedShopOptions { Seed = new((ulong)seed), Shoppers = 1_000, Products = 300 };
            var world = SimulatedWorld.Create(options);
            var behaviour = world.LogBehaviour();
            var histories = TrainingHistories.From(behaviour);
            IRecommender[] models = [Fit("popularity", histories), Fit("cooccurrence", histories)];
            var estimate = Estimated(models, JudgedCases.From(behaviour, SplitPart.Test), TrainingAudience.From(histories), new Seed((ulong)seed));
            var truth = OfflineTruth.Measure(world, models, TruthFactor * options.Shoppers, K, new(99), 2, null, TestContext.Current.CancellationToken).MarginCapturedDifference(1, 0);
            if (truth.Value >= estimate.Low && truth.Value <= estimate.High) covered++;
            errors += estimate.StandardError;
            truthErrors += truth.StandardError;
            standardised += (estimate.Value - truth.Value) / estimate.StandardError;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{covered} of {Worlds} covered; mean standardised error {standardised / Worlds:f2}; truth's error {truthErrors / errors:f3} of the estimate's.");
        Assert.InRange(truthErrors / errors, 0, 0.1);
        Assert.True(covered >= 34, $"{covered} of {Worlds} intervals cover the truth.");
    }

    private static StoredRecommender Fit(string name, TrainingHistories histories) =>
        Recommenders.Fit(name, histories, new Dictionary<string, string>(), TestContext.Current.CancellationToken);

    private static Estimate Estimated(IRecommender[] models, JudgedCases cases, TrainingAudience audience, Seed seed)
    {
        var judge = new RankingJudge(TimeProvider.System) { Threads = 2 };
        var protocol = new RankingProtocol { Split = "leave-one-out", CutOffs = [K] };
        var results = models.Select(model => judge.Judge(model, cases, protocol, audience)).ToArray();
        return PairedComparison.Compare(results[1], results[0], ["margin@10"], new BootstrapOptions { Seed = seed, Threads = 2 }, "EUR").Metrics[0].Difference;
    }
}
