using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Tests.Evaluation.Comparison;

public sealed class BestOfSeveralTests
{
    [Fact]
    public void One_alone_is_left_as_it_is()
    {
        var (best, corrected) = BestOfSeveral.Correct([0.3], [0.1]);
        Assert.Equal((0, 0.3), (best, corrected.Value));
        Assert.Equal(0.3 - (1.959963984540054 * 0.1), corrected.Low, 12);
    }

    [Fact]
    public void A_clear_winner_is_hardly_corrected_and_a_narrow_one_much()
    {
        var clear = BestOfSeveral.Correct([1.0, 0.0, 0.0], [0.1, 0.1, 0.1]).Corrected;
        Assert.Equal(1, clear.Value, 3);
        var narrow = BestOfSeveral.Correct([0.21, 0.20, 0.19], [0.1, 0.1, 0.1]).Corrected;
        Assert.InRange(narrow.Value, -0.2, 0.12);
        Assert.True(narrow.Low < 0 && narrow.High < 0.45);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void The_interval_covers_and_the_value_is_median_unbiased_where_all_are_equally_good(double shared)
    {
        // Five challengers without any effect: naively the best looks good by 1.16 errors.
        const int Runs = 4000;
        var random = new Seed(11).NewRandom();
        var (covered, above, naive) = (0, 0, 0.0);
        double[] values = new double[5], errors = [1, 1, 1, 1, 1];
        for (var run = 0; run < Runs; run++)
        {
            var common = Math.Sqrt(shared) * random.NextNormal();
            for (var i = 0; i < values.Length; i++) values[i] = common + (Math.Sqrt(1 - shared) * random.NextNormal());
            var (best, corrected) = BestOfSeveral.Correct(values, errors, shared);
            naive += values[best] / Runs;
            Assert.InRange(corrected.High - corrected.Low, 0, 6);
            if (corrected.Low <= 0 && corrected.High >= 0) covered++;
            if (corrected.Value > 0) above++;
        }

        Assert.InRange(naive, 0.7, 1.3);
        Assert.InRange(covered, 0.94 * Runs, 0.97 * Runs);
        Assert.InRange(above, 0.46 * Runs, 0.54 * Runs);
    }

    [Fact]
    public void The_interval_covers_the_chosen_ones_own_effect_where_they_differ()
    {
        const int Runs = 4000;
        var random = new Seed(12).NewRandom();
        var (covered, above) = (0, 0);
        double[] effects = [0, 0.5, 1, 1.5], errors = [1, 0.6, 1.2, 0.8], values = new double[4];
        for (var run = 0; run < Runs; run++)
        {
            for (var i = 0; i < values.Length; i++) values[i] = effects[i] + (errors[i] * random.NextNormal());
            var (best, corrected) = BestOfSeveral.Correct(values, errors);
            Assert.InRange(corrected.High - corrected.Low, 0, 6 * errors[best]);
            if (corrected.Low <= effects[best] && corrected.High >= effects[best]) covered++;
            if (corrected.Value > effects[best]) above++;
        }

        Assert.InRange(covered, 0.94 * Runs, 0.97 * Runs);
        Assert.InRange(above, 0.46 * Runs, 0.54 * Runs);
    }

    [Fact]
    public void Figures_that_do_not_fit_are_refused()
    {
        Assert.StartsWith("standardErrors[1] = 0; expected a number above 0.", Assert.Throws<ArgumentException>(() => BestOfSeveral.Correct([1, 2], [1, 0])).Message, StringComparison.Ordinal);
        Assert.StartsWith("sharedVariance = 2; expected 0 to the square of standardErrors[0] = 1.", Assert.Throws<ArgumentException>(() => BestOfSeveral.Correct([1, 2], [1, 1], 2)).Message, StringComparison.Ordinal);
    }
}
