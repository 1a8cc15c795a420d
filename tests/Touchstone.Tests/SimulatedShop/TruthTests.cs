using CsCheck;
using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Tests.SimulatedShop;

public sealed class TruthTests
{
    private static readonly SimulatedWorld World = SimulatedWorld.Create(new SimulatedShopOptions { Seed = new(11), Shoppers = 1_500, Products = 300 });
    private static readonly TrainingHistories Histories = TrainingHistories.From(World.LogBehaviour());
    private static readonly IRecommender[] Models = [new CountedPopularity(Histories), new CountedSuccessors(Histories)];

    [Fact]
    public void The_streamed_truth_is_what_plain_lists_of_the_fresh_cases_give()
    {
        const int K = 10;
        var truth = Offline(Models, 5_000, K, new(3));
        var cases = World.FreshCases(5_000, new(3));
        Assert.Equal(cases.Count, truth.CaseCount);
        for (var model = 0; model < Models.Length; model++)
        {
            var (hits, gains, margins, revenues) = (0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < cases.Count; i++)
            {
                var rank = Array.IndexOf(BestOf(Models[model], cases, i, K), cases.TargetProducts[i]);
                if (rank < 0) continue;
                hits++;
                gains += 1 / Math.Log2(rank + 2);
                margins += cases.TargetMargins[i];
                revenues += cases.TargetRevenues[i];
            }

            Assert.Equal(hits / cases.Count, truth.HitRate(model).Value, 1e-12);
            Assert.Equal(gains / cases.Count, truth.Ndcg(model).Value, 1e-12);
            Assert.Equal(margins / cases.Count, truth.MarginCaptured(model).Value, 1e-9);
            Assert.Equal(revenues / cases.Count, truth.RevenueCaptured(model).Value, 1e-9);
        }

        Assert.Equal(truth.MarginCaptured(1).Value - truth.MarginCaptured(0).Value, truth.MarginCapturedDifference(1, 0).Value, 1e-12);
    }

    [Fact]
    public void Truths_are_the_same_bits_at_any_number_of_threads()
    {
        var (one, three) = (Offline(Models, 9_000, 10, new(3), 1), Offline(Models, 9_000, 10, new(3), 3));
        Assert.Equal(one.MarginCapturedDifference(1, 0), three.MarginCapturedDifference(1, 0));
        Assert.Equal(one.Ndcg(1), three.Ndcg(1));
        var (alone, together) = (Online([null, .. Models], 5_000, new(3)), Online([null, .. Models], 5_000, new(3), 3));
        Assert.Equal(alone.MarginPerShopperYearDifference(2, 0), together.MarginPerShopperYearDifference(2, 0));
        Assert.Equal(alone.RevenuePerSession(1), together.RevenuePerSession(1));
    }

    [Fact]
    public void What_comes_next_can_be_learned_from_the_order()
    {
        var truth = Offline(Models, 20_000, 10, new(4), 2);
        Assert.True(truth.HitRate(1).Value > 1.5 * truth.HitRate(0).Value, $"{truth.HitRate(1)} against {truth.HitRate(0)}");
        Assert.True(truth.MarginCapturedDifference(1, 0).Low > 0);
        Assert.True(truth.NdcgDifference(1, 0).Low > 0);
    }

    [Fact]
    public void A_policy_against_itself_is_worth_nothing_and_common_chance_shrinks_the_error()
    {
        var truth = Online([Models[0], Models[0], Models[1], null], 8_000, new(5), 2);
        Assert.Equal(0, truth.MarginPerShopperYearDifference(1, 0).Value);
        Assert.Equal(0, truth.MarginPerShopperYearDifference(1, 0).StandardError);
        var paired = truth.MarginPerShopperYearDifference(2, 0).StandardError;
        var unpaired = Math.Sqrt(Math.Pow(truth.MarginPerShopperYear(2).StandardError, 2) + Math.Pow(truth.MarginPerShopperYear(0).StandardError, 2));
        Assert.InRange(paired, 1e-6, 0.5 * unpaired);
        Assert.True(truth.MarginPerShopperYearDifference(2, 0).Low > 0, "Showing what follows earns more than showing what all buy.");
        Assert.Equal(LoggingPolicy.Name, truth.Policies[3]);
        Assert.NotEqual(0, truth.MarginPerShopperYearDifference(3, 0).Value);
        Assert.True(truth.MarginPerSession(0).Value > 0 && truth.RevenuePerSession(0).Value > truth.MarginPerSession(0).Value);
    }

