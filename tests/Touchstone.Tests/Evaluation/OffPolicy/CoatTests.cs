using System.Globalization;
using System.IO.Compression;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Tests.Evaluation.OffPolicy;

/// <summary>
/// Coats that 290 people chose to rate, against coats that chance gave them (Schnabel et al. 2016). A cell of people × coats is a round: the "policy" that
/// looks at every cell alike is judged from the log of chosen cells, so the target probability is the share of rated cells.
/// </summary>
public sealed class CoatTests
{
    private const int Shoppers = 290, Coats = 300;
    private const double Cells = Shoppers * Coats;

    [Fact]
    public void Weighting_self_chosen_ratings_comes_nearer_to_what_randomly_assigned_ones_say_than_not_weighting()
    {
        var (chosen, all) = (Ratings("train.ascii"), Ratings("test.ascii"));
        // Naive Bayes needs some ratings by chance: those of every tenth person, who are not in the truth.
        var (small, random) = (all.Where(cell => cell.Shopper % 10 == 0).ToList(), all.Where(cell => cell.Shopper % 10 != 0).ToList());
        var truth = random.Average(cell => cell.Rating);
        var truthNdcg = Ndcg(random, [.. random.Select(_ => Cells / random.Count)], Ranks(chosen));
        var naive = chosen.Average(cell => cell.Rating);
        var naiveNdcg = Ndcg(chosen, [.. chosen.Select(_ => Cells / chosen.Count)], Ranks(chosen));
        Print("randomly assigned (truth)", truth, truthNdcg);
        Print("naive", naive, naiveNdcg);
        foreach (var (name, propensities) in ((string, double[])[])[("file", File(chosen)), ("naive Bayes", NaiveBayes(chosen, small))])
        {
            var rounds = new BanditRounds { Rewards = [.. chosen.Select(cell => (double)cell.Rating)], Propensities = propensities, Targets = [.. chosen.Select(_ => chosen.Count / Cells)] };
            var found = OffPolicyJudge.Judge(BanditLog.Of(rounds), new OffPolicyOptions { Estimators = [PolicyEstimator.Parse("ips"), PolicyEstimator.Parse("snips")] }, null, TestContext.Current.CancellationToken);
            double[] weights = [.. propensities.Select(propensity => 1 / propensity)];
            var (plain, normalised) = (Ndcg(chosen, weights, Ranks(chosen)), Ndcg(chosen, [.. weights.Select(weight => weight * Cells / weights.Sum())], Ranks(chosen)));
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: mean weight {found.Weights.MeanWeight:0.0000}, effective sample size {found.Weights.EffectiveSampleSize:0}, largest weight {found.Weights.MaximumWeight:0.0}");
            foreach (var (estimate, ndcg) in found.Estimates.Zip((double[])[plain, normalised]))
            {
                Print($"{name} {estimate.Estimator.Name} ({estimate.Status}, {estimate.Bootstrap?.Low:0.000} to {estimate.Bootstrap?.High:0.000})", estimate.Value, ndcg);
                Assert.True(Math.Abs(estimate.Value - truth) < Math.Abs(naive - truth), $"{name} {estimate.Estimator.Name} {estimate.Value}; naive {naive}; truth {truth}");
            }

            Assert.True(Math.Abs(normalised - truthNdcg) < Math.Abs(naiveNdcg - truthNdcg), $"{name}: NDCG {normalised}; naive {naiveNdcg}; truth {truthNdcg}");
        }
    }

    // DCG of one ranking of all coats for everybody, gain 2^rating − 1, over that of the ideal ranking of a person with the mean person's ratings.
    private static double Ndcg(List<(int Shopper, int Coat, int Rating)> cells, double[] weights, int[] ranks)
    {
        var (sum, ratings) = (0.0, new double[6]);
        for (var i = 0; i < cells.Count; i++)
        {
            sum += weights[i] * Gain(cells[i].Rating) * Discount(ranks[cells[i].Coat]);
            ratings[cells[i].Rating] += weights[i] / Shoppers;
        }

        var (ideal, filled) = (0.0, 0.0);
        for (var rating = 5; rating >= 1; rating--)
        {
            var last = Math.Min(Coats, filled + ratings[rating]);
            for (var rank = 1; rank <= Coats; rank++) ideal += Gain(rating) * Discount(rank) * Math.Max(0, Math.Min(last, rank) - Math.Max(filled, rank - 1));
            filled = last;
        }

        return sum / Shoppers / ideal;
    }

    private static double Gain(int rating) => Math.Pow(2, rating) - 1;

    private static double Discount(int rank) => 1 / Math.Log2(rank + 1);

    // By the coats' own shrunken mean in the chosen ratings.
    private static int[] Ranks(List<(int Shopper, int Coat, int Rating)> cells)
    {
        var mean = cells.Average(cell => cell.Rating);
        var scores = Enumerable.Range(0, Coats).Select(coat => cells.Where(cell => cell.Coat == coat).Select(cell => (double)cell.Rating).ToList()).Select(own => (own.Sum() + (5 * mean)) / (own.Count + 5)).ToArray();
        var ranks = new int[Coats];
        foreach (var (coat, rank) in Enumerable.Range(0, Coats).OrderByDescending(coat => scores[coat]).Select((coat, at) => (coat, at + 1))) ranks[coat] = rank;
        return ranks;
    }

    // P(rated | rating) = P(rating | rated) P(rated) / P(rating), the last from the randomly assigned ones.
    private static double[] NaiveBayes(List<(int Shopper, int Coat, int Rating)> chosen, List<(int Shopper, int Coat, int Rating)> random)
    {
        double Share(List<(int Shopper, int Coat, int Rating)> cells, int rating) => cells.Count(cell => cell.Rating == rating) / (double)cells.Count;
        var byRating = Enumerable.Range(0, 6).Select(rating => rating == 0 ? 0 : Share(chosen, rating) * (chosen.Count / Cells) / Share(random, rating)).ToArray();
        return [.. chosen.Select(cell => byRating[cell.Rating])];
    }

    private static double[] File(List<(int Shopper, int Coat, int Rating)> chosen)
    {
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(SharedData.Folder("data", "coat", "propensities.ascii.gz")), CompressionMode.Decompress));
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return [.. chosen.Select(cell => rows[cell.Shopper][cell.Coat])];
    }

    private static List<(int Shopper, int Coat, int Rating)> Ratings(string file) =>
    [
        .. System.IO.File.ReadLines(SharedData.Folder("data", "coat", file)).SelectMany((line, shopper) =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((cell, coat) => (shopper, coat, int.Parse(cell, CultureInfo.InvariantCulture))).Where(cell => cell.Item3 > 0)),
    ];

    private static void Print(string what, double mean, double ndcg) => TestContext.Current.TestOutputHelper?.WriteLine($"{what}: mean rating {mean:0.0000}, NDCG {ndcg:0.0000}");
}
