using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class RankingJudgeTests
{
    private static readonly RankingProtocol Full = new() { Split = "leave-one-out, test" };

    private static RankingResult Judge(IRecommender model, JudgedCases cases, RankingProtocol? protocol = null, int threads = 2) =>
        new RankingJudge(TimeProvider.System) { Threads = threads }.Judge(
            model, cases, protocol ?? Full, new TrainingAudience(new int[cases.Products.Count], 10), null, TestContext.Current.CancellationToken);

    [Fact]
    public void Every_column_agrees_with_a_full_sort() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 60], Gen.Int[1, 20]).Sample((seed, products, count) =>
        {
            var cases = RandomCases.Draw(seed, products, count);
            var model = new TableRecommender("m", cases.Products.Ids, (product, history) => RandomCases.Score(seed, product, history));
            var result = Judge(model, cases);
            for (var c = 0; c < count; c++)
            {
                var history = cases.HistoryProducts[cases.HistoryOffsets[c]..cases.HistoryOffsets[c + 1]];
                var order = Enumerable.Range(0, products).Where(product => !history.Contains(product))
                    .OrderByDescending(product => RandomCases.Score(seed, product, history)).ThenBy(product => product).ToList();
                Assert.Equal(order.Take(20), result.Slate(c).ToArray());
                var targets = Enumerable.Range(cases.TargetOffsets[c], cases.TargetOffsets[c + 1] - cases.TargetOffsets[c]).ToList();
                foreach (var target in targets) Assert.Equal(order.IndexOf(cases.TargetProducts[target]) + 1, result.TargetRanks[target]);
                Assert.Equal(1.0 / targets.Min(target => result.TargetRanks[target]), result.ReciprocalRanks[c]);
                int[] grades = [.. order.Select(product => targets.Any(target => cases.TargetProducts[target] == product) ? 1 : 0)];
                int[] ideal = [.. Enumerable.Repeat(1, targets.Count)];
                for (var cut = 0; cut < 3; cut++)
                {
                    var k = Full.CutOffs[cut];
                    Assert.Equal(RankedListMetrics.Hit(grades, k), result.Hits[cut][c]);
                    Assert.Equal(RankedListMetrics.Recall(grades, targets.Count, k), result.Recalls[cut][c], 12);
                    Assert.Equal(RankedListMetrics.Ndcg(grades, ideal, k), result.Ndcgs[cut][c], 12);
                    var found = targets.Where(target => result.TargetRanks[target] <= k).ToList();
                    Assert.Equal(found.Sum(target => cases.TargetRevenues[target]), result.RevenuesCaptured[cut][c], 9);
                    if (result.MarginsCaptured.Length > 0)
                        Assert.Equal(found.Select(target => cases.TargetMargins[target]).Where(margin => !double.IsNaN(margin)).Sum(), result.MarginsCaptured[cut][c], 9);
                }

                var scores = order.Select(product => RandomCases.Score(seed, product, history)).ToList();
                Assert.Equal(targets.Any(target => scores.Count(s => s == RandomCases.Score(seed, cases.TargetProducts[target], history)) > 1), result.IsTied[c]);
            }
        }, iter: 150);

    [Fact]
    public void Every_metric_lies_in_its_bounds() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 40]).Sample((seed, products) =>
        {
            var cases = RandomCases.Draw(seed, products, 15);
            var result = Judge(new TableRecommender("m", cases.Products.Ids, (product, history) => RandomCases.Score(seed, product, history)), cases);
            foreach (var column in result.Hits.Concat(result.Ndcgs).Concat(result.Recalls).Append(result.ReciprocalRanks))
                foreach (var value in column) Assert.InRange(value, 0, 1);
            foreach (var figure in result.Figures.Where(figure => figure.Metric.StartsWith("coverage", StringComparison.Ordinal) || figure.Metric.StartsWith("gini", StringComparison.Ordinal)))
                Assert.InRange(figure.Value, 0, 1);
        }, iter: 100);

    [Fact]
    public void The_same_bits_come_out_at_any_number_of_threads()
    {
        var cases = RandomCases.Draw(7, 300, 700);
        var model = new TableRecommender("m", cases.Products.Ids, (product, history) => RandomCases.Score(7, product, history));
        foreach (var protocol in new[] { Full, Full with { SampledNegatives = 99 } })
        {
            var (one, four) = (Judge(model, cases, protocol, 1), Judge(model, cases, protocol, 4));
            Assert.Equal(one.Figures, four.Figures);
            Assert.Equal(one.TargetRanks, four.TargetRanks);
            Assert.Equal(one.Slates, four.Slates);
            Assert.Equal(one.IsTied, four.IsTied);
        }
    }

    [Fact]
    public void A_model_with_other_products_is_matched_by_id_and_lists_only_what_it_knows()
    {
        var cases = new JudgedCases
        {
            Products = new ProductTable(["a", "b", "c", "d"]),
            Units = ["u", "v"],
            HistoryOffsets = [0, 2, 3],
            HistoryProducts = [3, 0, 1],
            TargetOffsets = [0, 1, 2],
            TargetProducts = [1, 2],
        };
        int[] seen = [];
        var model = new TableRecommender("m", ["b", "d", "x"], (product, history) =>
        {
            if (history.Length == 1 && history[0] == 1) seen = history;
            return product;
        });
        var result = Judge(model, cases);
        Assert.Equal([1], seen);
        Assert.Equal([1, 0], result.TargetRanks);
        Assert.Equal([1], result.Slate(0).ToArray());
        Assert.Equal([3], result.Slate(1).ToArray());
        Assert.Equal([1.0, 0.0], result.ReciprocalRanks);
    }

    [Fact]
    public void A_NaN_score_is_refused_by_model_product_and_unit()
    {
        var cases = RandomCases.Draw(3, 50, 5);
        var model = new TableRecommender("broken", cases.Products.Ids, (product, _) => product == 41 ? float.NaN : 1);
        var refusal = Assert.Throws<InvalidOperationException>(() => Judge(model, cases, threads: 1));
        Assert.Equal("Model \"broken\" scored product \"p00041\" NaN for \"u00000\"; a score must be a number. Retrain the model, or look for a division by zero in its scores.", refusal.Message);
    }

    [Fact]
    public void Without_cases_there_is_nothing_to_judge()
    {
        var cases = RandomCases.Draw(3, 5, 0);
        var refusal = Assert.Throws<ArgumentException>(() => Judge(new TableRecommender("m", cases.Products.Ids, (_, _) => 1), cases));
        Assert.StartsWith("There are no cases to judge: no unit has a judged product that is new to it.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sampled_negatives_are_distinct_and_never_of_the_history_nor_judged() =>
        Gen.Select(Gen.ULong, Gen.Int[3, 400]).Sample((seed, products) =>
        {
            var cases = RandomCases.Draw(seed, products, 3);
            // A model that puts the judged products last: their rank counts the candidates.
            int[]? last = null;
            var model = new TableRecommender("m", cases.Products.Ids, (product, _) => last is not null && last.Contains(product) ? 0 : 1);
            for (var c = 0; c < cases.Count; c++)
            {
                last = cases.TargetProducts[cases.TargetOffsets[c]..cases.TargetOffsets[c + 1]];
                var result = Judge(model, cases, Full with { SampledNegatives = 99 }, 1);
                var history = cases.HistoryProducts[cases.HistoryOffsets[c]..cases.HistoryOffsets[c + 1]].Distinct().Count();
                var negatives = Math.Min(99, products - history - last.Length);
                Assert.Equal(negatives + last.Length, result.TargetRanks[cases.TargetOffsets[c]..cases.TargetOffsets[c + 1]].Max());
            }
        }, iter: 60);

    [Fact]
    public void A_constant_model_ranks_by_id_and_ties_every_case()
    {
        var cases = RandomCases.Draw(5, 30, 10, hasMoney: false);
        var result = Judge(new TableRecommender("m", cases.Products.Ids, (_, _) => 0), cases);
        Assert.Equal(10, result.TiedCount);
        Assert.Empty(result.MarginsCaptured);
        Assert.Null(result.Columns("margin@10"));
        for (var c = 0; c < cases.Count; c++)
        {
            var slate = result.Slate(c).ToArray();
            Assert.Equal(slate.Order(), slate);
        }
    }

    [Fact]
    public void An_unknown_figure_or_cut_off_is_refused_with_those_there_are()
    {
        var cases = RandomCases.Draw(5, 30, 4, hasMoney: false);
        var result = Judge(new TableRecommender("m", cases.Products.Ids, (_, _) => 0), cases);
        Assert.StartsWith("\"ndcg@7\": cut-off 7 was not judged; there are 5, 10, 20.", Assert.Throws<ArgumentException>(() => result.Columns("ndcg@7")).Message, StringComparison.Ordinal);
        Assert.StartsWith("No figure \"map\" for model \"m\"; there are: hr@5", Assert.Throws<ArgumentException>(() => result.Figure("map")).Message, StringComparison.Ordinal);
    }
}
