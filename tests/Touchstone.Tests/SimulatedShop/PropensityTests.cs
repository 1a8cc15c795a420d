using CsCheck;
using Touchstone.Data.SimulatedShop;
using Touchstone.Numerics;

namespace Touchstone.Tests.SimulatedShop;

public sealed class PropensityTests
{
    private const int Length = LoggingPolicy.SlateLength;

    [Fact]
    public void Marginals_sum_to_one_over_products_at_every_position_of_every_context()
    {
        var world = SimulatedWorld.Create(new SimulatedShopOptions { Products = 200, Days = 60 });
        Assert.All(world.Market.Policy.Contexts, context =>
        {
            for (var position = 0; position < Length; position++)
            {
                var sum = 0.0;
                for (var candidate = 0; candidate < context.Candidates.Length; candidate++) sum += context.Marginals[(candidate * Length) + position];
                Assert.Equal(position < context.Candidates.Length ? 1 : 0, sum, 1e-11);
            }

            // A product stands somewhere at most once, and those of a whole slate as often as it is long.
            for (var candidate = 0; candidate < context.Candidates.Length; candidate++)
                Assert.InRange(context.Marginals.AsSpan(candidate * Length, Length).ToArray().Sum(), 0, 1 + 1e-9);
        });
    }

    [Fact]
    public void The_race_agrees_with_the_recursion_over_sets() => Gen.Double[-2, 3].Array[9, 14].Sample(
        scores =>
        {
            double[] weights = [.. scores.Select(Math.Exp)];
            var (sets, race) = (PlackettLuce.MarginalBySets(weights, Length), PlackettLuce.MarginalByRace(weights, Length));
            Assert.All(sets.Zip(race), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        },
        iter: 30,
        threads: 1);

    [Fact]
    public void The_first_marginal_is_the_first_conditional_and_conditionals_follow_the_weights_left()
    {
        double[] weights = [5, 1, 3, 1];
        var propensities = new double[4];
        PlackettLuce.Conditional(weights, [2, 0, 3, 1], propensities);
        Assert.Equal(0.3, propensities[0], 1e-15);
        Assert.Equal(5.0 / 7, propensities[1], 1e-15);
        Assert.Equal(0.5, propensities[2], 1e-15);
        Assert.Equal(1, propensities[3]);
        var marginals = PlackettLuce.Marginal(weights, 4);
        Assert.Equal(0.3, marginals[2 * 4], 1e-15);
        // P(third of the list at position 2) = 5/10 · 3/5 + 1/10 · 3/9 + 1/10 · 3/9.
        Assert.Equal(0.3 + (2 * 0.1 / 3), marginals[(2 * 4) + 1], 1e-15);
    }

    [Fact]
    public void Slates_are_drawn_as_often_as_the_propensities_say()
    {
        var world = SimulatedWorld.Create(new SimulatedShopOptions { Products = 300, Days = 31 });
        var context = world.Market.Policy.At(0, Surface.Search, Vocabulary.LeafOf("T-shirts"));
        var count = context.Candidates.Length;
        Assert.True(count > Length);
        const int Draws = 200_000;
        var seen = new int[count * Length];
        var slate = new int[Length];
        var logLikelihood = 0.0;
        var conditional = new double[Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new ShopperRandom(StableHash.Mix((ulong)draw));
            Assert.Equal(Length, PlackettLuce.Draw(context.Weights, context.Table, ref random, slate));
            for (var position = 0; position < Length; position++) seen[(slate[position] * Length) + position]++;
            PlackettLuce.Conditional(context.Weights, slate, conditional);
            foreach (var propensity in conditional) logLikelihood += Math.Log(propensity);
        }

        Assert.True(logLikelihood < 0);
        var squares = 0.0;
        for (var i = 0; i < seen.Length; i++)
        {
            var expected = Draws * context.Marginals[i];
            squares += (seen[i] - expected) * (seen[i] - expected) / (expected * (1 - context.Marginals[i]));
        }

        // Each term has mean 1; their spread is about that of so many chi-squares.
        Assert.InRange(squares / seen.Length, 1 - (6 * Math.Sqrt(2.0 / seen.Length)), 1 + (6 * Math.Sqrt(2.0 / seen.Length)));
    }

    [Fact]
    public void A_pool_smaller_than_the_slate_is_shown_whole()
    {
        double[] weights = [1, 1000, 0.001];
        var random = new ShopperRandom(5);
        var slate = new int[Length];
        Assert.Equal(3, PlackettLuce.Draw(weights, new AliasTable(weights), ref random, slate));
        Assert.Equal([0, 1, 2], slate[..3].Order());
    }

    [Fact]
    public void The_weighted_log_says_what_a_uniform_first_position_would_earn()
    {
        // Importance weights by the recorded propensities turn the log into any other policy's: here the uniform one.
        var world = SimulatedWorld.Create(new SimulatedShopOptions { Products = 200, Days = 31 });
        var context = world.Market.Policy.At(0, Surface.Home, -1);
        var appeals = context.Candidates.Select(product => (double)world.Market.Catalogue.Appeals[product]).ToArray();
        var (sum, squares) = (0.0, 0.0);
        const int Draws = 100_000;
        var slate = new int[Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new ShopperRandom(StableHash.Mix((ulong)draw + 77));
            PlackettLuce.Draw(context.Weights, context.Table, ref random, slate);
            var value = appeals[slate[2]] / context.Marginals[(slate[2] * Length) + 2] / appeals.Length;
            sum += value;
            squares += value * value;
        }

        var error = Math.Sqrt(((squares / Draws) - (sum / Draws * (sum / Draws))) / Draws);
        Assert.InRange((sum / Draws) - appeals.Average(), -4 * error, 4 * error);
    }
}