    [Fact]
    public void The_logging_policy_online_earns_what_the_log_earned()
    {
        var options = World.Options;
        var files = WriteAndForget();
        var online = Online([null], 20_000, new(6), 2).MarginPerShopperYear(0);
        var logged = (double)(files.Margin - files.ReturnedMargin) / options.Shoppers * 365 / options.Days;
        var error = online.StandardError * Math.Sqrt(1 + (20_000.0 / options.Shoppers));
        Assert.InRange((logged - online.Value) / error, -4, 4);
        Assert.InRange(online.StandardError / online.Value, 0, 0.05);

        static SimulatedShopFiles WriteAndForget()
        {
            var folder = Directory.CreateTempSubdirectory("touchstone-simulated-");
            try
            {
                return World.WriteTo(folder.FullName);
            }
            finally
            {
                folder.Delete(true);
            }
        }
    }

    [Fact]
    public void Fresh_shoppers_are_not_those_of_the_log_and_differ_by_seed()
    {
        var log = JudgedCases.From(World.LogBehaviour(), SplitPart.Test);
        var (fresh, other) = (World.FreshCases(1_500, new(1)), World.FreshCases(1_500, new(2)));
        Assert.NotEqual(log.HistoryProducts, fresh.HistoryProducts);
        Assert.NotEqual(fresh.HistoryProducts, other.HistoryProducts);
        Assert.InRange(fresh.Count, 750, 1_400);
        Assert.InRange((double)fresh.Count / log.Count, 0.9, 1.1);
        for (var i = 0; i < fresh.Count; i++)
            Assert.DoesNotContain(fresh.TargetProducts[i], fresh.HistoryProducts[fresh.HistoryOffsets[i]..fresh.HistoryOffsets[i + 1]]);
        Assert.Equal(fresh.TargetProducts.Length, fresh.TargetMargins.Length);
    }

    [Fact]
    public void A_model_that_knows_fewer_products_misses_the_others()
    {
        var few = new Knowing(Models[0], World.Products.Ids[..150]);
        var truth = Offline([Models[0], few], 4_000, 300, new(3));
        Assert.InRange(truth.HitRate(0).Value, 0.999, 1);
        Assert.InRange(truth.HitRate(1).Value, 0.3, 0.7);
    }

    [Fact]
    public void The_rank_without_a_list_is_the_rank_in_the_list() => Gen.Select(Gen.Int[0, 6].Array[1, 60], Gen.Int[0, 59]).Sample((values, at) =>
    {
        float[] scores = [.. values.Select(value => value == 6 ? float.NegativeInfinity : value)];
        var target = at % scores.Length;
        var best = new int[scores.Length];
        var count = TopK.Select(scores, best);
        Assert.Equal(Array.IndexOf(best[..count], target), TargetRank.Above(scores, target));
    });

    [Fact]
    public void A_score_that_is_no_number_is_refused()
    {
        var scores = new float[40];
        scores[33] = float.NaN;
        var fault = Assert.Throws<ArgumentException>(() => TargetRank.Above(scores, 3));
        Assert.StartsWith("A score is NaN; a score must be a number.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_the_range()
    {
        Assert.StartsWith("Products must lie in [64, 100000].", Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedShopOptions { Products = 5 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Shoppers must lie in [1, 10000000].", Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedShopOptions { Shoppers = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Currency \"eur\" is not an ISO 4217 code; write three capitals, e.g. EUR.", Assert.Throws<ArgumentException>(() => new SimulatedShopOptions { Currency = "eur" }).Message, StringComparison.Ordinal);
    }

    private static OfflineTruth Offline(IRecommender[] models, int shoppers, int k, Seed seed, int threads = 1) =>
        OfflineTruth.Measure(World, models, shoppers, k, seed, threads, null, TestContext.Current.CancellationToken);

    private static OnlineTruth Online(IRecommender?[] policies, int shoppers, Seed seed, int threads = 1) =>
        OnlineTruth.Measure(World, policies, shoppers, seed, threads, null, TestContext.Current.CancellationToken);

    internal static int[] BestOf(IRecommender model, JudgedCases cases, int at, int k)
    {
        var history = cases.HistoryProducts.AsSpan(cases.HistoryOffsets[at]..cases.HistoryOffsets[at + 1]);
        var scores = new float[cases.Products.Count];
        model.Score(history, [], scores);
        foreach (var product in history) scores[product] = float.NegativeInfinity;
        var best = new int[k];
        return best[..TopK.Select(scores, best)];
    }

    private sealed class Knowing(IRecommender whole, string[] ids) : IRecommender
    {
        public string Name => "few";

        public IReadOnlyList<string> ProductIds => ids;

        public void Score(ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, Span<float> scores)
        {
            var all = new float[whole.ProductIds.Count];
            whole.Score(history, occurredAtMs, all);
            all.AsSpan(0, ids.Length).CopyTo(scores);
        }
    }
}
