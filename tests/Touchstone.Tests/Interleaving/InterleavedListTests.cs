using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Interleaving;
using Touchstone.Interleaving;

namespace Touchstone.Tests.Interleaving;

public sealed class InterleavedListTests
{
    private static readonly Gen<string[]> Rankings =
        from length in Gen.Int[1, 6]
        from order in Gen.Shuffle("abcdef".Select(c => c.ToString()).ToArray())
        select order[..length];

    [Fact]
    public void Probabilities_sum_to_one_and_products_are_distinct() => Gen.Select(Rankings, Rankings, Gen.Int[1, 4]).Sample((a, b, k) =>
    {
        foreach (var lists in new[] { TeamDraft.Allowed(a, b, k), Balanced.Allowed(a, b, k), Probabilistic.Allowed(a, b, k), TeamDraftMultileaving.Allowed([a, b, a], k) })
        {
            Assert.Equal(1, lists.Sum(list => list.Probability), 12);
            Assert.All(lists, list => Assert.Equal(list.Products.Count, list.Products.Distinct().Count()));
            Assert.All(lists, list => Assert.InRange(list.Products.Count, 1, k));
        }
    }, iter: 300);

    [Fact]
    public void Draws_come_as_often_as_the_probabilities_say()
    {
        string[] a = ["a", "b", "c", "d"], b = ["b", "d", "c", "a"];
        var random = new Seed(7).NewRandom();
        Check(Probabilistic.Allowed(a, b, 2), () => Probabilistic.Draw(a, b, 2, random));
        Check(TeamDraft.Allowed(a, b, 4), () => TeamDraft.Draw(a, b, 4, random));
        Check(TeamDraftMultileaving.Allowed([a, b, ["c", "a", "d"]], 3), () => TeamDraftMultileaving.Draw([a, b, ["c", "a", "d"]], 3, random));
        var plan = Optimised.Plan(a, b, 2, CreditRule.Inverse);
        Check(plan.Lists, () => plan.Draw(random));

        static void Check(IReadOnlyList<InterleavedList> allowed, Func<InterleavedList> draw)
        {
            const int Draws = 20_000;
            var counts = Enumerable.Range(0, Draws).Select(_ => Key(draw())).CountBy(key => key).ToDictionary();
            foreach (var group in allowed.GroupBy(Key))
            {
                var p = group.Sum(list => list.Probability);
                Assert.InRange(counts.GetValueOrDefault(group.Key), (Draws * p) - (5 * Math.Sqrt(Draws * p)) - 1, (Draws * p) + (5 * Math.Sqrt(Draws * p)) + 1);
            }
        }

        static string Key(InterleavedList list) => string.Concat(list.Products) + string.Concat(list.Teams);
    }

    [Fact]
    public void Optimised_lists_are_fair_in_every_beginning()
    {
        var feasible = 0;
        Gen.Select(Rankings, Rankings, Gen.Int[1, 5], Gen.Enum<CreditRule>()).Sample((a, b, k, rule) =>
        {
            var plan = Optimised.Plan(a, b, k, rule);
            if (!plan.IsFeasible) return;
            Interlocked.Increment(ref feasible);
            Assert.Equal(1, plan.Lists.Sum(list => list.Probability), 9);
            for (var rank = 0; rank < plan.Lists[0].Products.Count; rank++) Assert.Equal(0, plan.Lists.Sum(list => list.Probability * list.Credits[rank]), 8);
        }, iter: 500);
        Assert.True(feasible > 100, $"{feasible} of 500 plans are feasible");
    }

    [Fact]
    public void Identical_rankings_are_never_told_apart() => Rankings.Sample(a =>
    {
        Assert.Equal(0, InterleavingBias.RandomClickCredit(Probabilistic.Allowed(a, a, 3)), 12);
        var chances = InterleavingBias.TeamDraftRandomClick(TeamDraft.Allowed(a, a, 3));
        // An odd place goes to either team by a fair coin.
        Assert.Equal(chances.First, chances.Second, 12);
        Assert.Equal(1, InterleavingBias.BalancedRandomClick(Balanced.Allowed(a, a, 3), a, a).Tie, 12);
    }, iter: 100);

    [Fact]
    public void Multileaving_two_rankings_is_team_draft() => Gen.Select(Rankings, Rankings, Gen.Int[1, 5]).Sample((a, b, k) =>
    {
        var (left, right) = (TeamDraft.Allowed(a, b, k), TeamDraftMultileaving.Allowed([a, b], k));
        Assert.Equal(left.Select(list => string.Concat(list.Products) + string.Concat(list.Teams)), right.Select(list => string.Concat(list.Products) + string.Concat(list.Teams)));
    }, iter: 100);

    [Fact]
    public void A_product_twice_in_a_ranking_is_refused() =>
        Assert.StartsWith(
            "rankings[1] has \"b\" again at rank 3; a product may stand once in a ranking.",
            Assert.Throws<ArgumentException>(() => TeamDraft.Allowed(["a"], ["b", "c", "b"], 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_lists_are_refused_and_drawing_goes_on()
    {
        string[] a = [.. Enumerable.Range(0, 40).Select(i => $"p{i}")], b = [.. a.Reverse()];
        Assert.Equal("There are more than 16,384 lists of length 20; enumerate shorter lists, or draw instead.", Assert.Throws<InvalidOperationException>(() => Optimised.Plan(a, b, 20, CreditRule.Linear)).Message);
        Assert.Equal(20, Probabilistic.Draw(a, b, 20, new Seed(1).NewRandom()).Products.Count);
    }
}
