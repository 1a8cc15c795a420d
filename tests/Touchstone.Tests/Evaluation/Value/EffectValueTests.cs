using CsCheck;
using Touchstone.Evaluation.Value;

namespace Touchstone.Tests.Evaluation.Value;

public sealed class EffectValueTests
{
    [Fact]
    public void Every_case_of_money_comes_out()
    {
        var cases = Truth.Cases("abtest", "money.json").ToList();
        Assert.NotEmpty(cases);
        foreach (var element in cases)
        {
            var (input, expected, tolerance) = (element.GetProperty("input"), element.GetProperty("expected"), element.GetProperty("tol_rel").GetDouble());
            double Of(string name) => input.GetProperty(name).GetDouble();
            var money = EffectValue.Of(Of("effect"), Of("se"), Of("users_a_year"), Of("margin"), Of("one_off_cost"), Of("yearly_cost"), input.GetProperty("years").GetInt32(), Of("discount"));
            void Check(string name, double actual) => Truth.Near(expected.GetProperty(name).GetDouble(), actual, tolerance, $"{element.GetProperty("id")} {name}");
            Check("annuity_factor", money.AnnuityFactor);
            Check("npv_mean", money.Mean);
            Check("npv_sd", money.StandardDeviation);
            Truth.Near(expected.GetProperty("npv_ci95")[0].GetDouble(), money.Low, tolerance, "low");
            Truth.Near(expected.GetProperty("npv_ci95")[1].GetDouble(), money.High, tolerance, "high");
            Check("prob_profit", money.ProbabilityProfit);
            Check("expected_loss_if_shipped", money.ExpectedLossIfShipped);
            Check("expected_loss_if_not_shipped", money.ExpectedLossIfNotShipped);
            Assert.Equal(expected.GetProperty("ship_by_expected_value").GetBoolean(), money.IsShippingExpectedToPay);
            Check("break_even_effect", money.BreakEvenEffect);
            Check("evpi", money.ValueOfPerfectInformation);
        }
    }

    [Fact]
    public void What_shipping_gains_less_what_it_risks_is_its_mean() => Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 5]).Sample((mean, deviation) =>
        Assert.Equal(mean, EffectValue.ExpectedExcess(mean, deviation) - EffectValue.ExpectedExcess(-mean, deviation), 10));

    [Fact]
    public void What_hardly_can_be_gained_keeps_its_digits_and_a_sure_gain_is_its_mean()
    {
        // As far from 0 as in gbstats' 5.376045898849783e-43.
        Assert.InRange(EffectValue.ExpectedExcess(-0.5365124375579775, 0.040437721953872775), 5.3760e-43, 5.3761e-43);
        Assert.Equal(3, EffectValue.ExpectedExcess(3, 1e-320));
        Assert.Equal(0, EffectValue.ExpectedExcess(-3, 1e-320));
    }

    [Fact]
    public void A_certain_effect_has_no_loss_on_the_right_side()
    {
        var money = EffectValue.Of(1, 0, 100, 0.5, 10, 5, 1, 0);
        Assert.Equal((35, 0, 35, 1), (money.Mean, money.ExpectedLossIfShipped, money.ExpectedLossIfNotShipped, money.ProbabilityProfit));
        Assert.True(double.IsNaN(EffectValue.Of(1, 1, 0, 0.5, 10, 5, 1, 0).BreakEvenEffect));
    }

    [Fact]
    public void Figures_that_are_none_are_refused()
    {
        Assert.StartsWith("effect must be a finite number.", Assert.Throws<ArgumentOutOfRangeException>(() => EffectValue.Of(double.NaN, 1, 1, 1, 0, 0, 1, 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith("A standard error is a finite number from 0.", Assert.Throws<ArgumentOutOfRangeException>(() => EffectValue.Of(1, -1, 1, 1, 0, 0, 1, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_is_worth_most_where_the_sign_is_open_and_nothing_where_it_is_sure()
    {
        Assert.True(ValueOfWaiting.Of(0, 1000, 14, 14, 1, 0.5).Net > 0);
        Assert.True(ValueOfWaiting.Of(10_000, 1000, 14, 14, 1, 0.5).Net < 0);
        // Half the days again move the mean by sqrt(1/2) of its error; at m = 0 that is worth φ(0) of it, over what is left of the year.
        Assert.Equal(1000 * Math.Sqrt(0.5) * 0.3989422804014327 * (1 - (14.0 / 365)), ValueOfWaiting.Of(0, 1000, 14, 14, 1, 0.5).Information, 9);
        Assert.Equal(0.5 * 3650 * 0.0383561643835616, ValueOfWaiting.Of(3650, 1, 14, 14, 1, 0.5).Delay, 6);
    }
}
