using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;

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
            IRecommender[] models = [new CountedPopularity(histories), new CountedSuccessors(histories)];
            var estimate = PairedDifference(models[1], models[0], JudgedCases.From(behaviour, SplitPart.Test), new Seed((ulong)seed).For("coverage"));
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

    /// <summary>Percentile bootstrap over shoppers of the paired difference of margin captured per judged purchase.</summary>
    private static Estimate PairedDifference(IRecommender challenger, IRecommender champion, JudgedCases cases, Seed seed)
    {
        var differences = new double[cases.Count];
        for (var i = 0; i < differences.Length; i++) differences[i] = Captured(challenger, cases, i) - Captured(champion, cases, i);
        var random = seed.NewRandom();
        var means = new double[2_000];
        for (var draw = 0; draw < means.Length; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++) sum += differences[random.NextInt(differences.Length)];
            means[draw] = sum / differences.Length;
        }

        Array.Sort(means);
        var centre = means.Average();
        return new Estimate
        {
            Value = differences.Average(),
            Low = means[50],
            High = means[^51],
            StandardError = Math.Sqrt(means.Average(mean => (mean - centre) * (mean - centre))),
            Count = cases.Count,
            Unit = "EUR",
        };
    }

    private static double Captured(IRecommender model, JudgedCases cases, int at) =>
        TruthTests.BestOf(model, cases, at, K).Contains(cases.TargetProducts[at]) ? cases.TargetMargins[at] : 0;
}
