using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Value;
using Touchstone.Numerics;

namespace Touchstone.Tests.Evaluation.Value;

public sealed class MoneyChainTests
{
    private static ComparedMetric Margin(double value, double standardError, int replicates = 4000)
    {
        var random = new Seed(4).NewRandom();
        double[] draws = [.. Enumerable.Range(0, replicates).Select(_ => value + (standardError * random.NextNormal()))];
        var estimate = ReplicateEstimate.Percentile(value, draws, 0.95, 1000, "GBP");
        return new ComparedMetric { Metric = "margin@10", Challenger = estimate, Champion = estimate, Difference = estimate, RelativeDifference = null, ProbabilityBetter = 1, DifferenceReplicates = draws };
    }

    [Fact]
    public void The_present_value_and_its_interval_meet_the_known_answers()
    {
        foreach (var known in Truth.Cases("abtest", "money.json"))
        {
            var (input, expected) = (known.GetProperty("input"), known.GetProperty("expected"));
            double Of(string name) => input.GetProperty(name).GetDouble();
            var assumptions = new MoneyAssumptions
            {
                Currency = "GBP",
                ShoppersAYear = Of("users_a_year"),
                PurchasesAShopperAYear = 1,
                OfflineToOnline = new CarryOver(1, 1, 1),
                OneOffCost = Of("one_off_cost"),
                YearlyCost = Of("yearly_cost"),
                Years = input.GetProperty("years").GetInt32(),
                Discount = Of("discount"),
            };
            var money = MoneyChain.Value(Margin(Of("effect") * Of("margin"), Of("se") * Of("margin")), assumptions, new BootstrapOptions());
            Truth.Near(expected.GetProperty("annuity_factor").GetDouble(), assumptions.AnnuityFactor, 1e-9, "annuity");
            Truth.Near(expected.GetProperty("npv_mean").GetDouble(), money.PresentValue.Value, 1e-9, "present value");
            var deviation = expected.GetProperty("npv_sd").GetDouble();
            Assert.InRange(money.PresentValue.StandardError, deviation * 0.96, deviation * 1.04);
            Assert.InRange(money.PresentValue.Low, expected.GetProperty("npv_ci95")[0].GetDouble() - (0.15 * deviation), expected.GetProperty("npv_ci95")[0].GetDouble() + (0.15 * deviation));
            Assert.InRange(money.ProbabilityProfit, expected.GetProperty("prob_profit").GetDouble() - 0.03, expected.GetProperty("prob_profit").GetDouble() + 0.03);
        }
    }

    [Fact]
    public void The_carry_over_has_its_stated_median_and_limits()
    {
        var carryOver = new CarryOver(0.3, 0.1, 0.8);
        var random = new Seed(2).NewRandom();
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => carryOver.At(random.NextNormal()))];
        Array.Sort(draws);
        Assert.Equal(0.3, Quantile.Type7(draws, 0.5), 2);
        Assert.InRange(Quantile.Type7(draws, 0.025), 0.095, 0.105);
        Assert.InRange(Quantile.Type7(draws, 0.975), 0.79, 0.81);
    }

    [Fact]
    public void Limits_out_of_order_are_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => SampleRun.Money with { OfflineToOnline = new CarryOver(0.3, 0.4, 0.5) });
        Assert.Equal("offline_to_online: low 0.4, value 0.3, high 0.5; expected low ≤ value ≤ high.", refusal.Message);
    }

    [Fact]
    public void The_bars_add_up_to_the_money_a_year_and_the_steps_multiply_to_the_gain()
    {
        var money = MoneyChain.Value(Margin(0.2, 0.02), SampleRun.Money, new BootstrapOptions());
        Assert.Equal(money.Yearly.Value, money.Bars.Where(bar => !bar.IsTotal).Sum(bar => bar.Amount), 6);
        Assert.Equal(money.Yearly.Value, money.Bars[^1].Amount, 6);
        Assert.Equal(0.2 * 12.5 * 40_000, money.OfflineGain.Value, 6);
        // 100,000 × 0.3 − 60 × 40,000 / 1,000 × 0.4 − 1,200 − 5,000 / 2.5771 a year.
        Assert.Equal(30_000 - 960 - 1200 - (5000 / SampleRun.Money.AnnuityFactor), money.Yearly.Value, 6);
        Assert.Equal(FigureOrigin.Counted, money.Steps.Single(step => step.Name == "purchases a shopper").Origin);
        Assert.Equal(FigureOrigin.Assumed, money.Steps.Single(step => step.Name == "shoppers").Origin);
        Assert.Equal("GBP", money.Yearly.Unit);
    }

    [Fact]
    public void The_interval_of_the_money_is_wider_than_that_of_the_gain_alone()
    {
        var margin = Margin(0.2, 0.02);
        var (sure, unsure) = (MoneyChain.Value(margin, SampleRun.Money with { OfflineToOnline = new CarryOver(0.3, 0.3, 0.3) }, new BootstrapOptions()), MoneyChain.Value(margin, SampleRun.Money, new BootstrapOptions()));
        Assert.Equal(sure.Yearly.Value, unsure.Yearly.Value);
        Assert.True(unsure.Yearly.High - unsure.Yearly.Low > 2 * (sure.Yearly.High - sure.Yearly.Low));
    }
}
